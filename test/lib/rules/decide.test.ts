import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide as decideSteps } from '../../../lib/rules/decide.ts'
import { readExtraData, writeExtraData } from '../../../lib/rules/extra-data.ts'
import { ruleOf, rules, type Change, type Rule } from '../../../lib/rules/machine.ts'
import { ofKind } from '../../../lib/rules/rows.ts'
import { statusWord, type SeatState } from '../../../lib/rules/seat.ts'
import type { Situation, Target } from '../../../lib/rules/situations.ts'
import {
  at,
  changes,
  decide,
  held,
  later,
  now,
  operationIds,
  target,
} from '../../support/decisions.ts'

/** As of an object whose label no request can say: of an older drawing. */
function unsayable(object: Target): Target {
  const { offer } = object
  if (offer === undefined) throw new Error('nothing is offered')
  return { ...object, offer: { ...offer, isSold: false, isForSale: false } }
}

/** One target for each way an object may look. */
const situations: Record<Situation, Target> = {
  unknown: target('Z-1'),
  'not-sold': unsayable(target('B-2')),
  free: target('A-1'),
  mine: target('A-1', held('mine', now + 1)),
  theirs: target('A-1', held('theirs', now + 1)),
  resale: target('A-1', { status: 'resale' }),
  booked: target('A-1', { status: 'booked' }),
  custom: target('A-1', { status: 'custom', name: 'blocked' }),
  same: target('A-1', { status: 'custom', name: 'checkedIn' }),
  'in-another-channel': target('A-2'),
  'taken-in-another-channel': target('A-2', held('mine', now + 1)),
  'not-for-sale': target('B-1'),
  'place-held': { ...target('A-1'), sharers: [at('A-1-1', held('mine', now + 1))] },
  'place-taken': {
    ...target('A-1'),
    sharers: [at('A-1-1'), at('A-1-2', { status: 'custom', name: 'blocked' })],
  },
  'resale-taken': {
    ...target('A-1', { status: 'resale' }),
    sharers: [at('A-1-1', held('mine', now + 1))],
  },
}

describe('every cell of the rule book', () => {
  const cells = Object.entries(rules).flatMap(([rule, row]) =>
    Object.entries(row).map(([situation, verdict]) => ({ rule, situation, verdict })),
  )

  test.each(cells)('$rule of $situation: $verdict', ({ rule, situation, verdict }) => {
    const change = changes[rule as Rule]
    expect(ruleOf(change)).toBe(rule)
    const one = situations[situation as Situation]
    const { writes, refusals } = decide([one], change)
    const { label } = one
    // Only a change to a custom status has one that could be the same.
    const isSame = situation === 'same' && rule !== 'set-custom'
    const expected = isSame ? rules[rule as Rule].custom : verdict
    if (expected === 'yes') expect(writes.rows).toHaveLength(1)
    else expect(refusals).toMatchObject([{ eventId: 'E1', label, code: expected, step: 0 }])
  })
})

describe('time', () => {
  const one = (until: number, change: Change) =>
    decide([target('A-1', held('mine', until))], change)

  test('a hold is alive one millisecond before its deadline and free at it', () => {
    expect(one(now + 1, changes['book-held']).refusals).toEqual([])
    expect(one(now, changes['book-held']).refusals).toMatchObject([{ code: 'not-held-by-token' }])
    expect(one(now, changes.extend).refusals).toMatchObject([{ code: 'not-held-by-token' }])
    expect(one(now, changes.release).refusals).toMatchObject([{ code: 'not-taken' }])
  })

  test('relying on a live hold guards the write with this moment', () => {
    const guardOf = (change: Change) => one(now + 1, change).writes.rows[0]?.guard
    for (const kind of ['hold', 'extend', 'book-held', 'release', 'release-held'] as const) {
      expect(guardOf(changes[kind])).toEqual({ version: 7, hold: { after: now, until: now + 1 } })
    }
  })

  test('taking a lapsed seat is two changes: it expires, then it is held, even by the same token', () => {
    for (const token of ['mine', 'theirs']) {
      const { writes } = decide([target('A-1', held(token, now))], changes.hold)
      expect(writes.rows).toMatchObject([{ guard: { version: 7 }, after: { version: 9 } }])
      expect(writes.rows[0]?.guard).not.toHaveProperty('hold')
      expect(writes.history).toMatchObject([
        {
          operationId: operationIds.expiry,
          origin: { type: 'HOLD_EXPIRED' },
          changes: [{ label: 'A-1', version: 8, from: 'held', to: 'free', formerToken: token }],
        },
        {
          operationId: operationIds.change,
          origin: { type: 'API', ip: '192.0.2.7' },
          changes: [{ label: 'A-1', version: 9, from: 'free', to: 'held', holdToken: 'mine' }],
        },
      ])
    }
  })
})

test('a seat that was never touched is guarded by having no version', () => {
  const { writes } = decide([target('A-1')], changes.hold)
  expect(writes.rows).toMatchObject([{ guard: { version: undefined }, after: { version: 1 } }])
})

test('only holds and extends leave a hold entry, over exactly what was changed', () => {
  const targets = [target('A-1', held('mine', now + 1)), target('Z-1')]
  for (const [kind, change] of Object.entries(changes)) {
    const { writes } = decide(targets, change)
    const holds = ['hold', 'extend', 'set-held'].includes(kind)
    const entries = holds ? [{ labels: ['A-1'], until: later }] : []
    expect(writes.holds).toMatchObject(entries)
  }
})

test('merging extra data is shallow, and what is given wins, whatever the fields are called', () => {
  const kept = writeExtraData(
    JSON.parse('{"__proto__":1,"a":{"b":1},"c":2}') as Record<string, unknown>,
  )
  const given = writeExtraData(
    JSON.parse('{"a":{"d":1},"__proto__":{"x":1}}') as Record<string, unknown>,
  )
  const state: SeatState = { status: 'held', holdToken: 'mine', heldUntil: later, extraData: kept }
  const change: Change = { kind: 'book-held', holdToken: 'mine', extraData: given }
  const { writes } = decide([target('A-1', state)], change)
  const after = ofKind(writes.rows, 'seat')[0]?.after.state
  const text = after?.status === 'booked' ? after.extraData : undefined
  expect(text).toBe('{"__proto__":{"x":1},"a":{"d":1},"c":2}')
  expect(text === undefined ? [] : Object.keys(readExtraData(text))).toContain('__proto__')
})

const anyState = fc.oneof(
  fc.constant(undefined),
  fc.constant<SeatState>({ status: 'free' }),
  fc.constant<SeatState>({ status: 'booked' }),
  fc.constant<SeatState>({ status: 'resale', resaleListingId: 'l-0' }),
  fc.constant<SeatState>({ status: 'custom', name: 'blocked', returnsTo: 'resale' }),
  fc
    .record({ token: fc.constantFrom('mine', 'theirs'), until: fc.integer({ min: -2, max: 2 }) })
    .map(({ token, until }) => held(token, now + until)),
)

test('in any situation: one answer an object, in order; versions rise; history tells exactly what changed', () => {
  const labels = fc.uniqueArray(fc.constantFrom('A-1', 'A-2', 'B-1', 'Z-1', 'Lawn'), {
    minLength: 1,
  })
  const targets = labels.chain((chosen) =>
    fc.tuple(...chosen.map((label) => anyState.map((state) => target(label, state)))),
  )
  const property = fc.property(
    targets,
    fc.constantFrom(...Object.values(changes)),
    (given, change) => {
      const { writes, refusals } = decide(given, change)
      const rows = ofKind(writes.rows, 'seat')
      const answered = new Set([...rows, ...refusals].map(({ label }) => label))
      expect(answered.size).toBe(given.length)
      expect(writes.rows.length + refusals.length).toBe(given.length)
      const lines = writes.history.flatMap((entry) => entry.changes)
      for (const { label, guard, after } of rows) {
        const versions = lines.filter((line) => line.label === label).map(({ version }) => version)
        const first = (guard.version ?? 0) + 1
        expect(versions).toEqual(after.version === first ? [first] : [first, first + 1])
        const last = lines.findLast((line) => line.label === label)
        expect(last?.to).toBe(statusWord(after.state))
      }
    },
  )
  fc.assert(property, { seed: 20_270_304, numRuns: 500 })
})

describe('what is in the way besides the status', () => {
  const opened = (label: string, state: SeatState | undefined, change: Change) =>
    decide([target(label, state)], change).refusals.map(({ code }) => code)
  const book = (words: object = {}): Change => ({ kind: 'set-booked', ...words })

  test.each([
    ['A-1', {}, []],
    ['A-2', {}, ['in-another-channel']],
    ['A-1', { channelKeys: ['sponsors'] }, ['in-another-channel']],
    ['A-2', { channelKeys: ['sponsors'] }, []],
    ['A-1', { channelKeys: ['other'] }, ['in-another-channel']],
    ['A-2', { channelKeys: ['other'] }, ['in-another-channel']],
    ['A-1', { channelKeys: ['NO_CHANNEL'] }, []],
    ['A-2', { channelKeys: ['NO_CHANNEL'] }, ['in-another-channel']],
    ['A-1', { channelKeys: ['sponsors', 'NO_CHANNEL'] }, []],
    ['A-2', { channelKeys: ['sponsors', 'NO_CHANNEL'] }, []],
    ['A-1', { ignoreChannels: true }, []],
    ['A-2', { ignoreChannels: true }, []],
    ['A-2', { channelKeys: [] }, ['in-another-channel']],
  ])('channels: %s with %j', (label, words, refused) => {
    expect(opened(label, undefined, book(words))).toEqual(refused)
    expect(opened(label, { status: 'booked' }, { kind: 'set-back', ...words })).toEqual(refused)
    const hold: Change = { kind: 'hold', holdToken: 'mine', until: later, ...words }
    expect(opened(label, undefined, hold)).toEqual(refused)
  })

  test('the status comes first, then the channel, then the sale', () => {
    expect(opened('A-3', { status: 'booked' }, book())).toEqual(['status-not-allowed'])
    expect(opened('A-3', undefined, book())).toEqual(['in-another-channel'])
    expect(opened('A-3', undefined, book({ ignoreChannels: true }))).toEqual(['not-for-sale'])
  })

  test('channels are no matter of what is in resale; sale rules are', () => {
    const resale: SeatState = { status: 'resale' }
    expect(opened('A-2', resale, book())).toEqual([])
    expect(opened('A-2', resale, { kind: 'set-back' })).toEqual([])
    expect(opened('B-1', resale, book())).toEqual(['not-for-sale'])
  })

  test('what is held or sold already goes on once it is off sale', () => {
    const states: SeatState[] = [
      { status: 'booked' },
      held('mine', later),
      { status: 'custom', name: 'guest' },
    ]
    for (const state of states) {
      expect(opened('B-1', state, { kind: 'set-custom', status: 'seated' })).toEqual([])
      expect(opened('B-1', state, { kind: 'set-back' })).toEqual([])
      expect(opened('B-1', state, { kind: 'set-resale' })).toEqual([])
    }
    const mine = held('mine', later)
    for (const label of ['A-3', 'B-1']) {
      for (const rule of ['hold', 'extend', 'book-held', 'release', 'release-held'] as const) {
        expect(opened(label, mine, changes[rule])).toEqual([])
      }
    }
  })

  test('a hold that is over is free again, and refused as that', () => {
    expect(opened('B-1', held('mine', now), changes.hold)).toEqual(['not-for-sale'])
    expect(opened('A-2', held('mine', now), changes.hold)).toEqual(['in-another-channel'])
  })

  test('a step sees what the one before made of the object', () => {
    const origin = { type: 'API', ip: '192.0.2.7' } as const
    const targets = [target('B-1', { status: 'booked' })]
    const steps = [
      { targets, change: { kind: 'set-back' } as const },
      { targets, change: book() },
    ]
    const { refusals } = decideSteps({ steps, now, operationIds, origin, random: 0.5 })
    expect(refusals).toMatchObject([{ code: 'not-for-sale', step: 1 }])
  })
})
