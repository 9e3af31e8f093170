import { instant, type Instant } from '../../lib/clock.ts'
import { decide, type Decision, type Step } from '../../lib/rules/decide.ts'
import type { Change } from '../../lib/rules/machine.ts'
import { nameOf, ofKind } from '../../lib/rules/rows.ts'
import type { EventRef, SeatRow } from '../../lib/rules/seat.ts'
import {
  eventIn,
  partialOf,
  partOf,
  seasonOfPart,
  wholeOf,
  type SeasonRow,
  type SeasonSeen,
} from '../../lib/rules/season/season-row.ts'
import type { Target } from '../../lib/rules/situations.ts'
import { offerOf } from '../../lib/venue/terms.ts'
import { terms } from './decisions.ts'
import { roster, season } from './season-decisions.ts'

// What is stored of a season of three events, of a seat and of a table with two seats, for tests that decide and store by hand.

/** The table and its seats have the same places. */
export const LABELS = ['A-1', 'T', 'T-1', 'T-2']

/** The season, its partial seasons and its events, by their ids. */
export const places: Readonly<Record<string, EventRef>> = {
  season: wholeOf(season),
  ...Object.fromEntries(
    roster.partials.map(({ eventId }) => [eventId, partialOf(season, eventId)]),
  ),
  ...Object.fromEntries(roster.events.map((event) => [event.eventId, eventIn(season, event)])),
}

/** Rows by event and label. */
export interface StoredSeason {
  readonly seats: ReadonlyMap<string, SeatRow>
  readonly seasons: ReadonlyMap<string, SeasonRow>
}

export const nothingStored: StoredSeason = { seats: new Map(), seasons: new Map() }

/** Labels with the same places. */
export function tableSharers(label: string): string[] {
  if (label === 'T') return ['T-1', 'T-2']
  return label.startsWith('T-') ? ['T'] : []
}

/** The place of that id. */
export function placeOf(id: string): EventRef {
  const event = places[id]
  if (event === undefined) throw new Error(id)
  return event
}

/** What was read of the season. */
export function seenIn(stored: StoredSeason): SeasonSeen {
  return {
    season,
    roster,
    seasonRow: (label) => stored.seasons.get(nameOf({ event: season, label })),
    eventRow: (event, label) => stored.seats.get(nameOf({ event, label })),
  }
}

/** The row of an object, wherever it is kept. */
export function rowIn(stored: StoredSeason, id: string, label: string): SeatRow | undefined {
  const event = placeOf(id)
  const isPart = seasonOfPart(event) !== undefined
  if (!isPart) return stored.seats.get(nameOf({ event, label }))
  return partOf(stored.seasons.get(nameOf({ event: season, label })), id)
}

/** An object as it was read. */
export function targetIn(stored: StoredSeason, id: string, label: string): Target {
  const event = placeOf(id)
  return {
    event,
    label,
    row: rowIn(stored, id, label),
    offer: offerOf(terms, 'A-1'),
    sharers: tableSharers(label).map((other) => {
      return { event, label: other, row: rowIn(stored, id, other) }
    }),
    season: seenIn(stored),
  }
}

/** Changes of objects of the season and its events, each `<id> <label>`, in order. */
export type Asked = readonly (readonly [object: string, change: Change])[]

/** Decides at that moment. */
export function decideIn(stored: StoredSeason, asked: Asked, now: Instant): Decision {
  const steps = asked.map(([object, change]): Step => {
    const [id = '', label = ''] = object.split(' ')
    return { targets: [targetIn(stored, id, label)], change }
  })
  const operationIds = { expiry: `${now}A`, change: `${now}B` }
  return decide({ steps, now, operationIds, origin: { type: 'API' }, random: 0.5 })
}

/** Writes what was decided; undefined where a guard does not hold. */
export function apply(stored: StoredSeason, { writes }: Decision): StoredSeason | undefined {
  const [seats, seasons] = [new Map(stored.seats), new Map(stored.seasons)]
  for (const row of [...writes.rows, ...writes.checks]) {
    if (row.kind !== 'seat' && row.kind !== 'season') throw new Error(row.kind)
    const from = row.kind === 'season' ? stored.seasons : stored.seats
    if (from.get(nameOf(row))?.version !== row.guard.version) return undefined
  }
  for (const row of ofKind(writes.rows, 'seat')) seats.set(nameOf(row), row.after)
  for (const row of ofKind(writes.rows, 'season')) seasons.set(nameOf(row), row.after)
  return { seats, seasons }
}

/** Decides and writes; throws where anything refuses. */
export function made(stored: StoredSeason, asked: Asked, now = instant(1_000_000)): StoredSeason {
  const decision = decideIn(stored, asked, now)
  const after = apply(stored, decision)
  if (decision.refusals.length > 0 || after === undefined) {
    throw new Error(JSON.stringify(decision.refusals))
  }
  return after
}
