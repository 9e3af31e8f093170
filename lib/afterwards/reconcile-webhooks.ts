import type { Bus } from '../bus/bus.ts'
import type { RuleFound } from '../bus/rules.ts'
import type { WebhookEndpoint } from '../records/webhook.ts'
import type { Store } from '../store/table/store.ts'
import { applyRecord, isEndpointId } from '../actions/webhooks/webhook-rules.ts'

// Makes the rules on the bus what the records say:
//
// 1. Compare all rules of ours with all records. A rule that is missing is put at once: if its endpoint is just being
//    deleted, there is an orphan for a while, and whoever delivers drops what comes of it.
// 2. Any other difference may be a change under way, whose rule is written and whose record is not yet: wait until every
//    such request has ended, and compare again. What differs in the same way still belongs to nobody: mend it.

/** Milliseconds after which a request that was under way has ended: API Gateway gives up after 29 s. */
const REQUEST_MS_MAX = 30_000

/** How a rule differs from its record; one that is orphaned has none. */
export type DriftKind = 'missing' | 'stale' | 'disabled-wrongly' | 'enabled-wrongly' | 'orphaned'

/** A rule that is not what it should be. */
export interface Drift {
  readonly kind: DriftKind
  readonly endpointId: string
}

/** What a reconciliation works with. */
export interface Reconciliation {
  readonly store: Pick<Store, 'listAllWebhooks' | 'getWebhook'>
  readonly bus: Pick<Bus, 'listRules' | 'ruleFor' | 'putRule' | 'removeRule'>
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** What differed, and what of it was mended: the rest settled by itself, or the bus takes no further rule. */
export interface Reconciled {
  readonly found: readonly Drift[]
  readonly mended: readonly Drift[]
  /** Rules of ours that were on the bus. */
  readonly rules: number
}

/** Makes our rules what the records say, and touches no other; a dry run only tells what differs. */
export async function reconcileWebhooks(
  reconciliation: Reconciliation,
  { isDryRun = false }: { isDryRun?: boolean } = {},
): Promise<Reconciled> {
  const { found, rules } = await compare(reconciliation)
  if (isDryRun) return { found: found.map(toDrift), mended: [], rules }
  const missing = found.filter(({ kind }) => kind === 'missing')
  const mended = await mend(reconciliation, missing)
  const doubtful = found.filter(({ kind }) => kind !== 'missing')
  if (doubtful.length > 0) {
    await reconciliation.sleep(REQUEST_MS_MAX)
    const still = new Set((await compare(reconciliation)).found.map(({ seen }) => seen))
    const lasting = doubtful.filter(({ seen }) => still.has(seen))
    mended.push(...(await mend(reconciliation, lasting)))
  }
  return { found: found.map(toDrift), mended, rules }
}

/** A difference, with all that was seen of rule and record as one text: the same again is the same difference. */
interface Difference extends Drift {
  readonly record: WebhookEndpoint | undefined
  readonly seen: string
}

/** The rules are read first: what is registered meanwhile has its record by then, or is told apart by the second look. */
async function compare({
  store,
  bus,
}: Reconciliation): Promise<{ readonly found: Difference[]; readonly rules: number }> {
  const rules = (await bus.listRules()).filter(({ endpointId }) => isEndpointId(endpointId))
  const ruleOf = new Map(rules.map((rule) => [rule.endpointId, rule]))
  const records = await store.listAllWebhooks()
  const recordOf = new Map(records.map((record) => [record.endpointId, record]))
  const ids = [...new Set([...recordOf.keys(), ...ruleOf.keys()])]
  const found = ids.flatMap((endpointId) => {
    const [rule, record] = [ruleOf.get(endpointId), recordOf.get(endpointId)]
    const kind = kindOf(rule, record === undefined ? undefined : bus.ruleFor(record))
    const seen = JSON.stringify([rule, record])
    return kind === undefined ? [] : [{ kind, endpointId, record, seen }]
  })
  return { found, rules: rules.length }
}

function kindOf(rule: RuleFound | undefined, wanted: RuleFound | undefined): DriftKind | undefined {
  if (wanted === undefined) return 'orphaned'
  if (rule === undefined) return 'missing'
  if (rule.pattern !== wanted.pattern || rule.target !== wanted.target) return 'stale'
  if (rule.isEnabled === wanted.isEnabled) return undefined
  return wanted.isEnabled ? 'disabled-wrongly' : 'enabled-wrongly'
}

/** Answers what was mended: by the record as it is at that moment. */
async function mend(
  { store, bus }: Reconciliation,
  differences: readonly Difference[],
): Promise<Drift[]> {
  const mended: Drift[] = []
  for (const difference of differences) {
    const { endpointId, record } = difference
    const now = record && (await store.getWebhook(record.workspaceId, endpointId))
    if ((await applyRecord(bus, endpointId, now)) === 'done') mended.push(toDrift(difference))
  }
  return mended
}

function toDrift({ kind, endpointId }: Difference): Drift {
  return { kind, endpointId }
}
