import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import { ROUNDS_MAX } from '../../../../lib/in-rounds.ts'
import { addSeconds } from '../../../../lib/clock.ts'
import { SETTLE_MS_MAX } from '../../../../lib/store/table/transact.ts'
import type { Fault } from '@holdfast/dynamodb/engine'
import { staleStore } from '../../../support/intercepted.ts'
import { openScene, OTHER_TOKEN, TOKEN, type Scene } from '../../../support/scene.ts'
import { setLock } from '../../../support/seat-lock.ts'
import { readSeats } from '../../../../lib/store/seats/read-seats.ts'

/** Answers the next transactions with these faults, one each, then lets them through. */
function provoke({ engine }: Scene, faults: (Fault | undefined)[]): void {
  const left = [...faults]
  engine.inject = ({ operation }) => (operation === 'TransactWriteItems' ? left.shift() : undefined)
}

/** The tokens that hold seats, by status. */
async function holders({ api, eventKey }: Scene): Promise<unknown[]> {
  const { body } = await api(`GET /api/v1/events/${eventKey}/status`)
  return (body['objects'] as { holdToken: unknown }[]).map(({ holdToken }) => holdToken)
}

const hold = { objectLabel: 'A-1', holdToken: TOKEN }

describe('a transaction that', () => {
  test.each([
    ['conflicted', 'transaction-conflict'],
    ['was throttled', 'throttle'],
    ['got lost before it applied', 'lost-before'],
    ['got lost after it applied', 'lost-after'],
    ['met an internal error', 'internal-error'],
  ] as const)('%s is sent again and applies once', async (_, fault) => {
    const scene = await openScene()
    provoke(scene, [fault, fault])
    expect((await scene.api(`POST ${scene.seats}/hold`, hold)).status).toBe(200)
    const { events = [] } = await readSeats(scene.runtime.store, readOf(scene))
    expect(events[0]?.rows.get('A-1')?.version).toBe(1)
    expect(scene.calls.all.filter(({ operation }) => operation === 'PutItem')).toEqual([])
  })

  test.each([
    ['conflicting', 'transaction-conflict'],
    ['being throttled', 'throttle'],
  ] as const)('keeps %s is refused after five rounds, and writes nothing', async (_, fault) => {
    const scene = await openScene()
    provoke(
      scene,
      Array.from({ length: ROUNDS_MAX }, () => fault),
    )
    const body = { objectLabels: ['A-2', 'A-1'], holdToken: TOKEN }
    const answer = await scene.api(`POST ${scene.seats}/hold`, body)
    // Others were there in the first case alone.
    const busy = { status: 409, body: { failed: [{ objectLabel: 'A-2', reason: 'busy' }] } }
    const slow = { status: 503, code: 'overloaded' }
    expect(answer).toMatchObject(fault === 'throttle' ? slow : busy)
    expect(await holders(scene)).toEqual([])
    expect((await scene.api(`POST ${scene.seats}/hold`, body)).status).toBe(200)
  })

  test('conflicts four times is still decided in the fifth round', async () => {
    const scene = await openScene()
    provoke(
      scene,
      Array.from({ length: ROUNDS_MAX - 1 }, () => 'transaction-conflict'),
    )
    expect((await scene.api(`POST ${scene.seats}/hold`, hold)).status).toBe(200)
  })

  test('keeps conflicting on an extend is reported label by label', async () => {
    const scene = await openScene()
    await scene.api(`POST ${scene.seats}/hold`, hold)
    provoke(
      scene,
      Array.from({ length: ROUNDS_MAX }, () => 'transaction-conflict'),
    )
    const labels = ['A-2', 'A-1']
    const answer = await scene.api(`POST ${scene.seats}/extend`, { holdToken: TOKEN, labels })
    expect(answer.body).toEqual({
      holdExpiresAt: null,
      extended: [],
      failed: [
        { objectLabel: 'A-2', reason: 'not_held_by_token' },
        { objectLabel: 'A-1', reason: 'busy' },
      ],
    })
  })

  test('is never answered ends in a fault that says so, never in a refusal', async () => {
    const scene = await openScene()
    const start = scene.clock.now()
    scene.engine.inject = ({ operation }) =>
      operation === 'TransactWriteItems' ? 'lost-after' : undefined
    const answer = await scene.api(`POST ${scene.seats}/hold`, hold)
    expect(answer.status).toBe(503)
    expect(answer.body['message']).toMatch(/may or may not have been made/)
    expect(scene.clock.now() - start).toBeGreaterThanOrEqual(SETTLE_MS_MAX)
    expect(scene.log).toMatchObject([{ level: 'error' }])
    expect(JSON.stringify(scene.log)).not.toContain(TOKEN)
  })

  test('got lost and then conflicts is not taken for refused: the first sending may have landed', async () => {
    const scene = await openScene()
    provoke(scene, ['lost-after', 'transaction-conflict', 'throttle', undefined])
    expect((await scene.api(`POST ${scene.seats}/hold`, hold)).status).toBe(200)
    const sent = scene.calls.all.filter(({ operation }) => operation === 'TransactWriteItems')
    const tokens = new Set(sent.map(({ input }) => input['ClientRequestToken']))
    expect(tokens.size).toBe(1)
    expect(await holders(scene)).toEqual([TOKEN])
  })

  test('got lost before it applied and finds the seat taken is refused: it can never land', async () => {
    const scene = await openScene()
    const rival = scene.context()
    let sent = 0
    scene.engine.inject = ({ operation }) => {
      if (operation !== 'TransactWriteItems') return undefined
      sent += 1
      return sent === 1 ? 'lost-before' : undefined
    }
    const context = scene.context()
    const until = addSeconds(context.now(), 900)
    const parts = [{ eventKey: scene.eventKey, labels: ['A-1'] }] as const
    const hold = { kind: 'hold', holdToken: TOKEN, until } as const
    const first = changeSeats(context, { parts, change: hold })
    const theirs = { ...hold, holdToken: OTHER_TOKEN }
    const second = changeSeats(rival, { parts, change: theirs })
    const outcomes = await Promise.all([first, second])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({
      refusal: { seats: [{ label: 'A-1', code: 'held-by-another' }] },
    })
    expect(await holders(scene)).toHaveLength(1)
  })
})

/** Answers the next transactions with an exception of that name, as DynamoDB would. */
function failWith({ engine }: Scene, name: string, times: number): void {
  const call = engine.call.bind(engine)
  let left = times
  engine.call = (target, input) => {
    if (!target.endsWith('.TransactWriteItems') || left === 0) return call(target, input)
    left -= 1
    const body = { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name }
    return Promise.resolve({ status: 400, body })
  }
}

describe('an exception of DynamoDB', () => {
  test.each([
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'ThrottlingException',
    'TransactionInProgressException',
  ])('%s is waited out', async (name) => {
    const scene = await openScene()
    failWith(scene, name, 2)
    expect((await scene.api(`POST ${scene.seats}/hold`, hold)).status).toBe(200)
    expect(await holders(scene)).toEqual([TOKEN])
  })

  test('that throttles all along is told as a slow store, and blames nobody', async () => {
    const scene = await openScene()
    failWith(scene, 'ProvisionedThroughputExceededException', ROUNDS_MAX)
    const body = { objectLabels: ['A-2', 'A-1'], holdToken: TOKEN }
    expect(await scene.api(`POST ${scene.seats}/hold`, body)).toMatchObject({
      status: 503,
      code: 'overloaded',
    })
  })

  test('that time does not mend is an outage in which nothing was changed', async () => {
    const scene = await openScene()
    failWith(scene, 'AccessDeniedException', 1)
    const answer = await scene.api(`POST ${scene.seats}/hold`, hold)
    expect(answer.status).toBe(503)
    expect(answer.body['message']).toMatch(/nothing was changed/)
    expect(await holders(scene)).toEqual([])
  })
})

test('a guard is lost to any newer version, not only to a first one', async () => {
  const scene = await openScene()
  const { store } = scene.runtime
  const read = readOf(scene)
  await scene.api(`POST ${scene.seats}/hold`, hold)
  await scene.api(`POST ${scene.seats}/release`, { objectLabels: ['A-1'] })
  const stale = await staleStore(store, (then) => readSeats(then, { ...read, holdTokens: [TOKEN] }))
  await scene.api(`POST ${scene.seats}/hold`, { ...hold, holdToken: OTHER_TOKEN })
  const context = { ...scene.context(), store: stale }
  const change = { kind: 'hold', holdToken: TOKEN, until: addSeconds(context.now(), 900) } as const
  const outcome = await changeSeats(context, { parts: read.parts, change })
  expect(outcome).toMatchObject({ ok: false, refusal: { seats: [{ code: 'held-by-another' }] } })
  expect(await holders(scene)).toEqual([OTHER_TOKEN])
})

test('a transaction that got lost and is then cancelled for a lock may still land: it is sent on, unchanged', async () => {
  const scene = await openScene()
  await scene.api(`POST ${scene.seats}/hold`, hold)
  await setLock(scene, '01LOCK')
  provoke(scene, ['lost-before'])
  scene.calls.clear()
  let waits = 0
  const sleep = scene.clock.sleep.bind(scene.clock)
  scene.clock.sleep = async (milliseconds) => {
    waits += 1
    if (waits === 3) await setLock(scene, undefined)
    await sleep(milliseconds)
  }
  const book = { objectLabels: ['A-1'], holdToken: TOKEN }
  expect((await scene.api(`POST ${scene.seats}/book`, book)).status).toBe(200)
  const sent = scene.calls.all.filter(({ operation }) => operation === 'TransactWriteItems')
  // Of the four sendings the lost one left no answer to count.
  expect(sent).toHaveLength(3)
  expect(new Set(sent.map(({ input }) => input['ClientRequestToken'])).size).toBe(1)
})

test('a lost guard decides again from the rows that the store hands back, without reading anew', async () => {
  const scene = await openScene()
  const { store } = scene.runtime
  const read = readOf(scene)
  const stale = await staleStore(store, (then) => readSeats(then, { ...read, holdTokens: [TOKEN] }))
  await scene.api(`POST ${scene.seats}/hold`, { ...hold, holdToken: OTHER_TOKEN })
  scene.calls.clear()
  const context = { ...scene.context(), store: stale }
  const change = { kind: 'hold', holdToken: TOKEN, until: addSeconds(context.now(), 900) } as const
  const outcome = await changeSeats(context, { parts: read.parts, change })
  expect(outcome).toMatchObject({ ok: false, refusal: { seats: [{ code: 'held-by-another' }] } })
  // The one read is of another copy of the revision: the stale store knows the one that was read before.
  expect(scene.calls.count()).toMatchObject({ reads: 1, writes: 1 })
})

test('a hold that lapses between reading and writing is not booked', async () => {
  const scene = await openScene()
  await scene.api(`POST ${scene.seats}/hold`, { ...hold, ttlSeconds: 1 })
  // The transaction waits until the deadline has passed, and is then throttled, so that it is decided again.
  scene.engine.inject = ({ operation }) => {
    if (operation !== 'TransactWriteItems') return undefined
    scene.engine.inject = undefined
    scene.clock.advance(1_000)
    return 'throttle'
  }
  const answer = await scene.api(`POST ${scene.seats}/book`, {
    objectLabels: ['A-1'],
    holdToken: TOKEN,
  })
  expect(answer.body).toMatchObject({ failed: [{ reason: 'not_held_by_token' }] })
})

test('a row under a lock is busy, whoever asks', async () => {
  const scene = await openScene()
  await scene.api(`POST ${scene.seats}/hold`, hold)
  await setLock(scene, '01LOCK')
  const answer = await scene.api(`POST ${scene.seats}/book`, {
    objectLabels: ['A-1'],
    holdToken: TOKEN,
  })
  expect(answer.body).toMatchObject({ failed: [{ objectLabel: 'A-1', reason: 'busy' }] })
})

function readOf({ eventKey }: Scene) {
  return { workspaceId: 'one', parts: [{ eventKey, labels: ['A-1'] }] as const }
}
