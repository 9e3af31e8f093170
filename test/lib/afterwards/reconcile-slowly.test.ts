import { PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { expect, test } from 'vitest'
import { reconcile } from '../../../functions/workers/reconcile-webhooks.ts'
import { RULE_PREFIX } from '../../../lib/bus/rules.ts'
import { openWebhookScene, type WebhookScene } from '../../support/webhook-scene.ts'
import { getWebhook, createWebhook } from '../../../lib/store/webhooks/webhook-endpoints.ts'

// The bus takes 300 rules, and here it answers slowly: one call for each rule is more than a run has time for.

const WEBHOOKS = 290

/** Milliseconds that a call of the bus takes; the embedded one makes one after the other. */
const SLOW_MS = 500

/** A run begins nothing after 240 s: what has begun by then is ten rules at most, of some three calls. */
const RUN_MS_MAX = 240_000 + 10 * 3 * SLOW_MS

/** How often the worker is called. */
const EVERY_MS = 900_000

/** A third of the rules is missing, a third has another pattern, a third sends elsewhere. */
async function openDrifted(): Promise<WebhookScene> {
  const scene = await openWebhookScene()
  const { bus, events, names } = scene.messaging
  const record = await getWebhook(scene.runtime.store, 'one', await scene.registered())
  if (record === undefined) throw new Error('No record')
  for (let index = 0; index < WEBHOOKS; index += 1) {
    const endpointId = `wh_${String(index).padStart(16, '0')}`
    const { version, ...created } = { ...record, endpointId, serial: index }
    await createWebhook(scene.runtime.store, created)
    if (index % 3 === 0) continue
    await bus.putRule(index % 3 === 1 ? { ...created, types: ['seat.released'] } : created)
    if (index % 3 === 1) continue
    const Rule = `${RULE_PREFIX}${endpointId}`
    const Targets = [{ Id: 'deliveries', Arn: `${names.deliveriesArn}-of-another-stage` }]
    await events.send(new PutTargetsCommand({ EventBusName: names.bus, Rule, Targets }))
  }
  return scene
}

/** Runs the worker when its timer does, so many times; answers how long each run took. */
async function runSome(scene: WebhookScene, times: number): Promise<number[]> {
  const { clock, runtime, messaging } = scene
  const took: number[] = []
  for (let run = 0; run < times; run += 1) {
    const began = clock.now()
    await reconcile(runtime, messaging.bus)
    took.push(clock.now() - began)
    clock.advance(EVERY_MS - (clock.now() - began))
  }
  return took
}

function slowDown({ messaging, clock }: WebhookScene, refused?: string): void {
  messaging.engine.inject = ({ operation }) => {
    if (messaging.engine.inject === undefined) return undefined
    clock.advance(SLOW_MS)
    return operation === refused ? 'internal-error' : undefined
  }
}

test('more rules than a run has time for are what the records say after some runs, each of which ends in time', async () => {
  const scene = await openDrifted()
  slowDown(scene)
  const took = await runSome(scene, 4)
  expect(Math.max(...took)).toBeLessThanOrEqual(RUN_MS_MAX)
  scene.mendBus()
  expect(await scene.rulesMatch()).toBe(true)
  const [first] = scene.log as { left?: number }[]
  expect(first?.left).toBeGreaterThan(0)
}, 60_000)

test('what the bus refuses stops nothing else, and the run fails once it has ended', async () => {
  const scene = await openDrifted()
  slowDown(scene, 'PutTargets')
  await expect(reconcile(scene.runtime, scene.messaging.bus)).rejects.toThrow('cannot be reached')
  const found = scene.log[0] as { found: { kind: string }[]; failed: number }
  expect(new Set(found.found.map(({ kind }) => kind))).toEqual(new Set(['missing', 'stale']))
  expect(found.failed).toBeGreaterThan(10)
}, 60_000)
