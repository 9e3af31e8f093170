import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide as decideSteps } from '../../../lib/rules/decide.ts'
import { ofKind } from '../../../lib/rules/rows.ts'
import type { Change } from '../../../lib/rules/machine.ts'
import { changesBetween } from '../../../lib/rules/seat-changes.ts'
import { atRest, isLapsed, isTaken, type SeatState } from '../../../lib/rules/seat.ts'
import type { Sharer, Target } from '../../../lib/rules/situations.ts'
import { offerOf } from '../../../lib/venue/terms.ts'
import {
  at,
  changes,
  decide,
  event,
  held,
  now,
  operationIds,
  target,
  terms,
} from '../../support/decisions.ts'

describe('places that have another label too', () => {
  const shared = (state?: SeatState, ...sharers: Sharer[]) => ({ ...target('A-1', state), sharers })
  const touched = at('A-1-1', { status: 'free' })
  const untouched = at('A-1-2')
  const taking = ['hold', 'set-booked', 'set-held', 'set-custom'] as const

  test('are checked under it by whoever takes them, and by nobody else', () => {
    const checks = [
      { kind: 'seat', event, label: 'A-1-1', guard: { version: 3 } },
      { kind: 'seat', event, label: 'A-1-2', guard: { version: undefined } },
    ]
    const checksOf = (change: Change, state?: SeatState) =>
      decide([shared(state, touched, untouched)], change).writes.checks
    for (const kind of taking) {
      expect(checksOf(changes[kind])).toEqual(checks)
      expect(checksOf(changes[kind], { status: 'resale' })).toEqual(checks)
      expect(checksOf(changes[kind], held('theirs', now))).toEqual(checks)
    }
    for (const [kind, change] of Object.entries(changes)) {
      expect([kind, checksOf(change, held('mine', now + 1))]).toEqual([kind, []])
      const isTaking = [...taking, 'set-resale', 'list-again'].includes(kind)
      expect([kind, checksOf(change)]).toEqual([kind, isTaking ? checks : []])
    }
  })

  test('and are held there by a hold that has ended, are free: it is ended in the same commit', () => {
    const lapsed = at('A-1-1', held('theirs', now))
    const { writes } = decide([shared(undefined, lapsed)], changes.hold)
    expect(writes.checks).toEqual([])
    expect(writes.rows).toMatchObject([
      { label: 'A-1', after: { version: 1 } },
      {
        label: 'A-1-1',
        guard: { version: 3 },
        before: { status: 'held' },
        after: { version: 4, state: { status: 'free' }, operationId: '01A', mark: 'expired' },
      },
    ])
    const [, ended] = ofKind(writes.rows, 'seat')
    expect(ended && changesBetween(lapsed.row, ended.after)).toMatchObject([
      { type: 'seat.hold_expired', version: 4, from: 'held', to: 'free', operationId: '01A' },
    ])
    expect(writes.history).toMatchObject([
      { operationId: '01A', origin: { type: 'HOLD_EXPIRED' }, changes: [{ label: 'A-1-1' }] },
      { operationId: '01B', changes: [{ label: 'A-1' }] },
    ])
  })

  test('and are in resale there, are booked here', () => {
    const table = shared(undefined, at('A-1-1', { status: 'resale', orderId: 'o-1' }))
    for (const kind of ['set-booked', 'set-custom', 'set-resale', 'set-back'] as const) {
      const refused = { label: 'A-1', code: 'seat-booked', from: 'booked' }
      expect(decide([table], changes[kind]).refusals).toMatchObject([refused])
    }
  })

  test('are seen as the steps before have left them', () => {
    const seat = (state?: SeatState): Target => ({
      ...target('A-1-1', state),
      offer: offerOf(terms, 'A-1'),
      sharers: [at('A-1')],
    })
    const table = (state?: SeatState) => shared(undefined, at('A-1-1', state))
    const run = (...steps: [Target, Change][]) =>
      decideSteps({
        steps: steps.map(([one, change]) => ({ targets: [one], change })),
        now,
        operationIds,
        origin: { type: 'API' },
        random: 0.5,
      })
    const sold: SeatState = { status: 'booked' }
    const swapped = run([seat(sold), changes['set-back']], [table(sold), changes['set-booked']])
    expect(swapped.refusals).toEqual([])
    expect(swapped.writes).toMatchObject({
      rows: [{ label: 'A-1-1' }, { label: 'A-1' }],
      checks: [],
    })
    const both = run([seat(), changes['set-booked']], [table(), changes['set-booked']])
    expect(both.refusals).toMatchObject([{ label: 'A-1', code: 'seat-booked', from: 'booked' }])
  })

  test('refuse with the status that they are in, which previous statuses are compared with too', () => {
    const table = shared(undefined, at('A-1-1'), at('A-1-2', { status: 'custom', name: 'blocked' }))
    const refusalsOf = (change: Change) => decide([table], change).refusals
    const refused = { code: 'seat-booked', from: '=blocked' }
    expect(refusalsOf({ kind: 'set-booked' })).toMatchObject([refused])
    expect(refusalsOf({ kind: 'set-booked', allowedBefore: ['=blocked'] })).toMatchObject([refused])
    expect(refusalsOf({ kind: 'set-back', allowedBefore: ['free'] })).toMatchObject([
      { code: 'previous-not-allowed' },
    ])
    expect(refusalsOf({ kind: 'set-back', rejectedBefore: ['=blocked'] })).toMatchObject([
      { code: 'previous-rejected' },
    ])
  })
})

describe('whatever is asked for, in whatever order', () => {
  const labels = ['A-1', 'A-1-1', 'A-1-2']
  const sharersIn = (label: string) =>
    labels.filter((other) => (label === 'A-1') !== (other === 'A-1'))
  const anyState = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom<SeatState>({ status: 'free' }, { status: 'resale' }, held('theirs', now)),
  )
  const takenState = fc.constantFrom<SeatState>(
    { status: 'booked' },
    held('mine', now + 1),
    held('theirs', now + 1),
    { status: 'custom', name: 'checkedIn', returnsTo: 'resale' },
  )
  /** Either the table is taken, or some of its seats. */
  const anyRows = fc
    .record({ states: fc.array(anyState, { minLength: 3, maxLength: 3 }), state: takenState })
    .chain(({ states, state }) =>
      fc.subarray(['A-1-1', 'A-1-2']).chain((seats) =>
        fc.constantFrom<readonly string[]>([], ['A-1'], seats).map((taken) => {
          const all = labels.map((label, place) => (taken.includes(label) ? state : states[place]))
          return new Map(labels.map((label, place) => [label, at(label, all[place]).row]))
        }),
      ),
    )
  const anySteps = fc.array(
    fc.record({
      label: fc.constantFrom(...labels),
      change: fc.constantFrom(...Object.values(changes)),
    }),
    { minLength: 1, maxLength: 5 },
  )

  test('a table and a seat of it are never both taken, and what is newly taken guards the others', () => {
    const property = fc.property(anyRows, anySteps, (rows, steps) => {
      const targetOf = (label: string): Target => ({
        event,
        label,
        row: rows.get(label),
        offer: offerOf(terms, 'A-1'),
        sharers: sharersIn(label).map((other) => ({ event, label: other, row: rows.get(other) })),
      })
      const { writes } = decideSteps({
        steps: steps.map(({ label, change }) => ({ targets: [targetOf(label)], change })),
        now,
        operationIds,
        origin: { type: 'API' },
        random: 0.5,
      })
      const written = ofKind(writes.rows, 'seat')
      const after = new Map(rows)
      for (const { label, after: row } of written) after.set(label, row)
      const isTakenNow = (from: typeof rows, label: string) => isTaken(atRest(from.get(label), now))
      const seats = sharersIn('A-1')
      expect(isTakenNow(after, 'A-1') && seats.some((label) => isTakenNow(after, label))).toBe(
        false,
      )
      const guards = new Map(
        [...written, ...ofKind(writes.checks, 'seat')].map((row) => [row.label, row.guard]),
      )
      expect(guards.size).toBe(written.length + writes.checks.length)
      for (const [label, { version }] of guards) expect(version).toBe(rows.get(label)?.version)
      const newly = labels.filter((one) => isTakenNow(after, one) && !isTakenNow(rows, one))
      for (const label of newly) {
        expect([...guards.keys()]).toEqual(expect.arrayContaining(sharersIn(label)))
      }
      // A hold that has ended is not left to whoever takes it for a live one.
      const lapsed = newly.flatMap(sharersIn).filter((label) => isLapsed(after.get(label), now))
      expect(lapsed).toEqual([])
    })
    fc.assert(property, { numRuns: 2_000, seed: 7 })
  })
})
