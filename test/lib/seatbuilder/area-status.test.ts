import { expect, test } from 'vitest'
import type { Instant } from '../../../lib/clock.ts'
import { writeExtraData } from '../../../lib/rules/extra-data.ts'
import type { Hall } from '../../../lib/rules/snapshot/hall.ts'
import { toBuyersStatus } from '../../../lib/seatbuilder/snapshot-status.ts'
import { reportsReply, statusReply } from '../../../lib/seatbuilder/status-shapes.ts'
import { toPlacesStatus, toReports } from '../../../lib/seatbuilder/status-translate.ts'

const at = (second: number) => (Date.UTC(2027, 2, 4, 18) + 1_000 * second) as Instant
const iso = (second: number) => new Date(at(second)).toISOString()

const lawn = {
  label: 'Lawn',
  offer: undefined,
  sums: {
    booked: 11,
    held: 6,
    holds: [
      { holdToken: 'basket-of-ada', places: 1, until: at(90) },
      { holdToken: 'basket-of-ben', places: 2, until: at(60) },
      { holdToken: 'basket-of-ada', ticketType: 'child', places: 3, until: at(90) },
    ],
    extraData: writeExtraData({ gate: 2 }),
    pools: new Map(),
    lastTaken: 'booked' as const,
  },
}

test('the status of an area is how many places each token holds until when, and how many are booked', () => {
  const objects = toPlacesStatus(lawn)
  expect(() => statusReply.parse({ eventKey: 'gala', objects })).not.toThrow()
  const common = {
    objectLabel: 'Lawn',
    objectType: 'generalAdmission',
    categoryKey: null,
    extraData: { gate: 2 },
  }
  const held = { ...common, status: 'held' }
  expect(objects).toEqual([
    { ...held, quantity: 2, holdToken: 'basket-of-ben', holdExpiresAt: iso(60) },
    { ...held, quantity: 4, holdToken: 'basket-of-ada', holdExpiresAt: iso(90) },
    { ...common, status: 'booked', quantity: 11, holdToken: null, holdExpiresAt: null },
  ])
})

test('a publishable key sees neither who holds places nor how many baskets there are', () => {
  const area = {
    index: 1,
    capacity: 20,
    elsewhere: 0,
    pools: [{ places: 20, booked: 11 }],
  }
  const held = lawn.sums.holds.map(({ places, until }) => {
    return { index: 1, until, ofPool: { pool: 0, places } }
  })
  const hall: Hall = {
    letters: 'fa',
    holds: held.toSorted((a, b) => a.until - b.until),
    areas: [area],
    categories: { keys: ['1'], runs: [[0, 0]] },
    lost: [
      { label: 'Lost', places: 2, until: at(70) },
      { label: 'Lost', places: 3, until: at(65) },
      { label: 'Lost', places: 4 },
    ],
  }
  const entriesAt = (ended: number, second: number) =>
    toBuyersStatus({ hall, now: at(second), ended, labels: ['A-1', 'Lawn'] })
  const common = { objectLabel: 'Lawn', objectType: 'generalAdmission', categoryKey: '1' }
  const lost = { ...common, objectLabel: 'Lost', categoryKey: null }
  const booked = { status: 'booked', holdToken: null, holdExpiresAt: null }
  const heldUntil = (second: number) => ({
    status: 'held',
    holdToken: null,
    holdExpiresAt: iso(second),
  })
  expect(entriesAt(0, 59)).toEqual([
    { ...common, ...heldUntil(60), quantity: 6 },
    { ...common, ...booked, quantity: 11 },
    { ...lost, ...heldUntil(65), quantity: 5 },
    { ...lost, ...booked, quantity: 4 },
  ])
  expect(entriesAt(1, 65)).toEqual([
    { ...common, ...heldUntil(90), quantity: 4 },
    { ...common, ...booked, quantity: 11 },
    { ...lost, ...heldUntil(70), quantity: 2 },
    { ...lost, ...booked, quantity: 4 },
  ])
})

test('an area of which nothing is booked, or nothing held, has no entry for that', () => {
  const statusesOf = (sums: Partial<(typeof lawn)['sums']>) =>
    toPlacesStatus({ ...lawn, sums: { ...lawn.sums, ...sums } }).map(({ status }) => status)
  expect(statusesOf({ booked: 0 })).toEqual(['held', 'held'])
  expect(statusesOf({ held: 0, holds: [] })).toEqual(['booked'])
})

test('reports count the places of an area among the objects', () => {
  const seat = { label: 'A-1', isOwn: true, offer: undefined, state: { status: 'booked' } as const }
  const counted = toReports('gala', { taken: [seat], areas: [lawn] })
  expect(() => reportsReply.parse(counted)).not.toThrow()
  expect(counted).toEqual({
    eventKey: 'gala',
    byStatus: { held: 6, booked: 12 },
    byCategory: [
      { status: 'booked', categoryKey: null, count: 12 },
      { status: 'held', categoryKey: null, count: 6 },
    ],
  })
})
