import { createEvent } from '../../lib/actions/events/create-event.ts'
import { createChart } from '../../lib/actions/charts/create-chart.ts'
import { publishChart } from '../../lib/actions/charts/publish-chart.ts'
import { adminKeyOf } from '../../lib/actions/companies/derived-keys.ts'
import type { Caller, Context } from '../../lib/actions/context.ts'
import type { Outcome } from '../../lib/refusals.ts'
import type { Runtime } from '../../lib/open.ts'
import { demoDrawing } from './demo-chart.ts'
import { backRoomDrawing, EXAMPLE_CHART_KEY } from '../../lib/seatbuilder/story.ts'
import { SHOWN } from '../../lib/seatsio/story.ts'
import { createCompany } from '../../lib/store/companies/companies.ts'
import { newSerial } from '../../lib/store/table/serials.ts'
import { addApiKey } from '../../lib/store/companies/api-keys.ts'
import { getEvent } from '../../lib/store/events/events.ts'

/** Keys that everyone knows: only for a server that nobody else can reach. */
export const demoKeys = {
  secret: 'sk_test_holdfast_demo_secret_key',
  publishable: 'pk_test_holdfast_demo_publishable_key',
  /** The same workspace in the language of seats.io. */
  seatsio: '5ea75100-d3f0-4a1d-8e57-0123456789ab',
  /** Of the company, in the language of seats.io. */
  admin: '5ea75100-ad31-4c0e-8b62-0123456789ab',
  /** What the operator of the system presents, unless the environment names another. */
  system: '5ea75100-5757-4e9a-9d40-0123456789ab',
} as const

/** Names the demo workspace in public, as the examples of the documents do. */
const DEMO_WORKSPACE_KEY = SHOWN.workspaceKey

/** The demo company's test twin, which the demo keys open. */
export const DEMO_WORKSPACE_ID = 'demo-test'
export const DEMO_EVENT_KEY = 'evt_demo'
/** A seat in the middle of the first row of the stalls. */
export const DEMO_SEAT = 'S-A-10'

/** Of the key of a small published chart without events, with which the examples of the documents begin. */
const DEMO_CHART_HEX = EXAMPLE_CHART_KEY.replace('chart_', '')

const settings = { publishableMayBook: true }
const key = { keyId: 'demo-secret', kind: 'secret', workspaceId: DEMO_WORKSPACE_ID } as const

/** What an action needs to act as the demo's secret key. */
export function demoContext({ store, clock, ids, backOff }: Runtime): Context {
  const caller: Caller = { ...key, settings, workspaceKey: DEMO_WORKSPACE_KEY, address: '' }
  return { now: () => clock.now(), backOff, ids, store, caller }
}

/** Puts the demo company, its keys, two published charts and an event on file, unless they are there already; answers whether the event was not. */
export async function seedDemo(runtime: Runtime): Promise<boolean> {
  const { store, clock } = runtime
  const workspaceId = DEMO_WORKSPACE_ID
  const workspace = { companyId: 'demo', settings }
  // The first is where an admin key acts that names no workspace.
  const company = { companyId: 'demo', name: 'Demo company', workspaceIds: [workspaceId, 'demo'] }
  const workspaces = [
    { ...workspace, workspaceId: 'demo', name: 'Production', isTest: false },
    {
      ...workspace,
      workspaceId,
      name: 'Sandbox',
      isTest: true,
      serial: newSerial(store),
      workspaceKey: DEMO_WORKSPACE_KEY,
    },
  ]
  const admin = { keyId: 'demo-admin', kind: 'admin', companyId: 'demo' } as const
  // The second one is what the account shows.
  const newKeys = [
    { key: demoKeys.admin, record: admin },
    adminKeyOf(runtime.deriveSecret, { companyId: 'demo', keyGeneration: 1 }),
  ]
  await createCompany(store, { ...company, createdAt: clock.now() }, { workspaces, newKeys })
  await addApiKey(store, demoKeys.secret, key)
  await addApiKey(store, demoKeys.seatsio, { ...key, keyId: 'demo-seatsio' })
  await addApiKey(store, demoKeys.publishable, {
    keyId: 'demo-publishable',
    kind: 'publishable',
    workspaceId,
  })
  if ((await getEvent(store, workspaceId, DEMO_EVENT_KEY)) !== undefined) return false
  const context = demoContext(runtime)
  // What the examples of the documents show, so that they can be pressed as they stand.
  const shown = { ...context, ids: { ...runtime.ids, hex: () => DEMO_CHART_HEX } }
  const sketch = must(await createChart(shown, { name: 'Back room', drawing: backRoomDrawing }))
  must(await publishChart(context, sketch.chartKey))
  const name = 'Demo theatre'
  const { chartKey } = must(await createChart(context, { name, drawing: demoDrawing() }))
  must(await publishChart(context, chartKey))
  must(await createEvent(context, { chartKey, name: 'Demo night', eventKey: DEMO_EVENT_KEY }))
  return true
}

/** Takes what an action answers; the demo is such that nothing is refused. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`Seeding the demo failed: ${outcome.refusal.code}`)
  return outcome.value
}
