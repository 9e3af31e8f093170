import { expect, test } from 'vitest'
import type { Channel, OwnChannel } from '../../../lib/records/records.ts'
import { channelsInEvent, putInEvent, takeInEvent } from '../../../lib/venue/own-channels.ts'
import { NO_CHANNEL } from '../../../lib/venue/pools.ts'

const channel = (key: string, objects: string[], areaPlaces = {}): Channel => ({
  id: `id-${key}`,
  key,
  name: key,
  objects,
  areaPlaces,
})
const season = [channel('red', ['A', 'B'], { Lawn: 5 }), channel('blue', ['C'])]
const none: readonly OwnChannel[] = []

const valueOf = <Value>(outcome: { ok: true; value: Value } | { ok: false }): Value => {
  if (!outcome.ok) throw new Error('refused')
  return outcome.value
}
type Own = readonly OwnChannel[]
const contents = (objects: string[], areaPlaces: Record<string, number> = {}) => ({
  objects,
  areaPlaces,
})
const put = (own: Own, channelKey: string, what: ReturnType<typeof contents>) =>
  valueOf(putInEvent(season, own, { channelKey, ...what }))
const take = (own: Own, channelKey: string, what: ReturnType<typeof contents>) =>
  valueOf(takeInEvent(season, own, { channelKey, ...what }))
const shown = (own: readonly OwnChannel[], of: readonly Channel[] = season) =>
  channelsInEvent(of, own).map(({ key, objects, areaPlaces }) => [key, objects, areaPlaces])

test('an event has the channels of its season until it says otherwise', () => {
  expect(channelsInEvent(season, none)).toBe(season)
  expect(channelsInEvent([], put(none, NO_CHANNEL, contents(['A'])))).toEqual([])
})

test('an object is in the channel that the event says, behind those of the season, or in none', () => {
  const own = put(put(none, 'blue', contents(['A', 'D', 'A'])), NO_CHANNEL, contents(['B']))
  expect(shown(own)).toEqual([
    ['red', [], { Lawn: 5 }],
    ['blue', ['C', 'A', 'D'], {}],
  ])
  // It leaves where the event had put it before.
  expect(shown(put(own, 'red', contents(['A'])))).toEqual([
    ['red', ['A'], { Lawn: 5 }],
    ['blue', ['C', 'D'], {}],
  ])
})

test('what is taken back is where the season has it; what is not there is left as it is', () => {
  const own = put(put(none, 'blue', contents(['A', 'D'])), NO_CHANNEL, contents(['B']))
  expect(take(own, 'blue', contents(['B']))).toEqual(own)
  expect(shown(take(own, NO_CHANNEL, contents(['B', 'A'])))).toEqual([
    ['red', ['B'], { Lawn: 5 }],
    ['blue', ['C', 'A', 'D'], {}],
  ])
  expect(take(take(own, NO_CHANNEL, contents(['B'])), 'blue', contents(['A', 'D']))).toEqual([])
})

test('places come on top of those that the season gives the channel, and only they can be taken back', () => {
  const own = put(
    put(none, 'red', contents([], { Lawn: 2 })),
    'red',
    contents([], { Lawn: 3, Beach: 1 }),
  )
  expect(shown(own)[0]).toEqual(['red', ['A', 'B'], { Lawn: 10, Beach: 1 }])
  expect(shown(take(own, 'red', contents([], { Lawn: 4 })))[0]?.[2]).toEqual({ Lawn: 6, Beach: 1 })
  expect(shown(take(own, 'red', contents([], { Lawn: 9, Beach: 1 })))[0]?.[2]).toEqual({ Lawn: 5 })
  expect(take(own, 'red', contents([], { Lawn: 5, Beach: 1 }))).toEqual([])
})

test('an area that the event has elsewhere as a whole has none of the season\u2019s places, and can be divided anew', () => {
  const own = put(none, NO_CHANNEL, contents(['Lawn']))
  expect(shown(own)[0]).toEqual(['red', ['A', 'B'], {}])
  expect(shown(put(own, 'blue', contents([], { Lawn: 2 })))).toEqual([
    ['red', ['A', 'B'], {}],
    ['blue', ['C'], { Lawn: 2 }],
  ])
  const refused = putInEvent(season, own, {
    channelKey: NO_CHANNEL,
    objects: [],
    areaPlaces: { Lawn: 1 },
  })
  expect(refused).toMatchObject({ refusal: { code: 'places-in-no-channel', label: 'Lawn' } })
})

test('a channel that the season does not have is refused, and forgotten once it is gone, also where its key comes back', () => {
  const change = { channelKey: 'green', objects: ['A'], areaPlaces: {} }
  for (const outcome of [putInEvent(season, none, change), takeInEvent(season, none, change)]) {
    expect(outcome).toMatchObject({ refusal: { code: 'channel-not-found', channelKey: 'green' } })
  }
  const own = put(put(none, 'blue', contents(['A'], { Lawn: 1 })), NO_CHANNEL, contents(['B']))
  const without = season.filter(({ key }) => key !== 'blue')
  expect(shown(own, without)).toEqual([['red', ['A'], { Lawn: 5 }]])
  const again = [...without, { ...channel('blue', []), id: 'another' }]
  expect(shown(own, again)[1]).toEqual(['blue', [], {}])
  const left = valueOf(
    putInEvent(again, own, { channelKey: 'red', objects: ['E'], areaPlaces: {} }),
  )
  expect(left.map(({ id }) => id)).toEqual([NO_CHANNEL, 'id-red'])
})
