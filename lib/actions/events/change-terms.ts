import { defined } from '../../defined.ts'
import type { LoggedKind } from '../../records/company-log.ts'
import type { EventDetails, EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { TERMS_BYTES_MAX } from '../../limits/limits.ts'
import { isTooLarge } from '../../venue/terms.ts'
import { replaceTerms, type TermsReplacement } from '../../store/events/replace-terms.ts'
import { keepReceipt } from '../../store/table/receipts.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { logLines } from '../seats/log-lines.ts'
import { readTerms, type EditNeeds, type TermsNow } from './read-terms.ts'

// What events say of selling their objects, of one event or of several together:
//
// 1. Read the heads, and the texts that they name, of their seasons too; and what their charts have of areas, where an edit is about
//    that.
// 2. Edit: a pure function makes other terms of each event's, or refuses.
// 3. Write the new texts, and the heads under the versions that were read: all or none. Where an event in a season sells something
//    else than its season, the season is written too, since what it sells follows from that. What is read after that is sold on the new
//    terms; a request under way is true on either.
// 4. Whoever lost a race begins anew, five rounds at most.

/** What comes of them. */
export interface TermsThen<Result> {
  readonly details: EventDetails
  readonly saleCalls?: EventHead['saleCalls']
  readonly result: Result
}

/** Makes other terms, or refuses; awaits nothing. */
export type TermsEdit<Result> = (now: TermsNow) => Outcome<TermsThen<Result>>

/**
 * Changes the terms of events, of all or of none. Refuses an unknown event, terms of more than a text may have, several events that
 * are too much for one commit, and whatever an edit refuses.
 */
export function changeTerms<Result>(
  context: Context,
  edits: ReadonlyMap<string, TermsEdit<Result>>,
): Promise<Outcome<ReadonlyMap<string, Result>>> {
  return change(context, { edits }, (results) => results)
}

/** Changes the terms of one event; refuses as `changeTerms` does. */
export function changeTermsOf<Result>(
  context: Context,
  eventKey: string,
  { edit, needs }: { edit: TermsEdit<Result>; needs?: EditNeeds },
): Promise<Outcome<Result>> {
  const edits = new Map([[eventKey, edit]])
  // Every event that was edited has a result.
  const resultOf = (of: ReadonlyMap<string, Result>) => of.get(eventKey) as Result
  return change(context, { edits, needs }, resultOf)
}

interface Edits<Result> {
  readonly edits: ReadonlyMap<string, TermsEdit<Result>>
  readonly needs?: EditNeeds | undefined
}

async function change<Result, Whole>(
  context: Context,
  { edits, needs = {} }: Edits<Result>,
  wholeOf: (results: ReadonlyMap<string, Result>) => Whole,
): Promise<Outcome<Whole>> {
  const { store, keyed } = context
  const [eventKey = ''] = edits.keys()
  return inRoundsOn(context, { what: 'event', key: eventKey }, async () => {
    const read = await readTerms(context, [...edits.keys()], needs)
    if (!read.ok) return read
    if (read.value === undefined) return undefined
    const decided = decideTerms(context, read.value, edits)
    if (!decided.ok) return decided
    const { replacements, results } = decided.value
    const result = wholeOf(results)
    const receipt = keyed?.receiptFor(result)
    if (replacements.length === 0) {
      await keepReceipt(store, receipt)
      return succeed(result)
    }
    const outcome = await replaceTerms(store, replacements, receipt)
    if (outcome === 'replaced') return succeed(result)
    if (outcome === 'too-much') return refuse({ code: 'too-many-events', events: edits.size })
    return undefined
  })
}

interface DecidedTerms<Result> {
  readonly replacements: readonly TermsReplacement[]
  /** By event key. */
  readonly results: ReadonlyMap<string, Result>
}

function decideTerms<Result>(
  context: Context,
  terms: readonly TermsNow[],
  edits: ReadonlyMap<string, TermsEdit<Result>>,
): Outcome<DecidedTerms<Result>> {
  const replacements: TermsReplacement[] = []
  const results = new Map<string, Result>()
  for (const now of terms) {
    const { head, details, season } = now
    const { eventKey } = head
    const then = edits.get(eventKey)?.(now)
    if (then === undefined) continue
    if (!then.ok) return then
    const { details: wanted, saleCalls, result } = then.value
    if (isTooLarge(wanted)) {
      return refuse({ code: 'terms-too-large', eventKey, bytesMax: TERMS_BYTES_MAX })
    }
    results.set(eventKey, result)
    const isChanged = JSON.stringify(wanted) !== JSON.stringify(details)
    if (!isChanged && saleCalls === undefined) continue
    replacements.push({
      before: head,
      after: { ...head, ...(saleCalls && { saleCalls }), updatedAt: context.now() },
      ...(isChanged ? { details: wanted } : {}),
      log: logLines(context, { key: eventKey }, changesBetween(details, wanted)),
      ...defined({ season }),
    })
  }
  return succeed({ replacements, results })
}

/** What the company's log tells of changed terms. */
function changesBetween(before: EventDetails, after: EventDetails): LoggedKind[] {
  const isSame = (of: (details: EventDetails) => unknown) =>
    JSON.stringify(of(before)) === JSON.stringify(of(after))
  const channels = ({ channels: all = [], ownChannels = [] }: EventDetails) => [all, ownChannels]
  return [
    ...(isSame(channels) ? [] : (['event-channels-changed'] as const)),
    ...(isSame(({ saleRules }) => saleRules) ? [] : (['event-sale-changed'] as const)),
  ]
}
