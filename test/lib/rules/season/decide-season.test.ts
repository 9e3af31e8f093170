import { describe, expect, test } from 'vitest'
import { instant } from '../../../../lib/clock.ts'
import { decide } from '../../../../lib/rules/decide.ts'
import { ofKind } from '../../../../lib/rules/rows.ts'
import { objectWrites } from '../../../../lib/rules/season/season-work.ts'
import { later, now } from '../../../support/decisions.ts'
import {
  book,
  free,
  hold,
  brief,
  resell,
  custom,
  expire,
  before,
  on,
  codesOf,
  rowsOf,
} from '../../../support/season-asks.ts'
import { decideIn, made, nothingStored, placeOf, targetIn } from '../../../support/season-world.ts'

describe('an event of a season', () => {
  test('writes its season along where it takes what was free, and where it gives it back, and nothing else does', () => {
    expect(rowsOf(on(nothingStored, ['second A-1', book]).writes)).toEqual([
      'second A-1 booked',
      'season A-1 {} [1]',
    ])
    const taken = made(nothingStored, [['second A-1', book]])
    expect(rowsOf(on(taken, ['second A-1', free]).writes)).toEqual([
      'second A-1 free',
      'season A-1 {} []',
    ])
    for (const change of [custom, resell, { kind: 'annotate' } as const]) {
      expect(on(taken, ['second A-1', change]).writes).toMatchObject({
        rows: [{ kind: 'seat' }],
        checks: [],
      })
    }
    const annotated = on(nothingStored, ['second A-1', { kind: 'annotate' }])
    expect(rowsOf(annotated.writes)).toEqual(['second A-1 free'])
  })

  test('counts a hold that has ended until it is ended, and a resale until it is taken back', () => {
    const held = made(nothingStored, [['first A-1', brief]], before)
    expect(rowsOf(on(held, ['first A-1', book]).writes)).toEqual(['first A-1 booked'])
    expect(rowsOf(on(held, ['first A-1', free]).writes)).toEqual([
      'first A-1 free',
      'season A-1 {} []',
    ])
    expect(rowsOf(on(held, ['first A-1', expire]).writes)).toEqual([
      'first A-1 free',
      'season A-1 {} []',
    ])
    const resold = made(nothingStored, [['first A-1', resell]])
    expect(rowsOf(on(resold, ['first A-1', hold]).writes)).toEqual(['first A-1 held'])
    const lapsing = made(resold, [['first A-1', brief]], before)
    expect(rowsOf(on(lapsing, ['first A-1', expire]).writes)).toEqual(['first A-1 resale'])
    expect(rowsOf(on(lapsing, ['first A-1', { kind: 'set-back' }]).writes)).toEqual([
      'first A-1 free',
      'season A-1 {} []',
    ])
  })

  test('cannot change what its seasons have: that is refused with their status', () => {
    const season = made(nothingStored, [['season A-1', custom]])
    for (const change of [book, hold, custom, resell, free]) {
      expect(codesOf(season, ['third A-1', change])).toEqual(['third A-1 seat-booked =checkedIn'])
    }
    const spring = made(nothingStored, [['spring A-1', hold]])
    for (const id of ['first', 'second']) {
      expect(codesOf(spring, [`${id} A-1`, book])).toEqual([`${id} A-1 held-by-another held`])
    }
    expect(codesOf(spring, ['third A-1', book])).toEqual([])
    // The holder, too, names what was held.
    expect(codesOf(spring, ['first A-1', { ...book, holdToken: 'mine' }])).toEqual([
      'first A-1 not-held-by-token held',
    ])
    expect(codesOf(made(nothingStored, [['season A-1', resell]]), ['first A-1', book])).toEqual([
      'first A-1 seat-booked booked',
    ])
  })

  test('ends a hold of its season that is over, in the same row, with a line of its own', () => {
    const held = made(nothingStored, [['spring A-1', brief]], before)
    const { writes } = on(held, ['first A-1', book])
    expect(rowsOf(writes)).toEqual(['first A-1 booked', 'season A-1 {spring free} [0]'])
    expect(ofKind(writes.rows, 'season')).toMatchObject([
      {
        guard: { version: 1 },
        after: {
          version: 2,
          parts: { spring: { version: 2, mark: 'expired', operationId: `${now}A` } },
        },
      },
    ])
    expect(writes.history).toMatchObject([
      {
        event: placeOf('spring'),
        origin: { type: 'HOLD_EXPIRED' },
        changes: [{ formerToken: 'theirs' }],
      },
      { event: placeOf('first'), kind: 'set-booked' },
    ])
  })

  test('checks its season under the other labels of the same places', () => {
    const other = made(nothingStored, [['third T', book]])
    expect(rowsOf(on(other, ['first T-1', book]).writes)).toEqual([
      'first T-1 booked',
      'season T-1 {} [0]',
      'check seat first T -',
      'check season season T 1',
    ])
    expect(codesOf(made(nothingStored, [['season T', book]]), ['first T-1', book])).toEqual([
      'first T-1 seat-booked booked',
    ])
    const lapsed = made(nothingStored, [['season T', brief]], before)
    expect(rowsOf(on(lapsed, ['first T-1', book]).writes)).toEqual([
      'first T-1 booked',
      'season T-1 {} [0]',
      'season T {season free} []',
      'check seat first T -',
    ])
  })
})

describe('a season', () => {
  test('writes its own row, whatever its events', () => {
    expect(rowsOf(on(nothingStored, ['season A-1', book]).writes)).toEqual([
      'season A-1 {season booked} []',
    ])
    expect(rowsOf(on(nothingStored, ['autumn T', hold]).writes)).toEqual([
      'season T {autumn held} []',
      'check season season T-1 -',
      'check season season T-2 -',
    ])
  })

  test('is refused what an event of it has, and what another season has that shares an event with it', () => {
    const stored = made(nothingStored, [
      ['second A-1', custom],
      ['first A-1', hold],
      ['third T', book],
    ])
    expect(codesOf(stored, ['season A-1', book])).toEqual(['season A-1 held-by-another held'])
    expect(codesOf(stored, ['autumn A-1', book])).toEqual(['autumn A-1 seat-booked =checkedIn'])
    expect(codesOf(stored, ['autumn T-2', book])).toEqual(['autumn T-2 seat-booked booked'])
    expect(codesOf(stored, ['spring T-2', book], ['empty A-1', book])).toEqual([])
    const spring = made(nothingStored, [['spring A-1', book]])
    for (const id of ['season', 'autumn']) {
      expect(codesOf(spring, [`${id} A-1`, book])).toEqual([`${id} A-1 seat-booked booked`])
    }
  })

  test('ends holds in its events that are over, which then have it no more', () => {
    const held = made(
      nothingStored,
      [
        ['first A-1', brief],
        ['third A-1', brief],
      ],
      before,
    )
    const { writes } = on(held, ['season A-1', book])
    expect(rowsOf(writes)).toEqual([
      'first A-1 free',
      'third A-1 free',
      'season A-1 {season booked} []',
    ])
    expect(ofKind(writes.rows, 'seat')).toMatchObject([
      { guard: { version: 1 }, after: { version: 2, mark: 'expired' } },
      { guard: { version: 1 }, after: { version: 2, mark: 'expired' } },
    ])
    // A partial one leaves those alone that are not its own.
    expect(rowsOf(on(held, ['spring A-1', book]).writes)).toEqual([
      'first A-1 free',
      'season A-1 {spring booked} [2]',
    ])
  })

  test('relies on its live holds until the first of them ends', () => {
    const soon = { ...hold, until: instant(later - 7) }
    const held = made(nothingStored, [
      ['spring A-1', hold],
      ['season T', soon],
    ])
    const mine = { kind: 'book-held', holdToken: 'mine' } as const
    expect(
      ofKind(on(held, ['season T', mine], ['spring A-1', mine]).writes.rows, 'season'),
    ).toMatchObject([
      { label: 'T', guard: { version: 1, hold: { after: now, until: later - 7 } } },
      { label: 'A-1', guard: { version: 1, hold: { after: now, until: later } } },
    ])
    expect(on(held, ['season T', book]).writes.rows[0]?.guard).toEqual({
      version: 1,
      hold: { after: now, until: later - 7 },
    })
    const both = made(nothingStored, [['spring A-1', hold]])
    const expired = decideIn(both, [['spring A-1', { ...expire, holdToken: 'mine' }]], later)
    expect(expired.writes.rows[0]?.guard).toEqual({ version: 1 })
  })

  test('is told of its own change by itself: history, hold entries and versions are those of the part', () => {
    const once = made(nothingStored, [['season A-1', book]])
    const { writes } = on(made(once, [['season A-1', free]]), ['spring A-1', hold])
    expect(writes.history).toMatchObject([
      { event: placeOf('spring'), changes: [{ label: 'A-1', version: 1, to: 'held' }] },
    ])
    expect(writes.holds).toMatchObject([
      { event: placeOf('spring'), holdToken: 'mine', labels: ['A-1'], until: later },
    ])
    expect(objectWrites(writes.rows)).toMatchObject([
      {
        event: placeOf('spring'),
        label: 'A-1',
        before: { status: 'free' },
        after: { version: 1, state: { status: 'held' } },
      },
    ])
    expect(ofKind(writes.rows, 'season')[0]?.after.version).toBe(3)
  })
})

describe('several steps of one request', () => {
  test('make one write of a row of the season, whatever they do in it', () => {
    const { writes, refusals } = on(
      nothingStored,
      ['first A-1', hold],
      ['third A-1', hold],
      ['first A-1', free],
      ['spring A-1', book],
    )
    expect(refusals).toEqual([])
    expect(rowsOf(writes)).toEqual([
      'first A-1 free',
      'third A-1 held',
      'season A-1 {spring booked} [2]',
    ])
    expect(writes.holds).toMatchObject([{ event: placeOf('third') }])
  })

  test('see what the ones before made of the season, and of its events', () => {
    const again = [
      ['first A-1', book],
      ['season A-1', book],
    ] as const
    expect(codesOf(nothingStored, ...again)).toEqual(['season A-1 seat-booked booked'])
    expect(codesOf(nothingStored, ...again.toReversed())).toEqual(['first A-1 seat-booked booked'])
    expect(codesOf(nothingStored, ['spring T', book], ['second T-1', book])).toEqual([
      'second T-1 seat-booked booked',
    ])
    const back = on(nothingStored, ['first A-1', book], ['first A-1', free])
    expect(rowsOf(back.writes)).toEqual(['first A-1 free', 'check season season A-1 -'])
    const swapped = on(
      made(nothingStored, [['first A-1', book]]),
      ['first A-1', free],
      ['season A-1', book],
    )
    expect(swapped.refusals).toEqual([])
    expect(rowsOf(swapped.writes)).toEqual(['first A-1 free', 'season A-1 {season booked} []'])
  })
})

test('what must be read first is not decided', () => {
  const target = targetIn(nothingStored, 'season', 'A-1')
  const { season } = target
  if (season === undefined) throw new Error('season')
  const row = { version: 1, changedAt: now, operationId: '01', parts: {}, taken: [3] }
  const decideOn = (seen: typeof season) =>
    decide({
      steps: [{ targets: [{ ...target, season: seen }], change: book }],
      now,
      operationIds: { expiry: '01A', change: '01B' },
      origin: { type: 'API' },
      random: 0.5,
    }).isUnread
  expect(decideOn({ ...season, seasonRow: () => row })).toBe(true)
  const known = { ...row, taken: [2] }
  expect(decideOn({ ...season, seasonRow: () => known })).toBe(false)
  expect(decideOn({ ...season, seasonRow: () => known, eventRow: () => 'unread' })).toBe(true)
})
