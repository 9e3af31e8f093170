import { addSeconds } from '../../lib/clock.ts'
import type { Attempt } from '../../lib/records/webhook.ts'
import { getDelivery } from '../../lib/store/webhooks/deliveries.ts'
import { claimDelivery, recordAttempt } from '../../lib/store/webhooks/delivery-attempts.ts'
import type { Port } from '../../lib/store/table/port.ts'

/** Which delivery, and what the receiver answers: undefined for no answer. */
export interface Settled {
  readonly endpointId: string
  readonly deliveryId: string
  readonly responseStatus: number | undefined
}

/** Makes an attempt of a delivery, as the worker does that delivers, and its last one; false where there is none to make. */
export async function settleDelivery(
  port: Port,
  { endpointId, deliveryId, responseStatus }: Settled,
): Promise<boolean> {
  const { clock } = port
  const found = await getDelivery(port, endpointId, deliveryId)
  if (found === undefined) return false
  const until = addSeconds(clock.now(), 30)
  const claimed = await claimDelivery(port, found, { claimId: 'test', until })
  if (claimed.status !== 'applied') return false
  const isTaken = responseStatus !== undefined && responseStatus < 300
  const attempt: Attempt = {
    at: clock.now(),
    latencyMs: 12,
    ...(responseStatus === undefined ? {} : { responseStatus }),
    ...(isTaken ? {} : { failure: 'It failed' }),
  }
  const status = isTaken ? 'success' : 'failed'
  await recordAttempt(port, claimed.delivery, { attempt, status, nextAttemptAt: undefined })
  return true
}
