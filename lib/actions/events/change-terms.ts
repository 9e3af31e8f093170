import type { LoggedKind } from '../../records/company-log.ts'
import type { AreaCapacities, EventDetails, EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { TERMS_BYTES_MAX } from '../../limits/limits.ts'
import { isTooLarge } from '../../venue/terms.ts'
import { readChartFacts } from '../../store/charts/chart-facts.ts'
import { getCharts } from '../../store/charts/charts.ts'
import { readEventDetails } from '../../store/events/event-details.ts'
import { getEvent } from '../../store/events/events.ts'
import { replaceTerms, type TermsReplacement } from '../../store/events/replace-terms.ts'
import { keepReceipt } from '../../store/table/receipts.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { logLines } from '../seats/log-lines.ts'

// What events say of selling their objects, of one event or of several together:
//
// 1. Read the heads, and the texts that they name; and what their charts have of areas, where an edit is about that.
// 2. Edit: a pure function makes other terms of each event's, or refuses.
// 3. Write the new texts, and the heads under the versions that were read: all or none. What is read after that is sold on the
//    new terms; a request under way is true on either.
// 4. Whoever lost a race begins anew, five rounds at most.

/** The terms of an event as they are. */
export interface TermsNow {
  readonly head: EventHead
  readonly details: EventDetails
  /** Areas of its chart, as they are published; none where the edit does not ask for them. */
  readonly areas: AreaCapacities
}

/** What comes of them. */
export interface TermsThen<Result> {
  readonly details: EventDetails
  readonly saleCalls?: EventHead['saleCalls']
  readonly result: Result
}

/** Makes other terms, or refuses; awaits nothing. */
export type TermsEdit<Result> = (now: TermsNow) => Outcome<TermsThen<Result>>

/** What an edit looks at besides the terms. */
interface EditNeeds {
  readonly areas?: boolean
}

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

/** Undefined where they were changed meanwhile. */
async function readTerms(
  context: Context,
  eventKeys: readonly string[],
  needs: EditNeeds,
): Promise<Outcome<readonly TermsNow[] | undefined>> {
  const { store, caller } = context
  const read = await Promise.all(
    eventKeys.map((eventKey) => getEvent(store, caller.workspaceId, eventKey)),
  )
  const heads = read.flatMap((head) => head ?? [])
  const missing = eventKeys[read.indexOf(undefined)]
  if (missing !== undefined) return refuse({ code: 'event-not-found', eventKey: missing })
  const [details, areas] = await Promise.all([
    readEventDetails(store, heads),
    needs.areas === true ? areasOf(context, heads) : undefined,
  ])
  const terms = heads.flatMap((head): TermsNow[] => {
    const known = details.get(head.eventId)
    return known === undefined
      ? []
      : [{ head, details: known, areas: areas?.get(head.chartId) ?? [] }]
  })
  // A text was replaced between the two reads, and so was the head.
  return succeed(terms.length < heads.length ? undefined : terms)
}

/** The areas of the events' charts, by chart id. */
async function areasOf(
  { store, caller }: Context,
  heads: readonly EventHead[],
): Promise<Map<string, AreaCapacities>> {
  const chartKeys = heads.map(({ chartKey }) => chartKey)
  const charts = await getCharts(store, caller.workspaceId, chartKeys)
  const facts = await readChartFacts(store, [...charts.values()])
  return new Map([...facts].map(([chartId, { areas }]) => [chartId, areas]))
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
  for (const { head, details, areas } of terms) {
    const { eventKey } = head
    const edited = edits.get(eventKey)?.({ head, details, areas })
    if (edited === undefined) continue
    if (!edited.ok) return edited
    const { details: wanted, saleCalls, result } = edited.value
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
    })
  }
  return succeed({ replacements, results })
}

/** What the company's log tells of changed terms. */
function changesBetween(before: EventDetails, after: EventDetails): LoggedKind[] {
  const isSame = (of: (details: EventDetails) => unknown) =>
    JSON.stringify(of(before)) === JSON.stringify(of(after))
  return [
    ...(isSame(({ channels = [] }) => channels) ? [] : (['event-channels-changed'] as const)),
    ...(isSame(({ saleRules }) => saleRules) ? [] : (['event-sale-changed'] as const)),
  ]
}
