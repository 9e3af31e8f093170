import type { Roster } from '../../lib/records/records.ts'
import type { SeatRow, SeatState } from '../../lib/rules/seat.ts'
import type { SeasonRow, SeasonSeen } from '../../lib/rules/season/season-row.ts'
import { now, row } from './decisions.ts'

// A season of three events: spring has the first two, autumn the last two, and a third partial season none.

export const season = { eventId: 'season', shards: 16 }

export const roster: Roster = {
  next: 3,
  events: ['first', 'second', 'third'].map((eventId, number) => ({ eventId, shards: 16, number })),
  partials: [
    { eventId: 'spring', events: [0, 1] },
    { eventId: 'autumn', events: [1, 2] },
    { eventId: 'empty', events: [] },
  ],
}

/** States by label, then by part (`whole` is the season itself), and by event, then label. */
export interface SeasonStates {
  readonly parts: Readonly<Record<string, Readonly<Record<string, SeatState>>>>
  readonly events: Readonly<Record<string, Readonly<Record<string, SeatState>>>>
}

/** What was read of that season. */
export function readSeason({ parts, events }: SeasonStates): SeasonSeen {
  return {
    season,
    roster,
    seasonRow: (label) => rowOf(label, { parts, events }),
    eventRow: ({ eventId }, label) => toRow(events[eventId]?.[label]),
  }
}

function rowOf(label: string, { parts, events }: SeasonStates): SeasonRow | undefined {
  const ofLabel = Object.entries(parts[label] ?? {})
  const taken = roster.events.flatMap(({ eventId, number }) => {
    return (events[eventId]?.[label]?.status ?? 'free') === 'free' ? [] : [number]
  })
  if (ofLabel.length === 0 && taken.length === 0) return undefined
  const rows = ofLabel.map(([part, state]) => [part === 'whole' ? 'season' : part, row(state)])
  return {
    version: 5,
    changedAt: now,
    operationId: '01',
    parts: Object.fromEntries(rows) as Record<string, SeatRow>,
    taken,
  }
}

function toRow(state: SeatState | undefined): SeatRow | undefined {
  return state && row(state)
}
