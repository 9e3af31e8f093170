import type { RunRecord } from '../run.ts'
import { isLapsed, letGo } from './rules.ts'
import { sorted, walk, type Line } from './steps.ts'
import type { Change } from './timeline.ts'

// Holds that the product ended by itself, since their time was over: nobody asked for that, so it needs a reason in the row.

/** How the processes that end holds are called. */
const EXPIRERS = 'expire.'

/** The process that ended holds by this operation; undefined where it was something else. */
export function expirerOf({ draws }: RunRecord, operationId: string): string | undefined {
  const life = draws.get(operationId)?.life
  return life?.startsWith(EXPIRERS) === true ? life : undefined
}

/** Clocks show whole milliseconds. */
const ROUNDING_MS = 1

/** What is wrong with the end of a hold by itself, or undefined. */
export function expiryFault({ before, after, time }: Change, offset: number): string | undefined {
  if (!isLapsed(before, after.at)) return 'no hold was over'
  if (after.at > time + offset + ROUNDING_MS) return 'it was decided after it was committed'
  const end = letGo(before?.notes ?? {})
  if (after.version !== Number(before?.version) + 1) return 'it is one change'
  if (after.status !== end.status) return `it should be ${end.status}`
  if (sorted(after.notes) !== sorted(end.notes)) return `its notes should be ${sorted(end.notes)}`
  const isClear = after.token === undefined && after.until === undefined
  return isClear ? undefined : 'a hold is left on it'
}

/** Every version that a change of an object made, as whoever asked for it wanted, or as time did. */
export function versionsOf(record: RunRecord, { object, before, after }: Change): readonly Line[] {
  const { operationId, version, at } = after
  const asked = record.draws.get(operationId)?.sending?.asked
  if (asked !== undefined) return walk(asked, { object, before, now: at }).lines
  if (expirerOf(record, operationId) === undefined) return []
  const to = letGo(before?.notes ?? {}).status
  return [{ version, from: 'held', to, isExpiry: true }]
}
