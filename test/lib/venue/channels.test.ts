import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHANNELS_MAX } from '../../../lib/limits/limits.ts'
import type { Channel } from '../../../lib/records/records.ts'
import type { Outcome } from '../../../lib/refusals.ts'
import {
  addChannels,
  addToChannel,
  editChannel,
  removeChannel,
  replaceChannels,
  takeFromChannel,
  type NewChannel,
} from '../../../lib/venue/channels.ts'

type Channels = readonly Channel[]

function ids() {
  let last = 0
  return () => `chn_${(last += 1)}`
}

function valueOf(outcome: Outcome<Channels>): Channels {
  if (!outcome.ok) throw new Error(`Refused: ${outcome.refusal.code}`)
  return outcome.value
}

const wanted = (key: string, objects: string[] = [], more: Partial<NewChannel> = {}) => ({
  key,
  name: key.toUpperCase(),
  objects,
  areaPlaces: {},
  ...more,
})

const two = () =>
  valueOf(addChannels([], [wanted('a', ['A-1', 'A-2']), wanted('b', ['B-1'])], ids()))

const contents = (channels: Channels) =>
  Object.fromEntries(channels.map(({ key, objects }) => [key, objects]))

describe('an object that comes to a channel leaves the one where it was', () => {
  const moved: [string, (channels: Channels) => Outcome<Channels>, object][] = [
    [
      'with a new channel',
      (channels) => addChannels(channels, [wanted('c', ['A-2', 'B-1'])], () => 'chn_9'),
      { a: ['A-1'], b: [], c: ['A-2', 'B-1'] },
    ],
    [
      'with a list that replaces another',
      (channels) => editChannel(channels, 'b', { objects: ['A-1', 'A-1'] }),
      { a: ['A-2'], b: ['A-1'] },
    ],
    [
      'added to what is there',
      (channels) => addToChannel(channels, 'b', { objects: ['A-2', 'B-1', 'Z'], areaPlaces: {} }),
      { a: ['A-1'], b: ['B-1', 'A-2', 'Z'] },
    ],
    [
      'taken out: only what is in there',
      (channels) => takeFromChannel(channels, 'a', { objects: ['A-1', 'B-1'], areaPlaces: {} }),
      { a: ['A-2'], b: ['B-1'] },
    ],
    ['with all others gone', (channels) => removeChannel(channels, 'a'), { b: ['B-1'] }],
  ]
  test.each(moved)('%s', (_, change, expected) => {
    expect(contents(valueOf(change(two())))).toEqual(expected)
  })
})

test('what is left out of an edit stays, and what is empty empties', () => {
  const channels = valueOf(
    addChannels(
      [],
      [wanted('a', ['A-1'], { color: 'red', index: 3, areaPlaces: { Lawn: 4 } })],
      ids(),
    ),
  )
  const edit = (changes: Parameters<typeof editChannel>[2]) =>
    valueOf(editChannel(channels, 'a', changes))[0]
  const [before] = channels
  expect(edit({})).toEqual(before)
  expect(edit({ name: 'New', color: 'blue' })).toEqual({ ...before, name: 'New', color: 'blue' })
  expect(edit({ objects: [], areaPlaces: {} })).toEqual({ ...before, objects: [], areaPlaces: {} })
})

test('places of areas add up, and an area without any is left out', () => {
  const places = (channels: Channels) => channels[0]?.areaPlaces
  const some = { objects: [], areaPlaces: { Lawn: 5, constructor: 1 } }
  const more = valueOf(addToChannel(two(), 'a', some))
  const most = valueOf(addToChannel(more, 'a', { objects: [], areaPlaces: { Lawn: 2 } }))
  expect(places(most)).toEqual({ Lawn: 7, constructor: 1 })
  expect(places(valueOf(takeFromChannel(most, 'a', some)))).toEqual({ Lawn: 2 })
  const all = { objects: [], areaPlaces: { Lawn: 9, Beach: 1 } }
  expect(places(valueOf(takeFromChannel(most, 'a', all)))).toEqual({ constructor: 1 })
})

describe('refused is', () => {
  const code = (outcome: Outcome<Channels>) => (outcome.ok ? 'done' : outcome.refusal)
  const contentsOf = { objects: ['A-1'], areaPlaces: {} }

  test.each([
    [(to: Channels) => editChannel(to, 'x', {})],
    [(to: Channels) => removeChannel(to, 'x')],
    [(to: Channels) => addToChannel(to, 'x', contentsOf)],
    [(to: Channels) => takeFromChannel(to, 'x', contentsOf)],
  ])('a channel that is not there', (change) => {
    expect(code(change(two()))).toEqual({ code: 'channel-not-found', channelKey: 'x' })
  })

  test.each([
    ['key', 'a', [wanted('a', [], { name: 'other' })]],
    ['name', 'A', [wanted('other', [], { name: 'A' })]],
    ['key', 'c', [wanted('c'), wanted('c', [], { name: 'other' })]],
    ['name', 'C', [wanted('c'), wanted('d', [], { name: 'C' })]],
  ])('the %s %s twice', (what, word, added) => {
    expect(code(addChannels(two(), added, ids()))).toEqual({ code: 'channel-taken', what, word })
  })

  test('a name that another channel has; its own it may keep', () => {
    const taken = { code: 'channel-taken', what: 'name', word: 'B' }
    expect(code(editChannel(two(), 'a', { name: 'B' }))).toEqual(taken)
    expect(code(editChannel(two(), 'a', { name: 'A' }))).toBe('done')
    const replaced = replaceChannels(two(), [wanted('x'), wanted('x', [], { name: 'Y' })], ids())
    expect(code(replaced)).toEqual({ code: 'channel-taken', what: 'key', word: 'x' })
  })

  test('one channel more than an event may have', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => wanted(`k${index}`))
    expect(code(replaceChannels([], many(CHANNELS_MAX), ids()))).toBe('done')
    const refusal = { code: 'too-many-channels', channelsMax: CHANNELS_MAX }
    expect(code(replaceChannels([], many(CHANNELS_MAX + 1), ids()))).toEqual(refusal)
    const full = valueOf(addChannels([], many(CHANNELS_MAX), ids()))
    expect(code(addChannels(full, [wanted('one more')], ids()))).toEqual(refusal)
  })
})

test('whatever happens, a label is in one channel at most, and an id means one channel for good', () => {
  const key = fc.constantFrom('a', 'b', 'c')
  const objects = fc.array(fc.constantFrom('A-1', 'A-2', 'B-1', '__proto__'), { maxLength: 4 })
  const step = fc.record({
    verb: fc.constantFrom('add', 'replace', 'edit', 'remove', 'put', 'take'),
    key,
    objects,
  })
  const property = fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
    const newId = ids()
    const keys = new Map<string, string>()
    let channels: Channels = []
    for (const { verb, key, objects } of steps) {
      const channel = wanted(key, objects)
      const contents = { objects, areaPlaces: {} }
      const outcome = {
        add: () => addChannels(channels, [channel], newId),
        replace: () => replaceChannels(channels, [channel], newId),
        edit: () => editChannel(channels, key, { objects }),
        remove: () => removeChannel(channels, key),
        put: () => addToChannel(channels, key, contents),
        take: () => takeFromChannel(channels, key, contents),
      }[verb]()
      if (outcome.ok) channels = outcome.value
      const labels = channels.flatMap((it) => it.objects)
      expect(new Set(labels).size).toBe(labels.length)
      for (const it of channels) {
        expect(keys.get(it.id) ?? it.key).toBe(it.key)
        keys.set(it.id, it.key)
      }
    }
  })
  fc.assert(property, { seed: 20_270_304, numRuns: 300 })
})
