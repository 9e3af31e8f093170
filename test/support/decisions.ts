import { instant } from '../../lib/clock.ts'
import { decide as decideSteps } from '../../lib/rules/decide.ts'
import type { Change, Rule } from '../../lib/rules/machine.ts'
import type { SeatRow, SeatState } from '../../lib/rules/seat.ts'
import type { Sharer, Target } from '../../lib/rules/situations.ts'
import { inventoryOf, offerOf, termsOf } from '../../lib/venue/terms.ts'
import { readChart } from '../../lib/venue/read-chart.ts'
import { drawArea, rowDrawing } from './drawings.ts'

// What decisions are made of, for tests that make them by hand.

export const now = instant(1_000_000)
export const later = instant(1_900_000)
export const event = { eventId: 'E1', shards: 16 }
export const operationIds = { expiry: '01A', change: '01B' }
export const channel = { id: 'chn_1', key: 'sponsors', name: 'Sponsors', areaPlaces: {} }
export const terms = termsOf(
  inventoryOf(readChart(rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', 9)] } }))),
  {},
  {
    channels: [{ ...channel, objects: ['A-2', 'A-3'] }],
    saleRules: { isListForSale: false, objects: ['A-3', 'B-1'], areaPlaces: {}, categories: [] },
  },
)

/** Decides about one change. */
export function decide(targets: readonly Target[], change: Change) {
  const origin = { type: 'API', ip: '192.0.2.7' } as const
  return decideSteps({ steps: [{ targets, change }], now, operationIds, origin, random: 0.5 })
}

/** For each row of the rule book a change that it decides. */
export const changes: Record<Rule, Change> = {
  hold: { kind: 'hold', holdToken: 'mine', until: later },
  extend: { kind: 'extend', holdToken: 'mine', until: later },
  'book-held': { kind: 'book-held', holdToken: 'mine' },
  release: { kind: 'release' },
  'release-held': { kind: 'release-held', holdToken: 'mine' },
  'set-free': { kind: 'set-free' },
  'set-booked': { kind: 'set-booked', orderId: 'o-1' },
  'set-held': { kind: 'set-held', holdToken: 'mine', until: later },
  'set-resale': { kind: 'set-resale' },
  'list-again': { kind: 'set-resale', resaleListingId: 'l-1' },
  'set-custom': { kind: 'set-custom', status: 'checkedIn' },
  'set-back': { kind: 'set-back' },
  'set-held-by': { kind: 'set-booked', holdToken: 'mine' },
  annotate: { kind: 'annotate' },
  'override-season': { kind: 'override-season', seasonId: 'season' },
  'use-season': { kind: 'use-season', seasonId: 'season' },
  expire: { kind: 'expire', holdToken: 'mine' },
}

/** A row that was changed some times. */
export function row(state: SeatState, version = 7): SeatRow {
  return { version, state, changedAt: instant(1), operationId: '01' }
}

/** An object as it was read. */
export function target(label: string, state?: SeatState): Target {
  return {
    event,
    label,
    row: state === undefined ? undefined : row(state),
    offer: offerOf(terms, label),
  }
}

/** A hold until then. */
export const held = (holdToken: string, heldUntil: number): SeatState => ({
  status: 'held',
  holdToken,
  heldUntil: instant(heldUntil),
})

/** What shares the places of another object. */
export function at(label: string, state?: SeatState): Sharer {
  return { event, label, row: state === undefined ? undefined : row(state, 3) }
}
