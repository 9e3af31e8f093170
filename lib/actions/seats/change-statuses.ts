import { defined } from '../../defined.ts'
import type { ObjectAfterStep, Step, Decision } from '../../rules/decide.ts'
import type { Change, StatusChange, StatusStep, WantedChange } from '../../rules/machine.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import type { KnownRows, Writes } from '../../rules/rows.ts'
import { atRest, type StatusWord, type Target } from '../../rules/seat.ts'
import { offerOf } from '../../venue/terms.ts'
import { readSeats, type EventPart, type SeatsRead } from '../../store/seats/read-seats.ts'
import { decideNow, knownOf, targetOf, tooMany } from './change-seats.ts'
import { commitInRounds } from './commit-in-rounds.ts'
import type { Context } from '../context.ts'
import { isLiveToken, withTokens } from './token-writes.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'

// Status changes of objects of events, in ordered steps that apply together or not at all:
//
// 1. Read all rows of all steps, and the hold tokens, in one batch.
// 2. Decide step after step, each on what the ones before made of its objects. The first refusal is the answer.
// 3. Commit; holds write their token along, so that no change of its deadline can miss them.

/** What a step came to: its objects in its events right after it, event after event. */
export interface StepResult {
  readonly objects: readonly (ObjectAfterStep & { readonly event: EventHead })[]
}

/**
 * Changes statuses in ordered steps, all or none. Refuses more objects than a request may change, an unknown event, a step over
 * events of different charts, a token that is not known, and with the first object that does not allow it.
 */
export async function changeStatuses(
  context: Context,
  steps: readonly StatusStep[],
): Promise<Outcome<readonly StepResult[]>> {
  const objects = steps.reduce((sum, step) => sum + step.eventKeys.length * step.objects.length, 0)
  if (objects > OBJECTS_MAX) return tooMany(objects)
  const { workspaceId } = context.caller
  const holdTokens = [...new Set(steps.flatMap(({ change }) => change.holdToken ?? []))]
  const request = context.keyed
  const wanted = { workspaceId, parts: partsOf(steps), holdTokens, request }
  const read = await readSeats(context.store, wanted)
  if (read.missing !== undefined) return refuse({ code: 'event-not-found', eventKey: read.missing })
  const events = new Map(read.events.map((found) => [found.event.eventKey, found]))
  if (steps.some((step) => chartsDiffer(step, events))) return refuse({ code: 'charts-differ' })
  const known = knownOf(read)
  return commitInRounds(context, known, {
    kind: steps[0]?.change.kind ?? 'set-back',
    decideOn: () => {
      const decided = decideSteps(context, steps, { events, known })
      if (!decided.ok) return decided
      const { writes, results } = decided.value
      const shaped = results.map((ofStep) => ({ objects: withEvents(ofStep, events) }))
      return succeed({ writes, result: shaped })
    },
  })
}

/** Each event once, with the labels that any step names of it. */
function partsOf(steps: readonly StatusStep[]): EventPart[] {
  const labels = new Map<string, Set<string>>()
  for (const { eventKeys, objects } of steps) {
    for (const eventKey of eventKeys) {
      const ofEvent = labels.get(eventKey) ?? new Set()
      for (const { label } of objects) ofEvent.add(label)
      labels.set(eventKey, ofEvent)
    }
  }
  return [...labels].map(([eventKey, ofEvent]) => ({ eventKey, labels: [...ofEvent] }))
}

type Events = ReadonlyMap<string, SeatsRead>

function chartsDiffer({ eventKeys }: StatusStep, events: Events): boolean {
  const charts = new Set(eventKeys.map((eventKey) => events.get(eventKey)?.event.chartId))
  return charts.size > 1
}

/** Holds write their tokens along. */
type StepsDecided = Pick<Decision, 'results'> & { readonly writes: Writes }

interface Ground {
  readonly events: Events
  readonly known: KnownRows
}

function decideSteps(
  context: Context,
  wanted: readonly StatusStep[],
  { events, known }: Ground,
): Outcome<StepsDecided> {
  const steps: Step[] = []
  let tokenRefusal: Refused | undefined
  for (const step of wanted) {
    const targets = targetsOf(step, { events, known })
    const change = toChange(context, step.change, { targets, known })
    if ('refusal' in change) {
      tokenRefusal = change
      break
    }
    steps.push({ targets, change })
  }
  const decision = decideNow(context, steps)
  const [first] = decision.refusals
  if (first !== undefined) {
    const place = wanted[first.step ?? 0]?.place
    return refuse({ ...refusalOf(first, steps, events), ...defined({ place }) })
  }
  if (tokenRefusal !== undefined) return tokenRefusal
  const written = withTokens(context, decision.writes, known.token)
  return written.ok ? succeed({ results: decision.results, writes: written.value }) : written
}

function targetsOf({ eventKeys, objects }: StatusStep, { events, known }: Ground): Target[] {
  const reads = eventKeys.flatMap((eventKey) => events.get(eventKey) ?? [])
  const atOdds = new Set(objects.map(({ label }) => label).filter((label) => differ(label, reads)))
  return reads.flatMap((read) =>
    objects.map(({ label, given }) => ({
      ...targetOf(read, label, known.seat),
      ...(atOdds.has(label) ? { isAtOdds: true as const } : {}),
      ...defined({ given }),
    })),
  )
}

/** Whether events put an object in different channels; one event never does. */
function differ(label: string, reads: readonly SeatsRead[]): boolean {
  if (reads.length < 2) return false
  const channels = reads.flatMap(({ terms }) => {
    const offer = offerOf(terms, label)
    return offer === undefined ? [] : [offer.channel]
  })
  return new Set(channels).size > 1
}

/** A token counts as known while it lives; one that was not issued here, to other changes than holds, where it holds an object. */
function toChange(
  { now }: Context,
  change: WantedChange,
  { targets, known }: { targets: readonly Target[]; known: KnownRows },
): StatusChange | Refused {
  const { holdToken } = change
  const isHold = change.kind === 'set-held'
  if (holdToken === undefined) return isHold ? refuse({ code: 'hold-token-required' }) : change
  const token = known.token.get(holdToken)
  const isLive = token !== undefined && isLiveToken(token, { now })
  if (isHold) {
    if (isLive) return { ...change, holdToken, until: token.expiresAt }
    return refuse({ code: 'hold-token-unknown', holdToken })
  }
  const holdsOne = targets.some(({ row }) => {
    const state = atRest(row, now())
    return state.status === 'held' && state.holdToken === holdToken
  })
  return isLive || (token === undefined && holdsOne)
    ? change
    : refuse({ code: 'hold-token-unknown', holdToken })
}

function refusalOf(
  { eventId, label, code: reason, from = 'free', step = 0 }: Decision['refusals'][number],
  steps: readonly Step[],
  events: Events,
) {
  const found = [...events.values()].find(({ event }) => event.eventId === eventId)
  const change = steps[step]?.change
  return {
    code: 'status-refused' as const,
    eventKey: found?.event.eventKey ?? '',
    label,
    reason,
    from,
    to: change === undefined ? 'free' : aimOf(change),
  }
}

const aims: Partial<Record<Change['kind'], StatusWord>> = {
  'set-booked': 'booked',
  'set-held': 'held',
  'set-resale': 'resale',
}

/** The status that a change leads to, as errors name it. */
function aimOf(change: Change): StatusWord {
  return change.kind === 'set-custom' ? `=${change.status}` : (aims[change.kind] ?? 'free')
}

function withEvents(objects: readonly ObjectAfterStep[], events: Events) {
  const heads = new Map([...events.values()].map(({ event }) => [event.eventId, event]))
  return objects.flatMap((stepped) => {
    const event = heads.get(stepped.target.event.eventId)
    return event === undefined ? [] : [{ ...stepped, event }]
  })
}
