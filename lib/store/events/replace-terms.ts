import { defined } from '../../defined.ts'
import type { LoggedLine } from '../../records/company-log.ts'
import type { EventDetails, EventHead } from '../../records/records.ts'
import { rosterOf, withMember } from '../../rules/season/roster.ts'
import { logWrites } from '../companies/company-log.ts'
import { settleInTheWay } from '../commit/settle-locks.ts'
import { detailsRemoval, detailsWrites } from './event-details.ts'
import { asItWasRead, putById, putHead } from './event-writes.ts'
import type { SeasonNow } from './seasons.ts'
import type { Port } from '../table/port.ts'
import { answerWrites, transactOnce, type Receipt } from '../table/receipts.ts'
import { raiseRevisions } from '../charts/revisions.ts'
import type { TransactItem } from '../table/transact.ts'

/** Bytes of texts in one transaction: DynamoDB takes 4 MB with everything else. */
const TEXT_BYTES_MAX = 3 * 1024 * 1024

/** What an event says from now on; its key and its chart stay. */
export interface TermsReplacement {
  /** As it was read. */
  readonly before: EventHead
  readonly after: EventHead
  /** Undefined leaves what it says beyond its head as it is. */
  readonly details?: EventDetails
  readonly log: readonly LoggedLine[]
  /** Of an event in a season: the season as it was read, which is told what it keeps of its events. */
  readonly season?: SeasonNow
}

/**
 * Replaces what events say, of all or of none, where nobody changed one of them since it was read. Several together may be too
 * much for one transaction; one alone never is.
 */
export async function replaceTerms(
  port: Port,
  replacements: readonly TermsReplacement[],
  receipt: Receipt | undefined,
): Promise<'replaced' | 'changed' | 'too-much'> {
  const written = writesOfAll(port, replacements)
  const heads = replacements.map(({ before }) => before)
  const items = [...written.flatMap((of) => of.items), ...raiseRevisions(port, heads)]
  const bytes = written.reduce((sum, of) => sum + of.bytes, 0)
  const answers = receipt === undefined ? 0 : answerWrites(port, receipt).length
  const isTooMuch = items.length + answers > port.transactionItemsMax || bytes > TEXT_BYTES_MAX
  if (replacements.length > 1 && isTooMuch) return 'too-much'
  const outcome = await transactOnce(port, items, receipt)
  if (outcome.status === 'applied') return 'replaced'
  await settleInTheWay(port, outcome.reasons)
  return 'changed'
}

/** Seasons come last, each once: they keep what is said of their events. */
function writesOfAll(port: Port, replacements: readonly TermsReplacement[]): TermsWrites[] {
  const isWhole = ({ before }: TermsReplacement) => before.season?.role === 'whole'
  const seasons = new Map(
    replacements.filter(isWhole).map((it): [string, TermsReplacement] => [it.before.eventId, it]),
  )
  const events = replacements.filter((it) => !isWhole(it))
  const written = events.map((it) => {
    const made = termsWrites(port, it)
    const { season, details } = it
    if (season === undefined) return made
    const { eventId } = season.head
    const told = tellSeason(season, { head: made.head, details }, seasons.get(eventId))
    if (told !== undefined) seasons.set(eventId, told)
    return made
  })
  return [...written, ...[...seasons.values()].map((it) => termsWrites(port, it))]
}

/** How a season is to be replaced, or is so already, because of what an event of it is from now on, or a partial season; undefined where it need not. */
export function tellSeason(
  { head, details }: SeasonNow,
  event: { readonly head: EventHead; readonly details: EventDetails | undefined },
  already?: TermsReplacement,
): TermsReplacement | undefined {
  const known = already?.details ?? details
  const former = rosterOf(known)
  const roster = withMember(former, event.head, event.details)
  if (roster === former) return already
  const { updatedAt } = event.head
  const replacement = already ?? { before: head, after: { ...head, updatedAt }, log: [] }
  return { ...replacement, details: { ...known, roster } }
}

/** What one replacement writes. */
export interface TermsWrites {
  /** As it is then. */
  readonly head: EventHead
  readonly items: TransactItem[]
  /** Of its text. */
  readonly bytes: number
}

/** The writes that replace what an event says, where nobody changed it since it was read. */
export function termsWrites(
  port: Port,
  { before, after, details, log }: Omit<TermsReplacement, 'season'>,
): TermsWrites {
  const written = details && detailsWrites(port, after.eventId, details)
  const { details: former, ...others } = after
  const kept = written === undefined ? former : written.ref
  const version = before.version + 1
  const head = { ...others, ...defined({ details: kept }), version }
  const texts = written?.writes ?? []
  const items: TransactItem[] = [
    putHead(port, head, asItWasRead(before)),
    putById(port, head),
    ...texts,
    ...(written === undefined ? [] : detailsRemoval(port, before)),
    ...logWrites(port, log),
  ]
  return { head, items, bytes: texts.reduce((sum, { Put }) => sum + bytesOf(Put?.Item), 0) }
}

function bytesOf(item: Record<string, unknown> | undefined): number {
  const data = item?.['data']
  return data instanceof Uint8Array ? data.length : 0
}
