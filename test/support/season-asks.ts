import { instant } from '../../lib/clock.ts'
import type { RowWrite, Writes } from '../../lib/rules/rows.ts'
import { later, now } from './decisions.ts'
import { decideIn, type Asked, type StoredSeason } from './season-world.ts'

// What is asked of a season and its events, and what comes of it in words.

export const book = { kind: 'set-booked' } as const
export const free = { kind: 'set-free' } as const
export const hold = { kind: 'hold', holdToken: 'mine', until: later } as const
export const brief = { kind: 'hold', holdToken: 'theirs', until: now } as const
export const resell = { kind: 'set-resale' } as const
export const custom = { kind: 'set-custom', status: 'checkedIn' } as const
export const override = { kind: 'override-season', seasonId: 'season' } as const
export const use = { kind: 'use-season', seasonId: 'season' } as const
export const expire = { kind: 'expire', holdToken: 'theirs' } as const
/** Before holds that end at `now`. */
export const before = instant(now - 1)

/** Decides, one step after the other. */
export const on = (stored: StoredSeason, ...asked: Asked) => decideIn(stored, asked, now)
/** What refuses, and why. */
export const codesOf = (stored: StoredSeason, ...asked: Asked) =>
  on(stored, ...asked).refusals.map(({ eventId, label, code, from }) => {
    return `${eventId} ${label} ${code} ${from}`
  })

/** Rows that are written or checked, in words: `season A-1 {season: booked} [0]`, `first A-1 booked`. */
export function rowsOf({ rows, checks }: Writes): string[] {
  const written = rows.map((row) => {
    if (row.kind === 'season') return seasonText(row)
    if (row.kind !== 'seat') throw new Error(row.kind)
    return `${row.event.eventId} ${row.label} ${row.after.state.status}`
  })
  const checked = checks.map((check) => {
    if (check.kind !== 'seat' && check.kind !== 'season') throw new Error(check.kind)
    const { kind, event, label, guard } = check
    return `check ${kind} ${event.eventId} ${label} ${guard.version ?? '-'}`
  })
  return [...written, ...checked]
}

function seasonText({ event, label, after }: RowWrite<'season'>): string {
  const parts = Object.entries(after.parts).map(([id, { state }]) => `${id} ${state.status}`)
  return `${event.eventId} ${label} {${parts.join(', ')}} [${after.taken.join()}]`
}
