import { expect, test } from 'vitest'
import { webhookTypes, type Notice } from '../../../lib/rules/notice.ts'
import { apiOver } from '../../support/api.ts'
import { notices, openDeliveries } from '../../support/deliveries.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { startReceiver } from '../../support/receivers.ts'
import { labelsOf, makeEvent } from '../../support/scene.ts'
import { openTold } from '../../support/told.ts'

const HOURS = 10
const HOUR_SECONDS = 3_600

/** Rounds of relay, timers and deliveries in an hour; the stream's iterators live for fifteen minutes. */
const ROUNDS = 6

/** Long enough for what was tried again and again to come once more. */
const HOURS_AFTER = 16

test('a receiver that is down for ten hours misses nothing of what the table, the timers and the rules told meanwhile', async () => {
  const world = await openDeliveries()
  const api = apiOver(world.runtime)
  const { eventKey } = await makeEvent(api, rowDrawing({ rows: 1, seatsPerRow: HOURS * 2 }))
  const told = await openTold(world, world.messaging)
  const receiver = await startReceiver(() => 503)
  await world.register(receiver.url, { types: [...webhookTypes] })
  const passHour = async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      await told.relay()
      await told.fire()
      await told.relay()
      await world.pass(HOUR_SECONDS / ROUNDS)
    }
  }
  const labels = labelsOf('A', 1, HOURS * 2)
  for (let hour = 0; hour < HOURS; hour += 1) {
    const [lapsing = '', sold = ''] = labels.slice(hour * 2)
    const holdToken = `buyer-of-hour-${hour}`
    const seats = `/api/v1/events/${eventKey}/seats` as const
    const held = { objectLabels: [lapsing, sold], holdToken, ttlSeconds: 1_800 }
    expect((await api(`POST ${seats}/hold`, held)).status).toBe(200)
    const booked = await api(`POST ${seats}/book`, { objectLabels: [sold], holdToken })
    expect(booked.status).toBe(200)
    await passHour()
  }
  receiver.answer = () => 204
  const before = receiver.received.length
  await world.pass(HOURS_AFTER * HOUR_SECONDS, HOUR_SECONDS / 2)

  const idsOf = (all: readonly Notice[]) => all.map(({ id }) => id).toSorted()
  const arrived = notices(receiver).slice(before)
  // Each once, although all were sent in vain before.
  expect(idsOf(arrived)).toEqual(idsOf(told.notices()))
  const perHour = ['seat.held', 'seat.held', 'seat.booked', 'seat.hold_expired'].toSorted()
  expect(arrived.map(({ type }) => type).toSorted()).toEqual(
    Array.from({ length: HOURS }, () => perHour)
      .flat()
      .toSorted(),
  )
  expect(world.messaging.list('deliveriesDead')).toEqual([])
  expect(world.messaging.list('failures')).toEqual([])
}, 120_000)
