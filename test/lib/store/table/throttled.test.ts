import { refusalFor } from '@holdfast/dynamodb/faults'
import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import { THROTTLED_MS_MAX } from '../../../../lib/limits/limits.ts'
import { withPatience } from '../../../../lib/patience.ts'
import { findRecorded } from '../../../../lib/store/table/receipts.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { holdOf } from '../../../support/many-events.ts'
import { phaseOf } from '../../../support/phases.ts'
import { toException, type PlainRequest } from '../../../support/plain-client.ts'
import { labelsOf, makeEvent, TOKEN } from '../../../support/scene.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { openSlowHoldfast } from '../../../support/slow-holdfast.ts'

// A store without room: what a caller's request may wait for it, and what is told then.

const CALL_MS = 5

/** After which a process lets in whoever comes. */
const FORGOTTEN_MS = 10_001

const all = ['A', 'B', 'C', 'D'].flatMap((row) => labelsOf(row, 1, 40))

async function openHall() {
  const slow = await openSlowHoldfast()
  const drawing = rowDrawing({ rows: 4, seatsPerRow: 40 })
  const { result: event } = await slow.run(() => makeEvent(slow.api, drawing))
  slow.pace.callMs = CALL_MS
  const body = (objects: number) => ({ objectLabels: all.slice(0, objects), holdToken: TOKEN })
  const path = `/api/v1/events/${event.eventKey}/seats/hold` as const
  const hold = (objects: number, key?: string) =>
    slow.run(() =>
      slow.api(
        `POST ${path}`,
        body(objects),
        key === undefined ? {} : { headers: ['Idempotency-Key', key] },
      ),
    )
  const book = () =>
    slow.run(() =>
      seatsioOver(slow.runtime)(`POST /events/${event.eventKey}/actions/book`, {
        objects: ['A-1'],
      }),
    )
  return Object.assign(slow, { event, hold, book })
}

type Hall = Awaited<ReturnType<typeof openHall>>

function throttle(request: PlainRequest): never {
  throw toException(refusalFor('throttle', request.operation, request.input))
}

const overloaded = {
  status: 503,
  headers: { 'Retry-After': expect.stringMatching(/^[123]$/) as unknown },
  code: 'overloaded',
}

/** From the start of the request: a lone one takes some calls before it comes to what is throttled. */
const REFUSED_MS_MAX = 300 + 4 * CALL_MS

const operationsIn = ({ table }: Hall) =>
  table.items().flatMap(({ pk, sk, st }) => (String(pk).startsWith('O#') && sk === 'O' ? [st] : []))
const touchedIn = ({ table }: Hall) =>
  table.items().filter(({ pk, v, lk }) => String(pk).startsWith('S#') && (lk ?? v) !== undefined)

describe('where the store has no room, a request is refused within 300 ms, with a time to come again', () => {
  test.each([
    ['reads', 1],
    ['writes', 1],
    ['writes', 120],
    ['both', 1],
  ] as const)('%s of %i objects', async (what, objects) => {
    const hall = await openHall()
    if (what !== 'writes') hall.onRead = throttle
    if (what !== 'reads') hall.onWrite = throttle
    const { result, tookMs } = await hall.hold(objects)
    expect(result).toMatchObject(overloaded)
    expect(tookMs).toBeLessThan(REFUSED_MS_MAX)
    expect(touchedIn(hall)).toEqual([])
    hall.onRead = hall.onWrite = () => undefined
    await hall.run(() => hall.clock.sleep(FORGOTTEN_MS))
    expect((await hall.hold(objects)).result.status).toBe(200)
  })

  test('on the API of seats.io with the status that its clients retry', async () => {
    const hall = await openHall()
    hall.onWrite = throttle
    const { result, tookMs } = await hall.book()
    expect(result).toMatchObject({
      status: 429,
      headers: { 'retry-after': expect.stringMatching(/^[123]$/) as unknown },
      body: { errors: [{ code: 'RATE_LIMIT_EXCEEDED' }] },
    })
    expect(tookMs).toBeLessThan(REFUSED_MS_MAX)
  })

  test('not all for the same time', async () => {
    const hall = await openHall()
    hall.onRead = throttle
    const times = new Set<unknown>()
    for (let request = 0; request < 20; request += 1) {
      times.add((await hall.hold(1)).result.headers['Retry-After'])
    }
    expect(times).toEqual(new Set(['1', '2', '3']))
  })

  test('reads and writes spend the same patience', async () => {
    const hall = await openHall()
    const startedAt = hall.clock.now()
    hall.onRead = (request) => {
      if (hall.clock.now() < startedAt + 120) throttle(request)
    }
    hall.onWrite = throttle
    const { result, tookMs } = await hall.hold(1)
    expect(result).toMatchObject(overloaded)
    expect(tookMs).toBeLessThan(REFUSED_MS_MAX)
  })
})

test('what finds room in time is done', async () => {
  const hall = await openHall()
  let refused = 0
  hall.onWrite = (request) => {
    refused += 1
    if (refused <= 2) throttle(request)
  }
  expect((await hall.hold(1)).result.status).toBe(200)
  expect(refused).toBe(3)
})

describe('a large commit', () => {
  test('is aborted before its decision, with its locks taken off, and done when it is repeated', async () => {
    const hall = await openHall()
    let locks = 0
    hall.onWrite = (request) => {
      if (phaseOf(request) === 'lock') locks += 1
      if (phaseOf(request) === 'lock' && locks > 3) throttle(request)
    }
    const { result } = await hall.hold(160, 'large')
    expect(result).toMatchObject(overloaded)
    expect(operationsIn(hall)).toEqual(['A'])
    expect(hall.table.items().filter(({ lk }) => lk !== undefined)).toEqual([])
    hall.onWrite = () => undefined
    await hall.run(() => hall.clock.sleep(FORGOTTEN_MS))
    expect((await hall.hold(160, 'large')).result.status).toBe(200)
  })

  test('whose decision finds no room is aborted', async () => {
    const hall = await openHall()
    hall.onWrite = (request) => {
      if (phaseOf(request) === 'decide') throttle(request)
    }
    expect((await hall.hold(160)).result).toMatchObject(overloaded)
    expect(operationsIn(hall)).toEqual(['A'])
  })

  test('goes on to the end once it is decided', async () => {
    const hall = await openHall()
    let decidedAt = Infinity
    hall.onWrite = (request) => {
      const now = hall.clock.now()
      if (phaseOf(request) === 'decide') decidedAt = now
      if (phaseOf(request) === 'apply' && now < decidedAt + 2_000) throttle(request)
    }
    const { result, tookMs } = await hall.hold(160)
    expect(result.status).toBe(200)
    expect(tookMs).toBeGreaterThan(2_000)
    expect(operationsIn(hall)).toEqual(['C'])
  })

  test('that is decided lets its request wait for whatever follows', async () => {
    const hall = await openHall()
    const { eventKey } = hall.event
    const change = holdOf(hall, { holdToken: TOKEN })
    const { result } = await hall.run(() =>
      withPatience(THROTTLED_MS_MAX, async () => {
        const parts = [{ eventKey, labels: all }] as const
        const held = await changeSeats(hall.context, { parts, change })
        const decidedAt = hall.clock.now()
        hall.onRead = (request) => {
          if (hall.clock.now() < decidedAt + 2 * THROTTLED_MS_MAX) throttle(request)
        }
        const recorded = await findRecorded(hall.runtime.store, { keyId: 'nobody', hash: 'none' })
        return { held, recorded, waitedMs: hall.clock.now() - decidedAt }
      }),
    )
    expect(result).toMatchObject({ held: { ok: true }, recorded: undefined })
    expect(result.waitedMs).toBeGreaterThan(2 * THROTTLED_MS_MAX)
  })
})

test('a change with a lost answer is asked for longer than one that finds no room', async () => {
  const hall = await openHall()
  let sent = 0
  hall.onWrite = (request) => {
    sent += 1
    if (sent === 1)
      throw toException(refusalFor('internal-error', request.operation, request.input))
    if (sent < 12) throttle(request)
  }
  const { result, tookMs } = await hall.hold(1)
  expect(result.status).toBe(200)
  expect(tookMs).toBeGreaterThan(1_000)
})

describe('whoever is no caller', () => {
  test('waits for room as long as its own rounds last', async () => {
    const hall = await openHall()
    let reads = 0
    hall.onRead = (request) => {
      reads += 1
      if (reads <= 5) throttle(request)
    }
    const read = () => findRecorded(hall.runtime.store, { keyId: 'nobody', hash: 'none' })
    const { result } = await hall.run(read)
    expect(result).toBeUndefined()
    expect(reads).toBe(6)
  })
})
