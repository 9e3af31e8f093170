import type { Bus } from '../bus/bus.ts'
import type { RuleListed } from '../bus/rules.ts'
import type { Clock } from '../clock.ts'
import type { WebhookEndpoint } from '../records/webhook.ts'
import type { Store } from '../store/table/store.ts'
import { applyRecord, isEndpointId } from '../actions/webhooks/webhook-rules.ts'
import { inSlices, type SlicesReport } from './in-slices.ts'
import { MINUTE_SECONDS, SECOND_MS } from '../limits/durations.ts'
import { API_ANSWER_MS_MAX } from '../limits/aws-limits.ts'
import { listAllWebhooks, getWebhook } from '../store/webhooks/webhook-endpoints.ts'

// Makes the rules on the bus what the records say:
//
// 1. List all rules of ours and all records. A rule that is missing is put at once: if its endpoint is just being deleted,
//    there is an orphan for a while, and whoever delivers drops what comes of it.
// 2. A list does not tell the targets of rules: ask for those of every rule that is as it should be otherwise.
// 3. Any other difference may be a change under way, whose rule is written and whose record is not yet: wait until every
//    such request has ended, and look again. What differs in the same way still belongs to nobody: mend it.
//
// EventBridge takes some fifty such calls a second from a whole account, so a run may have no time for all. Each step has a share
// of the time, so that none starves another, and every run begins elsewhere: what one leaves others come to (decision 0125).

/** Milliseconds after which a request that was under way has ended: as long as API Gateway waits for it, and a little. */
const REQUEST_MS_MAX = API_ANSWER_MS_MAX + SECOND_MS

/** Where in its time a run ends each of its steps. */
const PUT_BY = 1 / 4
const LOOK_BY = 1 / 2

/** Seconds from one run to the next: each such span has a place to begin at. */
export const RECONCILE_SECONDS = 15 * MINUTE_SECONDS

/**
 * The golden ratio's part of a whole circle. Each run begins this much further round the list than the one before, which spreads
 * the beginnings evenly over the list, however many runs there are.
 */
const GOLDEN_PART = (Math.sqrt(5) - 1) / 2

/** How a rule differs from its record; one that is orphaned has none. */
export type DriftKind = 'missing' | 'stale' | 'disabled-wrongly' | 'enabled-wrongly' | 'orphaned'

/** A rule that is not what it should be. */
export interface Drift {
  readonly kind: DriftKind
  readonly endpointId: string
}

/** What a reconciliation works with. */
export interface Reconciliation {
  readonly store: Store
  readonly bus: Pick<Bus, 'listRules' | 'targetOf' | 'ruleFor' | 'putRule' | 'removeRule'>
  readonly clock: Clock
}

/** How a run goes. */
export interface ReconcileOptions {
  /** Only tells what differs. */
  readonly isDryRun?: boolean
  /** Milliseconds after which nothing further is begun; without them it goes through everything. */
  readonly budgetMs?: number
}

/** What differed, and what of it was mended: the rest settled by itself, failed, or the bus takes no further rule. */
export interface ReconcileReport {
  readonly found: readonly Drift[]
  readonly mended: readonly Drift[]
  /** Rules of ours that were on the bus. */
  readonly rules: number
  /** Rules that there was no time to look at or to mend: other runs do. */
  readonly left: number
  /** Why some could not be looked at or mended. */
  readonly failures: readonly unknown[]
}

/** Makes our rules what the records say, and touches no other; a dry run only tells what differs. */
export async function reconcileWebhooks(
  reconciliation: Reconciliation,
  { isDryRun = false, budgetMs = Infinity }: ReconcileOptions = {},
): Promise<ReconcileReport> {
  const { clock } = reconciliation
  const start = clock.now()
  const by = (share: number) => ({ clock, until: start + share * budgetMs })
  const listed = await list(reconciliation)
  const found = idsInTurn(listed, start).flatMap((id) => differenceOf(reconciliation, listed, id))
  const missing = isDryRun ? [] : found.filter(({ kind }) => kind === 'missing')
  const mended: Drift[] = []
  const steps: SlicesReport<unknown>[] = [
    await putMissing(reconciliation, missing, { ...by(PUT_BY), mended }),
    await findWrongTargets(reconciliation, listed, { ...by(LOOK_BY), found, start }),
  ]
  const doubtful = isDryRun ? [] : found.filter(({ kind }) => kind !== 'missing')
  if (doubtful.length > 0) {
    await clock.sleep(REQUEST_MS_MAX)
    steps.push(await mendLasting(reconciliation, doubtful, { ...by(1), mended }))
  }
  return {
    found: found.map(toDrift),
    mended,
    rules: listed.rules.size,
    left: steps.reduce((sum, { left }) => sum + left.length, 0),
    failures: steps.flatMap(({ failures }) => failures),
  }
}

/** Rules and records, by the ids of endpoints. */
interface RulesAndRecords {
  readonly rules: ReadonlyMap<string, RuleListed>
  readonly records: ReadonlyMap<string, WebhookEndpoint>
}

/** A difference, with all that was seen of it as text: the same again is the same difference. */
interface Difference extends Drift {
  readonly record: WebhookEndpoint | undefined
  readonly seen: string
  /** The rule's target, where that is what differs. */
  readonly target?: string
}

/** The time of a step. */
interface Step {
  readonly clock: Clock
  readonly until: number
}

/** The rules are read first: what is registered meanwhile has its record by then, or is told apart by the second look. */
async function list({ store, bus }: Reconciliation): Promise<RulesAndRecords> {
  const rules = (await bus.listRules()).filter(({ endpointId }) => isEndpointId(endpointId))
  const records = await listAllWebhooks(store)
  return {
    rules: new Map(rules.map((rule) => [rule.endpointId, rule])),
    records: new Map(records.map((record) => [record.endpointId, record])),
  }
}

/** Whose rule or record there is, beginning elsewhere in every run. */
function idsInTurn({ rules, records }: RulesAndRecords, now: number): string[] {
  const ids = [...new Set([...records.keys(), ...rules.keys()])].sort()
  const first = Math.floor(
    ((Math.floor(now / (RECONCILE_SECONDS * SECOND_MS)) * GOLDEN_PART) % 1) * ids.length,
  )
  return [...ids.slice(first), ...ids.slice(0, first)]
}

/** How a rule differs as far as the lists tell. */
function differenceOf(
  { bus }: Reconciliation,
  listed: RulesAndRecords,
  endpointId: string,
): Difference[] {
  const [rule, record] = [listed.rules.get(endpointId), listed.records.get(endpointId)]
  const kind = kindOf(rule, record === undefined ? undefined : bus.ruleFor(record))
  return kind === undefined ? [] : [{ kind, endpointId, record, seen: seenOf(listed, endpointId) }]
}

function kindOf(
  rule: RuleListed | undefined,
  wanted: RuleListed | undefined,
): DriftKind | undefined {
  if (wanted === undefined) return 'orphaned'
  if (rule === undefined) return 'missing'
  if (rule.pattern !== wanted.pattern) return 'stale'
  if (rule.isEnabled === wanted.isEnabled) return undefined
  return wanted.isEnabled ? 'disabled-wrongly' : 'enabled-wrongly'
}

function seenOf({ rules, records }: RulesAndRecords, endpointId: string): string {
  return JSON.stringify([rules.get(endpointId), records.get(endpointId)])
}

/**
 * Puts rules that are missing. One that the bus has no room for costs a call in every run; there are few such, since registering
 * fails where there is no room.
 */
async function putMissing(
  reconciliation: Reconciliation,
  missing: readonly Difference[],
  { mended, ...step }: Step & { readonly mended: Drift[] },
): Promise<SlicesReport<Difference>> {
  return inSlices(missing, step, async (difference) => {
    if (await mend(reconciliation, difference)) mended.push(toDrift(difference))
  })
}

/** Adds the rules to what was found whose lists are right and whose target is not. */
async function findWrongTargets(
  { bus }: Reconciliation,
  listed: RulesAndRecords,
  { found, start, ...step }: Step & { readonly found: Difference[]; readonly start: number },
): Promise<SlicesReport<string>> {
  const known = new Set(found.map(({ endpointId }) => endpointId))
  const others = idsInTurn(listed, start).filter((id) => !known.has(id))
  return inSlices(others, step, async (endpointId) => {
    const record = listed.records.get(endpointId)
    const target = await bus.targetOf(endpointId)
    if (record === undefined || target === bus.ruleFor(record).target) return
    found.push({ kind: 'stale', endpointId, record, seen: seenOf(listed, endpointId), target })
  })
}

/** Mends what still differs in the same way. */
async function mendLasting(
  reconciliation: Reconciliation,
  doubtful: readonly Difference[],
  { mended, ...step }: Step & { readonly mended: Drift[] },
): Promise<SlicesReport<Difference>> {
  const listed = await list(reconciliation)
  return inSlices(doubtful, step, async (difference) => {
    const { endpointId, seen, target } = difference
    if (seenOf(listed, endpointId) !== seen) return
    if (target !== undefined && (await reconciliation.bus.targetOf(endpointId)) !== target) return
    if (await mend(reconciliation, difference)) mended.push(toDrift(difference))
  })
}

/** Whether it was mended: by the record as it is at that moment. */
async function mend({ store, bus }: Reconciliation, difference: Difference): Promise<boolean> {
  const { endpointId, record } = difference
  const now = record && (await getWebhook(store, record.workspaceId, endpointId))
  return (await applyRecord(bus, endpointId, now)) === 'done'
}

function toDrift({ kind, endpointId }: Difference): Drift {
  return { kind, endpointId }
}
