import { expect, test } from 'vitest'
import { reconcileWebhooks } from '../../../lib/afterwards/reconcile-webhooks.ts'
import { reconcile } from '../../../functions/workers/reconcile-webhooks.ts'
import { RULE_PREFIX } from '../../../lib/bus/rules.ts'
import { runAs } from '../../support/iam/guard.ts'
import { openWebhookScene, type WebhookScene } from '../../support/webhook-scene.ts'
import {
  getWebhook,
  createWebhook,
  replaceWebhook,
} from '../../../lib/store/webhooks/webhook-endpoints.ts'

/** Another endpoint of the same workspace, that nobody registered. */
const ORPHAN = 'wh_0123456789abcdef'

async function recordOf({ runtime }: WebhookScene, id: string) {
  const record = await getWebhook(runtime.store, 'one', id)
  if (record === undefined) throw new Error(`No record of ${id}`)
  return record
}

/** Runs it; `meanwhile` happens while it waits for changes under way. */
function run(scene: WebhookScene, options?: { isDryRun?: boolean; meanwhile?: () => unknown }) {
  const { store, clock } = scene.runtime
  const sleep = async (milliseconds: number) => {
    await clock.sleep(milliseconds)
    if (milliseconds >= 30_000) await options?.meanwhile?.()
  }
  const waiting = { now: () => clock.now(), sleep }
  return reconcileWebhooks({ store, bus: scene.messaging.bus, clock: waiting }, options)
}

/** Five webhooks: the rule of each is wrong in another way. */
async function openDrifted() {
  const scene = await openWebhookScene()
  const { bus } = scene.messaging
  const missing = await scene.registered()
  const stale = await scene.registered()
  const disabled = await scene.registered()
  const enabled = await scene.registered()
  await scene.api(`PATCH /api/v1/webhooks/${enabled}`, { enabled: false })
  await bus.removeRule(missing)
  await bus.putRule({ ...(await recordOf(scene, stale)), types: ['seat.released'] })
  await bus.putRule({ ...(await recordOf(scene, disabled)), isEnabled: false })
  await bus.putRule({ ...(await recordOf(scene, enabled)), isEnabled: true })
  await bus.putRule({ ...(await recordOf(scene, stale)), endpointId: ORPHAN })
  const drift = [
    { kind: 'missing', endpointId: missing },
    { kind: 'stale', endpointId: stale },
    { kind: 'disabled-wrongly', endpointId: disabled },
    { kind: 'enabled-wrongly', endpointId: enabled },
    { kind: 'orphaned', endpointId: ORPHAN },
  ]
  return { scene, drift, missing }
}

const byId = <T extends { endpointId: string }>(drift: readonly T[]) =>
  drift.toSorted((a, b) => (a.endpointId < b.endpointId ? -1 : 1))

test('every kind of difference is found and mended, and then there is none', async () => {
  const { scene, drift } = await openDrifted()
  const { found, mended } = await run(scene)
  expect(byId(found)).toEqual(byId(drift))
  expect(byId(mended)).toEqual(byId(drift))
  expect(await scene.rulesMatch()).toBe(true)
  expect(await run(scene)).toMatchObject({ found: [], mended: [] })
})

test('a dry run tells every difference and changes nothing', async () => {
  const { scene, drift } = await openDrifted()
  const before = await scene.rules()
  const { found, mended } = await run(scene, { isDryRun: true })
  expect(byId(found)).toEqual(byId(drift))
  expect(mended).toEqual([])
  expect(await scene.rules()).toEqual(before)
})

test('rules that are not ours stay, whatever they are called', async () => {
  const scene = await openWebhookScene()
  const names = [
    'own',
    `${RULE_PREFIX}of-our-own`,
    `${RULE_PREFIX}wh_1`,
    `${RULE_PREFIX}${ORPHAN}0`,
  ]
  for (const name of names) await scene.putOwnRule(name)
  expect(await run(scene)).toMatchObject({ found: [], mended: [] })
  expect((await scene.ruleNames()).sort()).toEqual([...names].sort())
})

test('a rule whose webhook is being registered stays: its record comes while it waits', async () => {
  const scene = await openWebhookScene()
  const id = await scene.registered()
  const { version, ...record } = await recordOf(scene, id)
  const created = { ...record, endpointId: ORPHAN }
  await scene.messaging.bus.putRule(created)
  const meanwhile = () => createWebhook(scene.runtime.store, created)
  const { found, mended } = await run(scene, { meanwhile })
  expect(found).toEqual([{ kind: 'orphaned', endpointId: ORPHAN }])
  expect(mended).toEqual([])
  expect(await scene.rulesMatch()).toBe(true)
})

test('a rule whose webhook is being changed stays as the change made it', async () => {
  const scene = await openWebhookScene()
  const id = await scene.registered()
  const after = { ...(await recordOf(scene, id)), types: ['seat.held'] as const }
  await scene.messaging.bus.putRule(after)
  const meanwhile = () => replaceWebhook(scene.runtime.store, after, () => undefined)
  expect(await run(scene, { meanwhile })).toMatchObject({ found: [{ kind: 'stale' }], mended: [] })
  expect(await scene.rulesMatch()).toBe(true)
})

test('another change than the one that was seen first is left to the next run', async () => {
  const scene = await openWebhookScene()
  const record = await recordOf(scene, await scene.registered())
  await scene.messaging.bus.putRule({ ...record, types: ['seat.held'] })
  const meanwhile = () => scene.messaging.bus.putRule({ ...record, types: ['seat.released'] })
  expect((await run(scene, { meanwhile })).mended).toEqual([])
  expect((await run(scene)).mended).toHaveLength(1)
  expect(await scene.rulesMatch()).toBe(true)
})

test('more webhooks than one page of rules, and than one batch of records, are all compared', async () => {
  const scene = await openWebhookScene()
  const record = await recordOf(scene, await scene.registered())
  const { version, ...template } = record
  for (let index = 0; index < 120; index += 1) {
    const endpointId = `wh_${String(index).padStart(16, '0')}`
    const created = { ...template, endpointId, serial: index }
    await createWebhook(scene.runtime.store, created)
    if (index % 40 !== 0) await scene.messaging.bus.putRule(created)
  }
  const { found } = await run(scene)
  expect(found.map(({ kind }) => kind)).toEqual(['missing', 'missing', 'missing'])
  expect(await scene.rulesMatch()).toBe(true)
})

test('a webhook for whose rule the bus has no room is told as not mended', async () => {
  const scene = await openWebhookScene()
  const id = await scene.registered()
  await scene.messaging.bus.removeRule(id)
  for (let index = 0; index < 300; index += 1) await scene.putOwnRule(`own-${index}`)
  expect(await run(scene)).toEqual({
    found: [{ kind: 'missing', endpointId: id }],
    mended: [],
    rules: 0,
    left: 0,
    failures: [],
  })
})

test('the worker writes what differed to the log, and nothing where nothing did', async () => {
  const { scene, drift } = await openDrifted()
  await runAs('workers/reconcile-webhooks', () => reconcile(scene.runtime, scene.messaging.bus))
  expect(scene.log).toEqual([
    expect.objectContaining({ level: 'warn', worker: 'reconcile-webhooks' }) as object,
  ])
  expect(JSON.stringify(scene.log)).toContain(drift[0]?.endpointId)
  await runAs('workers/reconcile-webhooks', () => reconcile(scene.runtime, scene.messaging.bus))
  expect(scene.log).toHaveLength(1)
})
