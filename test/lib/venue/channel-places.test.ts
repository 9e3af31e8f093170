import { expect, test } from 'vitest'
import type { Channel } from '../../../lib/records/records.ts'
import { refuseAreaPlaces } from '../../../lib/venue/channel-places.ts'

const channel = (key: string, areaPlaces: Record<string, number>, objects: string[] = []) =>
  ({ id: `chn_${key}`, key, name: key, objects, areaPlaces }) satisfies Channel

const areas = [
  ['Lawn', 100],
  ['Beach', 5],
] as const

const refusalOf = (before: Channel[], after: Channel[], known: typeof areas | [] = areas) =>
  refuseAreaPlaces(before, after, known)?.refusal

test('channels may have all places of an area together, and not one more', () => {
  const wanted = (count: number) => [channel('a', { Lawn: 60 }), channel('b', { Lawn: count })]
  expect(refusalOf([], wanted(39))).toBeUndefined()
  expect(refusalOf([], wanted(40))).toBeUndefined()
  const refused = { code: 'too-many-area-places', label: 'Lawn', places: 101, capacity: 100 }
  expect(refusalOf([], wanted(41))).toEqual(refused)
  expect(refusalOf(wanted(40), wanted(41))).toEqual(refused)
})

test('what an area lost after it was given away is no matter of other changes', () => {
  const over = [channel('a', { Lawn: 150, Beach: 1 })]
  expect(refusalOf(over, [channel('a', { Lawn: 150, Beach: 5 })])).toBeUndefined()
  expect(refusalOf(over, [channel('a', { Lawn: 149, Beach: 1 })])).toBeUndefined()
  expect(refusalOf(over, [channel('a', { Lawn: 151, Beach: 1 })])).toMatchObject({ places: 151 })
})

test('an area is in channels as a whole or by places, in the same channel and in two', () => {
  const refused = { code: 'area-in-channels-twice', label: 'Lawn' }
  const apart = [channel('a', { Lawn: 3 }), channel('b', {}, ['A-1', 'Lawn'])]
  expect(refusalOf([], apart)).toEqual(refused)
  expect(refusalOf([], [channel('a', { Lawn: 3 }, ['Lawn'])])).toEqual(refused)
  expect(refusalOf([], [channel('a', { Beach: 3 }, ['Lawn'])])).toBeUndefined()
  // Where it was so before, other changes are not refused for it.
  expect(refusalOf(apart, [...apart, channel('c', {})])).toBeUndefined()
})

test('areas that the chart does not have are not counted', () => {
  expect(refusalOf([], [channel('a', { Nowhere: 1_000_000 })])).toBeUndefined()
  expect(refusalOf([], [channel('a', { Lawn: 101 })], [])).toBeUndefined()
})
