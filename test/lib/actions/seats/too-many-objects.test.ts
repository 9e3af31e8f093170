import type { BatchGetCommandInput } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import { extendHolds } from '../../../../lib/actions/seats/extend-holds.ts'
import { addSeconds } from '../../../../lib/clock.ts'
import { drawTable, rowDrawing } from '../../../support/drawings.ts'
import { intercepted, type Interceptor } from '../../../support/intercepted.ts'
import { holdOf, makeEvents, mustChange } from '../../../support/many-events.ts'
import { openPlainHoldfast } from '../../../support/plain-holdfast.ts'
import { makeEvent, TOKEN } from '../../../support/scene.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { OBJECTS_AND_SHARERS_MAX, OBJECTS_MAX } from '../../../../lib/limits/limits.ts'

const SEATS = 250

const keyNameOf = (key: object) => JSON.stringify(key)

test('1,000 objects are changed; one more is refused, with nothing read and nothing written', async () => {
  const holdfast = await openPlainHoldfast()
  const parts = await makeEvents(holdfast, { events: 5, seats: SEATS })
  const [first, second, third, fourth, fifth] = parts
  if (!second || !third || !fourth || !fifth) throw new Error('no events')
  const change = holdOf(holdfast)
  const four = [first, second, third, fourth] as const
  const more = { ...fifth, labels: fifth.labels.slice(0, 1) }
  const reads: string[] = []
  const { store } = holdfast.context
  const count: Interceptor = ({ input }, send) => {
    const { RequestItems = {} } = input as BatchGetCommandInput
    for (const { Keys } of Object.values(RequestItems)) reads.push(...(Keys ?? []).map(keyNameOf))
    return send()
  }
  const context = { ...holdfast.context, store: intercepted(store, { reads: count }) }
  holdfast.wire.sent = 0
  const request = { parts: [...four, more] as const, change }
  expect(await changeSeats(context, request)).toEqual({
    ok: false,
    refusal: { code: 'too-many-objects', objects: OBJECTS_MAX + 1, objectsMax: OBJECTS_MAX },
  })
  expect([reads, holdfast.wire.sent]).toEqual([[], 0])
  expect(await changeSeats(context, { parts: four, change })).toMatchObject({ ok: true })
  expect(reads.length).toBeGreaterThan(4 * SEATS)
  expect(new Set(reads).size).toBe(reads.length)
})

test('an extend of everything is refused when the token holds more than 1,000 objects, and changes none', async () => {
  const holdfast = await openPlainHoldfast()
  const [part] = await makeEvents(holdfast, { events: 1, seats: OBJECTS_MAX + 1 })
  const { eventKey, labels } = part
  const change = holdOf(holdfast)
  await mustChange(holdfast, [{ eventKey, labels: labels.slice(0, OBJECTS_MAX) }], change)
  const until = addSeconds(holdfast.clock.now(), 900)
  const request = { eventKey, holdToken: TOKEN, until }
  const all = await extendHolds(holdfast.context, request)
  expect(all.ok && all.value.extended).toHaveLength(OBJECTS_MAX)
  await mustChange(holdfast, [{ eventKey, labels: labels.slice(OBJECTS_MAX) }], change)
  holdfast.wire.sent = 0
  expect(await extendHolds(holdfast.context, request)).toMatchObject({
    refusal: { code: 'too-many-objects', objects: OBJECTS_MAX + 1 },
  })
  expect(holdfast.wire.sent).toBe(0)
  const body = { holdToken: TOKEN }
  const answer = await holdfast.api(`POST /api/v1/events/${eventKey}/seats/extend`, body)
  expect(answer).toMatchObject({ status: 400 })
  expect(JSON.stringify(answer.body)).toContain(String(OBJECTS_MAX))
})

test('2,000 rows are looked at, seats of a table among them; one more is refused, with nothing written', async () => {
  const holdfast = await openPlainHoldfast()
  const seats = OBJECTS_AND_SHARERS_MAX - 2
  const plane = { tables: [drawTable('T', seats, { bookAsAWhole: true })] }
  const { eventKey } = await makeEvent(holdfast.api, rowDrawing({ plane }))
  const change = holdOf(holdfast)
  const hold = (labels: string[]) =>
    changeSeats(holdfast.context, { parts: [{ eventKey, labels }], change })
  holdfast.wire.sent = 0
  expect(await hold(['T', 'A-1', 'A-2'])).toMatchObject({
    ok: false,
    refusal: {
      code: 'too-many-objects',
      objects: OBJECTS_AND_SHARERS_MAX + 1,
      objectsMax: OBJECTS_AND_SHARERS_MAX,
    },
  })
  expect(holdfast.wire.sent).toBe(0)
  const body = { objects: ['T', 'A-1', 'A-2'] }
  const told = await seatsioOver(holdfast.runtime)(`POST /events/${eventKey}/actions/book`, body)
  expect(told.body).toMatchObject({
    errors: [
      { code: 'TOO_MANY_OBJECTS', message: expect.stringContaining('seats of tables') as unknown },
    ],
  })
  expect(await hold(['T', 'A-1'])).toMatchObject({ ok: true })
})
