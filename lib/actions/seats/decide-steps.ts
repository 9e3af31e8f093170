import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { heldBy } from '../../rules/area/moves.ts'
import type { AfterStep, Decision, Step } from '../../rules/decide.ts'
import type { Change, StatusChange, StepObject, WantedChange } from '../../rules/machine.ts'
import type { EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import type { KnownRows, Writes } from '../../rules/rows.ts'
import { atRest, type StatusWord } from '../../rules/seat.ts'
import { offerOf } from '../../venue/terms.ts'
import type { SeatsRead } from '../../store/seats/read-seats.ts'
import { admit } from './admission.ts'
import { decideNow, tooMany } from './change-seats.ts'
import type { DecidedCommit } from './commit-in-rounds.ts'
import type { Context } from '../context.ts'
import type { Ground } from './ground.ts'
import type { OverriddenKeys, OverridesNow } from './overridden-keys.ts'
import { isSeasonStep, seasonStepsOf, type AnyStep } from './season-steps.ts'
import { targetOf, type KnownNow } from './targets.ts'
import { isLiveToken, withTokens } from './token-writes.ts'
import { OBJECTS_MAX } from '../../limits/limits.ts'

// What steps come to, one after the other, each on what the ones before made of its objects. The first refusal is the answer.

/** What a step came to: its objects in its events right after it, event after event. */
export interface StepResult {
  readonly objects: readonly (AfterStep & OverridesNow & { readonly event: EventHead })[]
}

/** Decides all steps from what is known of rows by now; refuses a step over events of different charts. */
export function decideStatuses(
  context: Context,
  steps: readonly AnyStep[],
  { events: reads, known, overridden }: Ground & { readonly overridden: OverriddenKeys },
): Outcome<DecidedCommit<readonly StepResult[]>> | 'unread' {
  const events = new Map(reads.map((found) => [found.event.eventKey, found]))
  if (steps.some((step) => chartsDiffer(step, events))) return refuse({ code: 'charts-differ' })
  const decided = decideSteps(context, steps, { events, known })
  if (decided === 'unread' || !decided.ok) return decided
  const { writes, results } = decided.value
  const result = results.map((ofStep) => ({ objects: withEvents(ofStep, events, overridden) }))
  return succeed({ writes, result })
}

/** One name for all that is asked for alike. */
export function nameOf({ label, given }: StepObject): string {
  return JSON.stringify([label, given?.ticketType, given?.extraData])
}

type Events = ReadonlyMap<string, SeatsRead>

function chartsDiffer({ eventKeys }: AnyStep, events: Events): boolean {
  const charts = new Set(eventKeys.map((eventKey) => events.get(eventKey)?.event.chartId))
  return charts.size > 1
}

/** Holds write their tokens along. */
type StepsDecided = Pick<Decision, 'results'> & { readonly writes: Writes }

interface Seen {
  readonly events: Events
  readonly known: KnownRows
}

function decideSteps(
  context: Context,
  wanted: readonly AnyStep[],
  seen: Seen,
): Outcome<StepsDecided> | 'unread' {
  const { events, known } = seen
  const admitted = admit(context, headsToHoldIn(wanted, events))
  if (!admitted.ok) return admitted
  const steps: Step[] = []
  /** For each of them, which of those that are wanted it is of. */
  const of: number[] = []
  let stepRefused: Refused | undefined
  for (const [place, step] of wanted.entries()) {
    const made = stepsOf(context, step, seen)
    if (made === 'unread') return made
    if (!made.ok) {
      stepRefused = made
      break
    }
    steps.push(...made.value)
    of.push(...made.value.map(() => place))
  }
  const objects = steps.reduce((sum, { targets }) => sum + targets.length, 0)
  if (objects > OBJECTS_MAX) return tooMany(objects)
  const decision = decideNow(context, steps)
  if (decision.isUnread) return 'unread'
  const [first] = decision.refusals
  if (first !== undefined) {
    const place = wanted[of[first.step ?? 0] ?? 0]?.place
    return refuse({ ...refusalOf(first, steps, events), ...defined({ place }) })
  }
  if (stepRefused !== undefined) return stepRefused
  const held = { tokens: known.token, admission: admitted.value }
  const written = withTokens(context, decision.writes, held)
  if (!written.ok) return written
  const results = wanted.map((_, place) =>
    decision.results.flatMap((it, at) => (of[at] === place ? it : [])),
  )
  return succeed({ results, writes: written.value })
}

/** The events in which something is to be held. */
function headsToHoldIn(steps: readonly AnyStep[], events: Events): EventHead[] {
  return steps.flatMap((step) => {
    if (isSeasonStep(step) || step.change.kind !== 'set-held') return []
    return step.eventKeys.flatMap((eventKey) => events.get(eventKey)?.event ?? [])
  })
}

/** What is to be decided of a step that is wanted. */
function stepsOf(
  context: Context,
  step: AnyStep,
  { events, known }: Seen,
): Outcome<readonly Step[]> | 'unread' {
  const now = context.now()
  const targets = targetsOf(step, { events, known, now })
  if (isSeasonStep(step)) return seasonStepsOf(step, targets, events)
  const change = toChange(context, step.change, { targets, known })
  if (change === 'unread' || 'refusal' in change) return change
  return succeed([{ targets, change }])
}

type OneOf = ReturnType<typeof targetOf>

function targetsOf(
  { eventKeys, objects }: AnyStep,
  { events, ...known }: Seen & KnownNow,
): OneOf[] {
  const reads = eventKeys.flatMap((eventKey) => events.get(eventKey) ?? [])
  const atOdds = new Set(objects.map(({ label }) => label).filter((label) => differ(label, reads)))
  return reads.flatMap((read) =>
    joinPlaces(
      objects.map(({ label, given, quantity = 1 }) => ({
        target: targetOf(
          read,
          {
            label,
            quantity,
            ...(atOdds.has(label) ? { isAtOdds: true as const } : {}),
            ...defined({ given }),
          },
          known,
        ),
        name: nameOf({ label, ...defined({ given }) }),
      })),
    ),
  )
}

/** Places of an area that are asked for alike are one target, where the first of them was. */
function joinPlaces(named: readonly { readonly target: OneOf; readonly name: string }[]): OneOf[] {
  const joined = new Map<string, OneOf>()
  for (const [index, { target, name }] of named.entries()) {
    const former = joined.get(name)
    if (!('area' in target) || former === undefined) {
      joined.set('area' in target ? name : `${index} ${name}`, target)
    } else {
      const quantity = (former.quantity ?? 0) + (target.quantity ?? 0)
      joined.set(name, { ...former, quantity })
    }
  }
  return [...joined.values()]
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
  { targets, known }: { targets: readonly OneOf[]; known: KnownRows },
): StatusChange | Refused | 'unread' {
  const { holdToken } = change
  const isHold = change.kind === 'set-held'
  if (holdToken === undefined) return isHold ? refuse({ code: 'hold-token-required' }) : change
  const token = known.token.get(holdToken)
  const isLive = token !== undefined && isLiveToken(token, { now })
  if (isHold) {
    if (isLive) return { ...change, holdToken, until: token.expiresAt }
    return refuse({ code: 'hold-token-unknown', holdToken })
  }
  if (isLive) return change
  if (token === undefined) {
    if (targets.some((target) => holds(target, holdToken, now()))) return change
    if (targets.some((target) => 'area' in target && !target.read.isWhole)) return 'unread'
  }
  return refuse({ code: 'hold-token-unknown', holdToken })
}

function holds(target: OneOf, holdToken: string, now: Instant): boolean {
  if ('area' in target) {
    return [...target.read.blocks.values()].some((row) => heldBy(row, holdToken, now) > 0)
  }
  const state = atRest(target.row, now)
  return state.status === 'held' && state.holdToken === holdToken
}

function refusalOf(
  { eventId, label, code: reason, from = 'free', step = 0, left }: Decision['refusals'][number],
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
    ...defined({ left }),
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

function withEvents(objects: readonly AfterStep[], events: Events, overridden: OverriddenKeys) {
  const heads = new Map([...events.values()].map(({ event }) => [event.eventId, event]))
  return objects.flatMap((stepped) => {
    const event = heads.get(stepped.target.event.eventId)
    if (event === undefined) return []
    return [
      { ...stepped, event, ...overridden('area' in stepped ? stepped.area.sums : stepped.after) },
    ]
  })
}
