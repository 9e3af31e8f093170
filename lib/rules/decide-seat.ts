import type { Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import { overriddenAfter, stateAfter } from './apply-change.ts'
import { extraDataBytes } from './extra-data.ts'
import { lineOf, type Line } from './history.ts'
import {
  isSeasonChange,
  isStatusChange,
  ruleOf,
  rules,
  viewerOf,
  type Change,
  type SeatRefusalCode,
} from './machine.ts'
import { nameOf, type Guard, type RowCheck, type RowWrite } from './rows.ts'
import { seasonOfPart } from './season/season-row.ts'
import { seasonMeant } from './season/season-meant.ts'
import { sharersInSeason } from './season/season-sharers.ts'
import { shownAmong, type ShownState } from './season/shown-state.ts'
import { checkInSeason, noteInSeason, seasonNow, type SeasonWork } from './season/season-work.ts'
import {
  atRest,
  isLapsed,
  isLive,
  isTaken,
  statusWord,
  type Mark,
  type SeatRow,
  type SeatState,
  type StatusWord,
} from './seat.ts'
import { effectiveState, situationsOf, type Sharer, type Target } from './situations.ts'
import { EXTRA_DATA_BYTES_MAX, SEASON_DATA_BYTES_MAX } from '../limits/limits.ts'

// Decides about objects that are sold as one: seats and booths, and tables and areas as a whole.

/** What a decision puts out for an object. */
export type SeatWrite = RowWrite<'seat'>

/** Objects as a decision changes them. */
export interface SeatWork extends SeasonWork {
  readonly operationIds: { readonly expiry: string; readonly change: string }
  /** By object, as they have become so far; those of seasons too. */
  readonly seats: Map<string, SeatWrite>
  /** By object, those whose places a change takes under another label: they must stay free. */
  readonly checks: Map<string, RowCheck<'seat'>>
  readonly expired: Line[]
  readonly changed: Line[]
}

/** An object right after a change, or why it refuses it, and the status that it is in. */
export type SeatDecided =
  | {
      readonly target: Target
      readonly before: SeatState
      readonly after: SeatRow
      /** Where that depends on a season: how it is shown. */
      readonly shown?: ShownState
    }
  | { readonly refused: SeatRefusalCode; readonly from: StatusWord }

/** Decides about one change of an object; 'unread' where more must be known of its season. */
export function decideSeat(work: SeatWork, read: Target, change: Change): SeatDecided | 'unread' {
  const { now, operationIds, seats, expired, changed: lines } = work
  const { event, label } = read
  const name = nameOf(read)
  const former = seats.get(name)
  const target = asChanged(work, read)
  if (target === 'unread') return target
  const seenAt = change.kind === 'expire' ? BEGINNING : now
  const before = atRest(target.row, seenAt)
  const code = refusalOf(target, change, seenAt)
  const lapsed = isLapsed(target.row, seenAt)
  const after: SeatRow = {
    version: (target.row?.version ?? 0) + (lapsed ? 2 : 1),
    state: stateAfter(before, change, target.given),
    changedAt: now,
    operationId: operationIds.change,
    ...markOf(change),
    ...defined({ overridden: overriddenNow(work, target, change) }),
  }
  const isLarge = isOversize(after) || isCrowded(work, target, after)
  const reason = code ?? (isLarge ? 'extra-data-too-large' : undefined)
  if (reason !== undefined) {
    return { refused: reason, from: statusWord(effectiveState(target, seenAt)) }
  }
  if (lapsed) expired.push(expiryOf(target, before))
  lines.push(lineOf({ event, label, before, after }, change))
  const guard = guardFor(read.row, before, now)
  const first = former ?? { kind: 'seat', event, label, guard, before }
  write(work, target, { ...first, after })
  // What somebody has put up for resale stays as it was where its status is not changed.
  const isKept = after.state === before
  if (!isKept && after.state.status !== 'free' && !isTaken(before)) keepSharersFree(work, target)
  if (read.season === undefined) return { target, before, after }
  const changed = asChanged(work, read)
  if (changed === 'unread') return changed
  return { target, before, after, shown: shownAmong(changed, changed.sharers ?? [], now) }
}

/** The object and those that share its places, in its season too, as the steps before have left them. */
function asChanged(work: SeatWork, target: Target): Target | 'unread' {
  const rowNow = (object: Sharer) => work.seats.get(nameOf(object))?.after ?? object.row
  const row = rowNow(target)
  const own = target.sharers?.map((sharer) => ({ ...sharer, row: rowNow(sharer) }))
  const { event, label, season } = target
  if (season === undefined) return { ...target, row, ...defined({ sharers: own }) }
  const rows = new Map([{ label, row }, ...(own ?? [])].map((it) => [it.label, it.row]))
  const others = (own ?? []).map((sharer) => sharer.label)
  const of = { event, label, others, ownRow: (name: string) => rows.get(name) }
  const sharers = sharersInSeason(of, seasonNow(work, season))
  return sharers === 'unread' ? sharers : { ...target, row, sharers }
}

/** The seasons that an object overrides after a change. */
function overriddenNow(work: SeatWork, { season, ...target }: Target, change: Change) {
  const seasonId =
    isSeasonChange(change) && season !== undefined
      ? seasonMeant(change, target, { seen: seasonNow(work, season), now: work.now })
      : undefined
  return overriddenAfter(target.row?.overridden, change, seasonId)
}

/** Writes an object that was in that row, and into its season what that means there. */
function write(
  work: SeatWork,
  { row, season }: Pick<Target, 'row'> & { readonly season?: Target['season'] | undefined },
  written: SeatWrite,
): void {
  work.seats.set(nameOf(written), written)
  if (season !== undefined) noteInSeason(work, season, { ...written, before: row })
}

/**
 * Whoever takes places sees to it that they stay free under their other labels: those rows are checked. A lapsed hold there is ended
 * in the same commit, as that of the object itself would be: a clock that is behind may still take it for a live one, and must
 * find its row changed.
 */
function keepSharersFree(work: SeatWork, { season, sharers = [], ...taken }: Target): void {
  const { now, operationIds, seats, checks, expired } = work
  for (const { event, label, row } of sharers) {
    const object = { event, label, row }
    const guard = { version: row?.version }
    if (row === undefined || !isLapsed(row, now)) {
      const isPart = season !== undefined && seasonOfPart(event) !== undefined
      if (!isPart) checks.set(nameOf(object), { kind: 'seat', event, label, guard })
      else if (isToBeChecked(taken)) checkInSeason(work, season, label)
      continue
    }
    const state = atRest(row, now)
    const [version, operationId] = [row.version + 1, operationIds.expiry]
    const { overridden } = row
    const after: SeatRow = {
      ...{ version, state, changedAt: now, operationId, mark: 'expired' },
      ...defined({ overridden }),
    }
    const first = seats.get(nameOf(object)) ?? {
      kind: 'seat',
      event,
      label,
      guard,
      before: row.state,
    }
    write(work, { row, season }, { ...first, after })
    expired.push(expiryOf(object, state))
  }
}

/** What an event has already, as it is stored, no season can take without writing the event's row. */
function isToBeChecked({ event, row }: Pick<Target, 'event' | 'row'>): boolean {
  return event.season?.role !== 'event' || (row?.state.status ?? 'free') === 'free'
}

/** To end a hold is one change of it, also once it has lapsed: whoever does that looks at it as it was stored. */
const BEGINNING = 0 as Instant

/** Changes that leave the status. */
const UPDATES: ReadonlySet<Change['kind']> = new Set([
  'extend',
  'annotate',
  'override-season',
  'use-season',
])

/** What the states before and after do not tell. */
function markOf({ kind }: Change): { mark?: Mark } {
  if (kind === 'expire') return { mark: 'expired' }
  return UPDATES.has(kind) ? { mark: 'updated' } : {}
}

/** Undefined when the rule book says yes. */
function refusalOf(target: Target, change: Change, now: Instant): SeatRefusalCode | undefined {
  const own = atRest(target.row, now)
  const isStrict = isStatusChange(change) || isSeasonChange(change) || change.kind === 'annotate'
  // What was taken before the chart lost it can be let go, and nothing else.
  const isLetGo = isRelease(change) && own.status !== 'free'
  if (isStrict && target.offer === undefined && !isLetGo) return 'unknown-object'
  if ((target.quantity ?? 1) > 1 && !isSeasonChange(change)) return 'quantity-not-allowed'
  const word = statusWord(own.status === 'resale' ? own : effectiveState(target, now))
  if (isStatusChange(change)) {
    const { allowedBefore = [word], rejectedBefore = [] } = change
    if (!allowedBefore.includes(word)) return 'previous-not-allowed'
    if (rejectedBefore.includes(word)) return 'previous-rejected'
  }
  // Of what the chart has lost only a status is left, and of a resale no situation that says so.
  if (isLetGo && target.offer === undefined && own.status === 'resale') return undefined
  const rule = rules[ruleOf(change)]
  // What seasons mean to an object is a matter of its event alone.
  const { event, sharers = [] } = target
  const inEvent = sharers.filter((sharer) => sharer.event.eventId === event.eventId)
  const looked = isSeasonChange(change) ? { ...target, sharers: inEvent } : target
  for (const situation of situationsOf(looked, viewerOf(change), now)) {
    const verdict = rule[situation]
    if (verdict !== 'yes') return verdict
  }
  return undefined
}

function isRelease({ kind }: Change): boolean {
  return kind === 'set-free' || kind === 'set-back'
}

/** Merging may exceed what neither part did. */
function isOversize({ state }: SeatRow): boolean {
  return state.extraData !== undefined && extraDataBytes(state.extraData) > EXTRA_DATA_BYTES_MAX
}

/** A season and its partial seasons keep theirs in one row. */
function isCrowded(work: SeatWork, { event, label, season }: Target, after: SeatRow): boolean {
  if (season === undefined || seasonOfPart(event) === undefined) return false
  if (after.state.extraData === undefined) return false
  const parts = seasonNow(work, season).seasonRow(label)?.parts ?? {}
  const all = Object.values({ ...parts, [event.eventId]: after })
  const bytes = all.map(({ state: { extraData } }) => extraData && extraDataBytes(extraData))
  return bytes.reduce<number>((sum, some = 0) => sum + some, 0) > SEASON_DATA_BYTES_MAX
}

function guardFor(row: SeatRow | undefined, before: SeatState, now: Instant): Guard {
  const guard = { version: row?.version }
  if (before.status !== 'held' || !isLive(before, now)) return guard
  return { ...guard, hold: { after: now, until: before.heldUntil } }
}

/** Taking a lapsed seat is two changes in one write: it expires, then it is taken. */
function expiryOf(
  { event, label, row }: Pick<Target, 'event' | 'label' | 'row'>,
  after: SeatState,
): Line {
  const held = row?.state
  return {
    event,
    kind: 'expire',
    change: {
      label,
      version: (row?.version ?? 0) + 1,
      from: 'held',
      to: statusWord(after),
      ...(held?.status === 'held' ? { formerToken: held.holdToken } : {}),
    },
  }
}
