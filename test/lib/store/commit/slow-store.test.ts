import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import { OPERATION_MS_MAX } from '../../../../lib/store/commit/lease.ts'
import { refusalFor } from '@holdfast/dynamodb/faults'
import { rowDrawing } from '../../../support/drawings.ts'
import { runKeyed } from '../../../support/keyed.ts'
import { holdOf } from '../../../support/many-events.ts'
import { phaseOf } from '../../../support/phases.ts'
import { toException } from '../../../support/plain-client.ts'
import { labelsOf, makeEvent, OTHER_TOKEN, TOKEN } from '../../../support/scene.ts'
import { openSlowHoldfast, type Pace, type SlowHoldfast } from '../../../support/slow-holdfast.ts'

/** What API Gateway waits for. */
const GATEWAY_MS_MAX = 29_000

const ROWS = 25
const SEATS_PER_ROW = 40

const all = Array.from({ length: ROWS }, (_, row) =>
  labelsOf(String.fromCharCode(65 + row), 1, SEATS_PER_ROW),
).flat()

async function openArena() {
  const slow = await openSlowHoldfast()
  const drawing = rowDrawing({ rows: ROWS, seatsPerRow: SEATS_PER_ROW })
  const { result: event } = await slow.run(() => makeEvent(slow.api, drawing))
  const hold = (objects: number, holdToken = TOKEN) => {
    const labels = all.slice(0, objects)
    const parts = [{ eventKey: event.eventKey, labels }] as const
    return changeSeats(slow.context, { parts, change: holdOf(slow, { holdToken }) })
  }
  return Object.assign(slow, { event, hold })
}

/** States of all operations so far. */
function operationsOf({ table }: SlowHoldfast): unknown[] {
  const headers = table.items().filter(({ pk, sk }) => String(pk).startsWith('O#') && sk === 'O')
  return headers.map(({ st }) => st)
}

function lockedIn({ table }: SlowHoldfast): unknown[] {
  return table.items().filter(({ lk }) => lk !== undefined)
}

const slow = { ok: false, refusal: { code: 'store-slow', retryAfterSeconds: 10 } }

describe('a hold of 1,000 objects that nobody else wants', () => {
  test.each([20, 100, 200, 400])(
    'is made while each call takes %i ms, within what the gateway waits for',
    async (callMs) => {
      const arena = await openArena()
      arena.pace.callMs = callMs
      const { result, tookMs } = await arena.run(() => arena.hold(1_000))
      expect(result).toMatchObject({ ok: true })
      expect(tookMs).toBeLessThan(GATEWAY_MS_MAX)
      expect(operationsOf(arena)).toEqual(['C'])
    },
  )

  test.each<Pace>([
    { callMs: 400, isOneByOne: true },
    { callMs: 500, isOneByOne: true },
    { callMs: 1_000, isOneByOne: false },
  ])('is told that the store is slow, once and in time, where it is too slow: %o', async (pace) => {
    const arena = await openArena()
    Object.assign(arena.pace, pace)
    const { result, tookMs } = await arena.run(() => arena.hold(1_000))
    expect(result).toEqual(slow)
    expect(tookMs).toBeLessThan(GATEWAY_MS_MAX)
    // Begun once; what is still locked by then is in nobody's way.
    expect(operationsOf(arena)).toEqual(['A'])
    Object.assign(arena.pace, { callMs: 20, isOneByOne: false })
    expect((await arena.run(() => arena.hold(1_000, OTHER_TOKEN))).result.ok).toBe(true)
    expect(lockedIn(arena)).toEqual([])
  })

  test('goes on past eight seconds only while it makes progress', async () => {
    const arena = await openArena()
    const LOCKS = 8
    let locks = 0
    let hungAt = 0
    arena.onWrite = (request) => {
      if (phaseOf(request) !== 'lock') return
      locks += 1
      if (locks < LOCKS) return
      if (locks === LOCKS) hungAt = arena.clock.now()
      throw toException(refusalFor('throttle', request.operation, request.input))
    }
    arena.pace.callMs = 100
    const startedAt = arena.clock.now()
    const { result } = await arena.run(() => arena.hold(1_000))
    expect(result).toEqual(slow)
    const header = arena.table.items().find(({ st }) => st === 'A')
    expect(hungAt - startedAt).toBeLessThan(OPERATION_MS_MAX / 2)
    expect(Number(header?.['dl'])).toBeLessThanOrEqual(hungAt + OPERATION_MS_MAX)
  })
})

describe('what is refused because of the store', () => {
  test.each([
    ['one transaction', 10],
    ['a large commit', 200],
  ])('names nobody else, where it throttles all writes of %s', async (_, objects) => {
    const arena = await openArena()
    arena.onWrite = (request) => {
      throw toException(refusalFor('throttle', request.operation, request.input))
    }
    const ran = await arena
      .run(() => arena.hold(objects))
      .catch((error: unknown) => ({ result: error }))
    // Details that cannot be put are an outage.
    if (objects === 10) expect(ran.result).toEqual(slow)
    else expect(ran.result).toMatchObject({ outcome: 'not-applied' })
  })

  test('is 503 with Retry-After, says that nothing was changed, and is not kept for a repeat', async () => {
    const arena = await openArena()
    Object.assign(arena.pace, { callMs: 1_500, isOneByOne: true })
    const route = `POST /api/v1/events/${arena.event.eventKey}/seats/hold` as const
    const body = { objectLabels: all.slice(0, 200), holdToken: TOKEN }
    const headers = ['Idempotency-Key', 'large'] as const
    const ask = () => arena.run(() => arena.api(route, body, { headers: [...headers] }))
    const { result: refused } = await ask()
    expect(refused).toMatchObject({
      status: 503,
      headers: { 'Retry-After': '10' },
      body: {
        statusCode: 503,
        message: 'The store is too slow just now: nothing was changed, try again in 10 s',
      },
    })
    Object.assign(arena.pace, { callMs: 20, isOneByOne: false })
    const { result: repeated } = await ask()
    expect(repeated.status).toBe(200)
  })
})

test('an object that is in the hands of somebody else is busy all the same, however slow the store', async () => {
  const arena = await openArena()
  arena.pace.callMs = 50
  const { result: outcomes } = await arena.run(() =>
    Promise.all([arena.hold(1_000), arena.hold(1_000, OTHER_TOKEN)]),
  )
  const refusals = outcomes.flatMap((it) => (it.ok ? [] : [it.refusal]))
  expect(refusals.length).toBeGreaterThan(0)
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'seats-refused' })
})

test('a request with a key that was too slow is run anew under the same key', async () => {
  const arena = await openArena()
  Object.assign(arena.pace, { callMs: 500, isOneByOne: true })
  const parts = [{ eventKey: arena.event.eventKey, labels: all }] as const
  const ask = () =>
    arena.run(() =>
      runKeyed(arena.runtime, 'large', (keyed) =>
        changeSeats({ ...arena.context, keyed }, { parts, change: holdOf(arena) }),
      ),
    )
  expect((await ask()).result).toMatchObject({ kind: 'ran', result: slow })
  Object.assign(arena.pace, { callMs: 20, isOneByOne: false })
  expect((await ask()).result).toMatchObject({ kind: 'ran', result: { ok: true } })
})
