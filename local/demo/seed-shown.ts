import { createBlankChart } from '../../lib/actions/charts/create-blank-chart.ts'
import { importChart } from '../../lib/actions/charts/import-chart.ts'
import { updateChart } from '../../lib/actions/charts/update-chart.ts'
import { createWorkspace } from '../../lib/actions/companies/create-workspace.ts'
import { switchWorkspace } from '../../lib/actions/companies/switch-workspace.ts'
import type { Context } from '../../lib/actions/context.ts'
import { createEvent } from '../../lib/actions/events/create-event.ts'
import { createWebhook } from '../../lib/actions/webhooks/create-webhook.ts'
import { updateWebhook } from '../../lib/actions/webhooks/update-webhook.ts'
import { addSeconds } from '../../lib/clock.ts'
import type { Ids } from '../../lib/ids.ts'
import { DAY_MS } from '../../lib/limits/durations.ts'
import { openBusFromEnvironment } from '../../lib/open-bus.ts'
import type { Runtime } from '../../lib/open.ts'
import type { Notice } from '../../lib/rules/notice.ts'
import { NOW } from '../../lib/seatbuilder/story.ts'
import {
  EXAMPLE_NOTICE_ID,
  EXAMPLE_WEBHOOK_ID,
  webhook,
} from '../../lib/seatbuilder/webhook-story.ts'
import { backRoomDrawing } from '../../lib/seatsio/charts/chart-story.ts'
import { SHOWN } from '../../lib/seatsio/story.ts'
import { createHoldToken } from '../../lib/store/seats/hold-tokens.ts'
import { queueDelivery } from '../../lib/store/webhooks/deliveries.ts'
import { endDelivery } from '../../lib/store/webhooks/delivery-attempts.ts'
import { DEMO_WORKSPACE_ID, demoContext, must } from './seed-demo.ts'

// The examples of the documents name ids and keys that a real run makes anew. Here these very ones are put on file, so that whoever
// presses the examples of a page, from top to bottom, finds what each of them names.

/** A hold token of the examples outlives whatever is tried with it. */
const TOKEN_SECONDS = (365 * DAY_MS) / 1000

/** Puts on file what the examples of both documents name, beyond the demo itself; sends nothing to anybody. */
export async function seedShown(runtime: Runtime): Promise<void> {
  await seedWebhook(runtime)
  await seedCharts(runtime)
  await seedWorkspaces(runtime)
  const expiresAt = addSeconds(runtime.clock.now(), TOKEN_SECONDS)
  // A deadline is moved to two hours from creation at most: this one can be moved for as long as it lives.
  const row = { createdAt: expiresAt, expiresAt, version: 1, objects: 0 }
  const name = { workspaceId: DEMO_WORKSPACE_ID, holdToken: SHOWN.holdToken }
  await createHoldToken(runtime.store, name, { row, receipt: undefined })
}

/** A webhook that is switched off, since nobody listens there, and a delivery to it that has ended. */
async function seedWebhook(runtime: Runtime): Promise<void> {
  const hex = EXAMPLE_WEBHOOK_ID.slice('wh_'.length)
  const context = contextWith(runtime, { hex: () => hex })
  const { url, events: types, description } = webhook
  const wanted = { url, types: types as ['seat.booked', 'seat.released'], description, batch: 1 }
  const { endpointId } = must(await createWebhook(context, wanted))
  const unchanged = { url: undefined, types: undefined, description: undefined, batch: undefined }
  must(await updateWebhook(context, { ...unchanged, endpointId, isEnabled: false }))
  const queued = await queueDelivery(runtime.store, { endpointId, notice: shownNotice })
  await endDelivery(runtime.store, queued, 'Never sent: an example')
}

const shownNotice: Notice = {
  id: EXAMPLE_NOTICE_ID,
  type: 'seat.held',
  occurredAt: NOW,
  workspaceId: DEMO_WORKSPACE_ID,
  environment: 'sandbox',
  chart: { chartKey: 'chart_test', name: 'Test chart' },
  event: { eventKey: 'evt_test', name: 'Test event' },
  objectLabel: 'A-1',
  status: 'held',
  previousStatus: 'free',
  version: 1,
  holdToken: 'test-hold-token',
  heldUntil: NOW,
  extraData: { note: 'An example: no seat has changed' },
  operationId: 'example',
  test: true,
}

/** Charts under the keys that copies and new charts get in the examples; two of them are sold, and have drafts. */
async function seedCharts(runtime: Runtime): Promise<void> {
  const context = contextWith(runtime, {})
  const drawing = JSON.stringify(backRoomDrawing)
  must(await importChart(context, { chartKey: 'back-room', drawing }))
  must(await importChart(withPicture(context), { chartKey: SHOWN.afternoonChartKey, drawing }))
  must(await importChart(context, { chartKey: SHOWN.copyKey, drawing }))
  const stage = contextWith(runtime, { uuid: () => SHOWN.stageKey })
  const blank = { name: 'Summer stage', venueType: 'SIMPLE', categories: [] } as const
  must(await createBlankChart(stage, blank))
  const drafts = [
    { chartKey: 'back-room', eventKey: SHOWN.lateShowKey, name: 'Back room, winter' },
    { chartKey: SHOWN.afternoonChartKey, eventKey: 'evening', name: 'Back room, spring' },
  ]
  for (const { chartKey, eventKey, name } of drafts) {
    must(await createEvent(context, { chartKey, eventKey }))
    must(await updateChart(context, { chartKey, name, drawing: { ...backRoomDrawing, name } }))
  }
}

async function seedWorkspaces(runtime: Runtime): Promise<void> {
  const boxOffice = contextWith(runtime, { uuid: () => SHOWN.boxOfficeKey })
  await createWorkspace(boxOffice, { name: 'Box office', isTest: true })
  const popUp = contextWith(runtime, { uuid: () => SHOWN.popUpKey })
  await createWorkspace(popUp, { name: 'Pop-up', isTest: false })
  must(await switchWorkspace(popUp, { workspaceKey: SHOWN.popUpKey, isActive: false }))
}

/** Has the drawings that are stored be the one whose picture the examples show. */
function withPicture(context: Context): Context {
  const ulid = () => SHOWN.thumbnail.replace(/-\d+$/, '')
  return { ...context, store: { ...context.store, ids: { ...context.ids, ulid } } }
}

/** As the demo's administrator, with the ids that the examples show. */
function contextWith(runtime: Runtime, shown: Partial<Ids>): Context {
  const { deriveSecret, webhooks, openBus = openBusFromEnvironment } = runtime
  const context = demoContext(runtime)
  const ids = { ...runtime.ids, ...shown }
  const caller = { ...context.caller, companyId: 'demo', ownerId: 'demo' }
  return { ...context, ids, caller, deriveSecret, webhooks, openBus }
}
