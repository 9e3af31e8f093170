import type { SQSEvent } from 'aws-lambda'
import { describe, expect, test } from 'vitest'
import { expireBatch } from '../../../functions/workers/expire-holds.ts'
import { HOLD_ENTRY_GRACE_SECONDS } from '../../../lib/store/table/items.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { labelsOf, openScene, OTHER_TOKEN, TOKEN, type Scene } from '../../support/scene.ts'
import { setLock } from '../../support/seat-lock.ts'
import { openSeatsioScene } from '../../support/seatsio-scene.ts'
import { openTold, type Told } from '../../support/told.ts'
import { getEvent } from '../../../lib/store/events/events.ts'
import { readLog } from '../../../lib/store/seats/read-history.ts'
import { purgeEvent } from '../../../lib/store/events/purge-event.ts'

interface Open extends Scene {
  readonly told: Told
  readonly hold: (labels: readonly string[], ttlSeconds: number) => Promise<void>
  /** Kinds of what the event's log tells, oldest first, each with the number of its objects. */
  readonly history: () => Promise<string[]>
}

async function open(drawing?: object): Promise<Open> {
  const scene = await openScene(drawing)
  const told = await openTold(scene)
  const { api, seats, eventKey, runtime } = scene
  return {
    ...scene,
    told,
    async hold(objectLabels, ttlSeconds) {
      const body = { objectLabels, holdToken: TOKEN, ttlSeconds }
      const answer = await api(`POST ${seats}/hold`, body)
      expect(answer.status).toBe(200)
      await told.relay()
    },
    async history() {
      const event = await getEvent(runtime.store, 'one', eventKey)
      if (event === undefined) return []
      const counts = new Map<string, number>()
      for await (const lines of readLog(runtime.store, event, { direction: 'oldest-first' })) {
        for (const { entry } of lines) {
          const name = `${entry.kind} ${entry.origin.type} ${entry.operationId}`
          counts.set(name, (counts.get(name) ?? 0) + 1)
        }
      }
      return [...counts].map(([name, lines]) => `${name.split(' ').slice(0, 2).join(' ')} ${lines}`)
    },
  }
}

/** What the bus told so far: the last word of each type, with how often. */
function types(told: Told): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { type } of told.notices()) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

describe('a hold is ended when its time is over', () => {
  test('not a millisecond before, and as one operation of 200 seats', async () => {
    const { told, hold, history, clock } = await open(rowDrawing({ rows: 1, seatsPerRow: 200 }))
    await hold(labelsOf('A', 1, 200), 300)
    clock.advance(299_999)
    expect(await told.fire()).toBe(0)
    clock.advance(1)
    expect(await told.fire()).toBe(1)
    await told.relay()
    expect(types(told)).toEqual({ 'seat.held': 200, 'seat.hold_expired': 200 })
    expect(await history()).toEqual(['hold API 200', 'expire HOLD_EXPIRED 200'])
    expect(new Set(told.notices().map(({ operationId }) => operationId)).size).toBe(2)
  })

  test('in hops of fifteen minutes where that is far away', async () => {
    const { told, hold, clock } = await open()
    await hold(['A-1'], 1_800)
    const [timer] = told.messaging.list('timers')
    expect((timer?.visibleAt ?? 0) - clock.now()).toBe(900_000)
    clock.advance(900_000)
    expect(await told.fire()).toBe(1)
    await told.relay()
    expect(types(told)).toEqual({ 'seat.held': 1 })
    clock.advance(900_000)
    expect(await told.fire()).toBe(1)
    await told.relay()
    expect(types(told)).toEqual({ 'seat.held': 1, 'seat.hold_expired': 1 })
  })

  test('where this clock is behind the one that set the timer, only once it is over here', async () => {
    const { told, hold, clock, runtime } = await open()
    await hold(['A-1'], 60)
    const behind = {
      ...runtime,
      clock: { ...clock, now: () => (clock.now() - 1_500) as ReturnType<typeof clock.now> },
    }
    clock.advance(60_000)
    await told.messaging.pump('timers', (event) => expireBatch(behind, told.messaging.bus, event))
    const [again] = told.messaging.list('timers')
    expect((again?.visibleAt ?? 0) - clock.now()).toBe(2_000)
    clock.advance(2_000)
    await told.fire()
    await told.relay()
    expect(types(told)).toEqual({ 'seat.held': 1, 'seat.hold_expired': 1 })
  })

  test('everything of one token that ended together is one operation', async () => {
    const scene = await openSeatsioScene()
    const told = await openTold(scene)
    const holdToken = await scene.token(5)
    for (const label of ['A-1', 'A-2', 'B-7']) {
      await scene.change({ objects: [label], status: 'reservedByToken', holdToken })
    }
    await scene.api('POST /events/ball/actions/change-object-status', {
      objects: ['A-9'],
      status: 'reservedByToken',
      holdToken,
    })
    await told.relay()
    told.forget()
    scene.clock.advance(300_000)
    expect(await told.fire()).toBe(4)
    await told.relay()
    expect(types(told)).toEqual({ 'seat.hold_expired': 4 })
    expect(new Set(told.notices().map(({ operationId }) => operationId)).size).toBe(1)
    const [line] = await scene.lines('limit=1')
    expect(line).toMatchObject({ status: 'free', origin: { type: 'HOLD_EXPIRED' } })
  })

  test('a seat that was taken from a resale returns there', async () => {
    const scene = await openSeatsioScene()
    const told = await openTold(scene)
    const holdToken = await scene.token(5)
    await scene.change({ objects: ['A-1'], status: 'resale', resaleListingId: 'list-7' })
    await scene.change({ objects: ['A-1'], status: 'reservedByToken', holdToken })
    await told.relay()
    scene.clock.advance(300_000)
    await told.fire()
    await told.relay()
    expect(told.notices().at(-1)).toMatchObject({ type: 'seat.hold_expired', status: 'resale' })
    expect(await scene.info('A-1')).toMatchObject({ status: 'resale', resaleListingId: 'list-7' })
  })
})

describe('a timer finds nothing to do', () => {
  const end: Record<string, (scene: Open) => Promise<unknown>> = {
    'after an extension': ({ api, seats }) =>
      api(`POST ${seats}/extend`, { holdToken: TOKEN, ttlSeconds: 900 }),
    'after a booking': ({ api, seats }) =>
      api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken: TOKEN }),
    'after a release': ({ api, seats }) =>
      api(`POST ${seats}/release`, { objectLabels: ['A-1'], holdToken: TOKEN }),
    'after somebody else took the lapsed seat': async ({ api, seats, clock }) => {
      clock.advance(60_000)
      await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: OTHER_TOKEN })
      clock.advance(-60_000)
    },
    'after its event was deleted': async ({ api, eventKey, runtime }) => {
      const event = await getEvent(runtime.store, 'one', eventKey)
      await api(`DELETE /api/v1/events/${eventKey}`)
      if (event !== undefined) await purgeEvent(runtime.store, event)
    },
  }

  test.each(Object.keys(end))('%s', async (name) => {
    const scene = await open()
    const { told, hold, clock, calls } = scene
    await hold(['A-1'], 60)
    await end[name]?.(scene)
    clock.advance(60_000)
    calls.clear()
    expect(await told.fire()).toBe(1)
    expect(calls.count()).toMatchObject({ reads: 1, writes: 0 })
    await told.relay()
    expect(types(told)['seat.hold_expired'] ?? 0).toBe(name.includes('lapsed') ? 1 : 0)
  })

  test('an extended hold ends at its new time, a shortened one too', async () => {
    const { told, hold, api, seats, clock } = await open()
    await hold(['A-1', 'A-2'], 600)
    const extend = (labels: string[], ttlSeconds: number) =>
      api(`POST ${seats}/extend`, { labels, holdToken: TOKEN, ttlSeconds })
    await extend(['A-1'], 60)
    await extend(['A-2'], 900)
    await told.relay()
    for (const [after, expired] of [
      [60_000, 1],
      [540_000, 1],
      [300_000, 2],
    ] as const) {
      clock.advance(after)
      await told.fire()
      await told.relay()
      expect(types(told)['seat.hold_expired']).toBe(expired)
    }
  })

  test('the second of two timers for the same hold', async () => {
    const { told, hold, clock, runtime, history } = await open()
    await hold(['A-1'], 60)
    clock.advance(60_000)
    const [timer] = told.messaging.list('timers')
    await told.fire()
    const again = { Records: [{ messageId: '1', body: timer?.body ?? '' }] } as unknown as SQSEvent
    await expireBatch(runtime, told.messaging.bus, again)
    expect(await history()).toEqual(['hold API 1', 'expire HOLD_EXPIRED 1'])
  })
})

test('where no timer came, TTL tidies the hold up and it is told then', async () => {
  const { told, hold, clock, engine } = await open()
  await hold(['A-1', 'A-2'], 60)
  const lost = told.messaging.list('timers')
  expect(lost).toHaveLength(1)
  clock.advance(60_000)
  await told.messaging.pump('timers', () => Promise.resolve({ batchItemFailures: [] }))
  clock.advance(HOLD_ENTRY_GRACE_SECONDS * 1_000 + 1_000)
  await engine.expireItems()
  await told.relay()
  expect(await told.fire()).toBe(1)
  await told.relay()
  expect(types(told)).toEqual({ 'seat.held': 2, 'seat.hold_expired': 2 })
})

test('a hold of more seats than a transaction has items ends all or nothing', async () => {
  const { told, hold, clock, api, eventKey } = await open(rowDrawing({ rows: 1, seatsPerRow: 150 }))
  await hold(labelsOf('A', 1, 150), 60)
  clock.advance(60_000)
  await told.fire()
  await told.relay()
  expect(types(told)).toEqual({ 'seat.held': 150, 'seat.hold_expired': 150 })
  const status = await api(`GET /api/v1/events/${eventKey}/status`)
  expect(status.status).toBe(200)
})

describe('what goes wrong is tried again', () => {
  test('a seat that stays busy, five seconds later', async () => {
    const scene = await open()
    const { told, hold, clock, runtime } = scene
    await hold(['A-1'], 60)
    clock.advance(60_000)
    await setLock(scene, '01LOCK')
    await told.messaging.pump('timers', (event) => expireBatch(runtime, told.messaging.bus, event))
    await setLock(scene, undefined)
    expect(types(told)).toEqual({ 'seat.held': 1 })
    const [again] = told.messaging.list('timers')
    expect((again?.visibleAt ?? 0) - clock.now()).toBe(5_000)
    clock.advance(5_000)
    expect(await told.fire()).toBe(1)
    await told.relay()
    expect(types(told)).toEqual({ 'seat.held': 1, 'seat.hold_expired': 1 })
  })

  test('a message that is no timer comes again by itself, and does not stop the others', async () => {
    const { told, hold, clock, runtime } = await open()
    await hold(['A-1'], 60)
    clock.advance(60_000)
    const [timer] = told.messaging.list('timers')
    const bodies = ['{', '{"labels":[1]}', timer?.body ?? '']
    const Records = bodies.map((body, index) => ({ messageId: String(index), body }))
    const event = { Records } as unknown as SQSEvent
    const answer = await expireBatch(runtime, told.messaging.bus, event)
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: '0' }, { itemIdentifier: '1' }])
    await told.relay()
    expect(types(told)['seat.hold_expired']).toBe(1)
  })
})
