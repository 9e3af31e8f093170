import { refusalFor } from '@holdfast/dynamodb/faults'
import { expect, test } from 'vitest'
import { rowDrawing } from '../../support/drawings.ts'
import { toException, type PlainRequest } from '../../support/plain-client.ts'
import { makeEvent } from '../../support/scene.ts'
import { openSlowHoldfast } from '../../support/slow-holdfast.ts'

const throttle = ({ operation, input }: PlainRequest): never => {
  throw toException(refusalFor('throttle', operation, input))
}

/** A hall of two events that is asked for one seat after another. */
async function openHall() {
  const slow = await openSlowHoldfast()
  const drawing = rowDrawing({ rows: 2, seatsPerRow: 400 })
  const { result: one } = await slow.run(() => makeEvent(slow.api, drawing))
  const { result: other } = await slow.run(() => makeEvent(slow.api, drawing))
  let asked = 0
  let calls = 0
  let isFull = false
  const meet = (request: PlainRequest) => {
    calls += 1
    if (isFull) throttle(request)
  }
  Object.assign(slow, { onRead: meet, onWrite: meet })
  slow.pace.callMs = 5
  const ask = (eventKey: string) => {
    asked += 1
    const body = { objectLabel: `A-${asked}`, holdToken: 'token-of-buyer' }
    return slow.run(() => slow.api(`POST /api/v1/events/${eventKey}/seats/hold`, body))
  }
  return {
    ...{ slow, one: one.eventKey, other: other.eventKey },
    fill: (full: boolean) => {
      isFull = full
    },
    /** Of so many requests, those that made no call at all, and those that were served. */
    async ask(eventKey: string, requests: number) {
      const came = { atOnce: 0, served: 0 }
      for (let request = 0; request < requests; request += 1) {
        const before = calls
        const { result, tookMs } = await ask(eventKey)
        if (result.status === 200) came.served += 1
        else expect([result.status, result.code]).toEqual([503, 'overloaded'])
        if (calls === before) {
          came.atOnce += 1
          expect(tookMs).toBe(0)
          expect(result.headers['Retry-After']).toMatch(/^[123]$/)
        }
      }
      return came
    },
  }
}

test('an event without room has most requests refused at once, without a call of the store, but never all', async () => {
  const hall = await openHall()
  hall.fill(true)
  await hall.ask(hall.one, 30)
  const { atOnce, served } = await hall.ask(hall.one, 50)
  expect(served).toBe(0)
  expect(atOnce).toBeGreaterThan(35)
  expect(atOnce).toBeLessThan(50)
})

test('another event, and whoever only reads, is let in all the same', async () => {
  const hall = await openHall()
  hall.fill(true)
  await hall.ask(hall.one, 30)
  hall.fill(false)
  expect(await hall.ask(hall.other, 20)).toEqual({ atOnce: 0, served: 20 })
  for (let request = 0; request < 20; request += 1) {
    const status = `GET /api/v1/events/${hall.one}` as const
    expect((await hall.slow.run(() => hall.slow.api(status))).result.status).toBe(200)
  }
})

test('requests are let in again, one by one more, once there is room', async () => {
  const hall = await openHall()
  hall.fill(true)
  await hall.ask(hall.one, 30)
  hall.fill(false)
  const { atOnce } = await hall.ask(hall.one, 20)
  expect(atOnce).toBeGreaterThan(0)
  let more = 0
  for (let second = 0; second < 60; second += 1) {
    await hall.slow.run(() => hall.slow.clock.sleep(100))
    more += (await hall.ask(hall.one, 5)).served
  }
  expect(more).toBeGreaterThan(150)
  expect(await hall.ask(hall.one, 20)).toEqual({ atOnce: 0, served: 20 })
})

test('what was known of an event is forgotten when nobody came for ten seconds', async () => {
  const hall = await openHall()
  hall.fill(true)
  await hall.ask(hall.one, 30)
  hall.fill(false)
  await hall.slow.run(() => hall.slow.clock.sleep(10_001))
  expect(await hall.ask(hall.one, 20)).toEqual({ atOnce: 0, served: 20 })
})
