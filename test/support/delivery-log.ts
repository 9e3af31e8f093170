import type { Notice } from '../../lib/rules/notice.ts'
import { openWebhookScene, type WebhookScene } from './webhook-scene.ts'
import { queueDelivery } from '../../lib/store/webhooks/deliveries.ts'

/** The moment at which every scene begins. */
export const START = Date.parse('2027-03-04T18:20:00.000Z')

/** A moment so many milliseconds later. */
export const at = (offsetMs: number) => new Date(START + offsetMs).toISOString()

/** A scene with one webhook. */
export interface DeliveryLog extends WebhookScene {
  readonly id: string
  readonly path: `/${string}`
}

/** Opens one. */
export async function openLog(): Promise<DeliveryLog> {
  const scene = await openWebhookScene()
  const id = await scene.registered()
  return { ...scene, id, path: `/api/v1/webhooks/${id}` }
}

/** A notice of a moment, as far as the log looks at it. */
export function noticeAt(offsetMs: number, label = 'A-1'): Notice {
  return {
    id: `e:${label}:${offsetMs}`,
    type: 'seat.booked',
    occurredAt: at(offsetMs),
    workspaceId: 'one',
    environment: 'sandbox',
    chart: { chartKey: 'chart_1', name: 'Hall' },
    event: { eventKey: 'evt_1' },
    objectLabel: label,
    status: 'booked',
    previousStatus: 'held',
    version: 2,
    operationId: 'op',
  }
}

/** Puts a delivery on file that has ended with success. */
export async function deliver(scene: WebhookScene, id: string, notice: Notice): Promise<string> {
  const { deliveryId } = await queueDelivery(scene.runtime.store, { endpointId: id, notice })
  await scene.settle(id, deliveryId, 200)
  return deliveryId
}
