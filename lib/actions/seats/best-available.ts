import type { Instant } from '../../clock.ts'
import { assert } from '../../faults.ts'
import type { Change, SeatRefusalCode } from '../../rules/machine.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import type { HallState } from '../../rules/best/candidates.ts'
import { beginHunt, chooseNext, type Hunt } from '../../rules/best/hunt.ts'
import { roomIn } from '../../rules/best/room.ts'
import type { Choice, Wish } from '../../rules/best/wish.ts'
import { nothingKnown, type KnownRows } from '../../rules/rows.ts'
import type { Target } from '../../rules/situations.ts'
import { shownState } from '../../rules/season/shown-state.ts'
import type { Context } from '../context.ts'
import { commitInRounds, type DecidedCommit } from './commit-in-rounds.ts'
import {
  decideOnGround,
  learnAll,
  lookFor,
  readGround,
  type Ground,
  type WideGround,
} from './ground.ts'
import { overriddenKeys, type OverriddenKeys } from './overridden-keys.ts'
import { targetOf } from './targets.ts'
import { isLiveToken } from './token-writes.ts'
import { readWhole, type WholeEvent } from './whole-event.ts'
import { lookEverywhere } from '../../store/seats/read-areas.ts'
import { sharersOf } from '../../venue/terms.ts'
import { readSeats, type SeatsRead } from '../../store/seats/read-seats.ts'
import { BEST_PLACES_MAX, OBJECTS_MAX } from '../../limits/limits.ts'

// Places for who names none:
//
// 1. Read the whole event, and choose.
// 2. Read the rows of what was chosen, as of any request, and decide. What others took since the event was read is left out from
//    then on, and something else is chosen, a few times.
// 3. Commit. Whoever loses that decides again from the rows that were handed back: either what was chosen is to be had still, or
//    it is left out and something else is chosen.

/** Choices in one round, before the event must have changed too much since it was read. */
const LOOKS_MAX = 6

/** A request for the best that there is. */
export interface BestRequest<Result> {
  readonly eventKey: string
  readonly wish: Wish
  readonly kind: Change['kind']
  /** Of a hold: the token, and whether it must have been issued here. */
  readonly holdToken?: { readonly name: string; readonly isIssued: boolean } | undefined
  /** How what was chosen is decided about, as if it had been named. */
  readonly take: (choice: Choice) => Decide<Result>
}

/** Decides about what was chosen, from what is known of its rows. */
export type Decide<Result> = (
  ground: Ground & { readonly overridden: OverriddenKeys },
) => Outcome<DecidedCommit<Result>> | 'unread'

/**
 * Takes the best that there is for a wish. Refuses an unknown event, a token that is not known, a chart that nothing can be measured
 * in, and a wish that nothing answers.
 */
export async function takeBest<Result>(
  context: Context,
  request: BestRequest<Result>,
): Promise<Outcome<Result>> {
  const began = await begin(context, request)
  if (!began.ok) return began
  const search: Search<Result> = { request, hunt: began.value, known: nothingKnown() }
  return commitInRounds(context, search.known, {
    kind: request.kind,
    decideOn: async () => again(context, search) ?? chooseAndDecide(context, search),
  })
}

async function begin<Result>(
  context: Context,
  { eventKey, wish, holdToken }: BestRequest<Result>,
): Promise<Outcome<Hunt>> {
  const { workspaceId } = context.caller
  const read = await readSeats(context.store, {
    workspaceId,
    parts: [{ eventKey, labels: [] }],
    holdTokens: holdToken === undefined ? [] : [holdToken.name],
    request: context.keyed,
  })
  const [found] = read.missing === undefined ? read.events : []
  if (read.missing !== undefined || found === undefined) {
    return refuse({ code: 'event-not-found', eventKey })
  }
  if (holdToken !== undefined) {
    const token = read.tokens.get(holdToken.name)
    const isUsable = token === undefined ? !holdToken.isIssued : isLiveToken(token, context)
    if (!isUsable) return refuse({ code: 'hold-token-unknown', holdToken: holdToken.name })
  }
  const { terms, event } = found
  if (!terms.inventory.hall.isMeasured) {
    return refuse({ code: 'no-focal-point', chartKey: event.chartKey })
  }
  if (wish.number > BEST_PLACES_MAX) return refuse({ code: 'best-not-found' })
  return succeed(beginHunt(stateOf(await readWhole(context, found), wish), wish))
}

function stateOf(
  { terms, labels, targetOf: read, at: now, areaOf, blocks }: WholeEvent,
  wish: Wish,
): HallState {
  const sharing = [...labels].flatMap((label) => sharersOf(terms.inventory, label))
  const touched = new Set([...labels, ...sharing])
  return {
    terms,
    isFree: (label) => !touched.has(label) || isFree(read(label), now),
    roomIn(area) {
      const { booked, held } = areaOf(area.label)
      const ofArea = { blocks: blocks.get(area.label) ?? [], taken: booked + held, now }
      return roomIn(terms, area, { ...wish, ...ofArea })
    },
  }
}

function isFree(target: Target, now: Instant): boolean {
  return shownState(target, now).state.status === 'free'
}

/** One buyer's search, over all rounds. */
interface Search<Result> {
  readonly request: BestRequest<Result>
  readonly hunt: Hunt
  /** What was read of rows, and what lost rounds handed back. */
  readonly known: KnownRows
  /** What was to be committed last. */
  last?: Chosen<Result>
}

/** What was chosen, as it was read. */
interface Chosen<Result> {
  readonly choice: Choice
  readonly read: SeatsRead
  readonly decide: (known: KnownRows) => ReturnType<Decide<Result>>
}

type Decided<Result> = Outcome<DecidedCommit<Result>>

/** After a round that was lost: the same choice, where it is to be had still. What is known of areas is stale then. */
function again<Result>(context: Context, search: Search<Result>): Decided<Result> | undefined {
  const { last, known, hunt } = search
  if (last === undefined || last.choice.labels.some((label) => last.read.areas.has(label))) {
    return undefined
  }
  for (const label of goneOf(context, last, known)) hunt.gone.add(label)
  const decided = last.decide(known)
  return decided === 'unread' || !decided.ok ? undefined : decided
}

async function chooseAndDecide<Result>(
  context: Context,
  search: Search<Result>,
): Promise<Decided<Result>> {
  const { request, hunt, known } = search
  const { kind } = request
  for (let look = 1; look <= LOOKS_MAX; look += 1) {
    const random = context.ids.random()
    const choice = chooseNext(hunt, { objectsMax: OBJECTS_MAX, random })
    if (choice === undefined) return refuse({ code: 'best-not-found' })
    const ground = await readChosen(context, request, choice)
    if (!ground.ok) return ground
    const overridden = await overriddenKeys(context.store, ground.value)
    const take = request.take(choice)
    const decide = (now: Ground) => take({ ...now, overridden })
    const decided = await decideOnGround(context, ground.value, { kind, decide })
    const [read] = ground.value.now
    assert(read !== undefined, 'a read has no part for an event')
    learnAll(known, ground.value.known)
    search.last = {
      choice,
      read,
      decide: (byNow) => take({ events: [read], known: byNow, overridden }),
    }
    if (decided.ok) return decided
    const gone = [...refusedIn(decided), ...goneOf(context, search.last, known)]
    if (gone.length === 0) return decided
    for (const label of gone) hunt.gone.add(label)
  }
  const { read, choice } = search.last ?? {}
  const seats = (choice?.labels ?? []).map((label) => {
    return { eventId: read?.event.eventId ?? '', label, code: 'busy' as const }
  })
  return refuse({ code: 'seats-refused', change: kind, seats })
}

/** Of an area all blocks: its sums are told. */
function readChosen<Result>(
  context: Context,
  { eventKey, holdToken }: BestRequest<Result>,
  { labels }: Choice,
): Promise<Outcome<WideGround>> {
  const { caller, keyed } = context
  return readGround(context, {
    workspaceId: caller.workspaceId,
    parts: [{ eventKey, labels: [...new Set(labels)] }],
    holdTokens: holdToken === undefined ? [] : [holdToken.name],
    request: keyed,
    look: lookEverywhere(lookFor(context, holdToken?.name)),
  })
}

/** Reasons that say something of the request: another choice would be refused as well. */
const ofTheRequest: readonly SeatRefusalCode[] = [
  'previous-not-allowed',
  'previous-rejected',
  'quantity-not-allowed',
  'extra-data-too-large',
  'busy',
]

/** What cannot be had after all. */
function refusedIn({ refusal }: Refused): string[] {
  const refused = refusal.code === 'seats-refused' ? refusal.seats : []
  const first = refusal.code === 'status-refused' ? [{ ...refusal, code: refusal.reason }] : []
  return [...refused, ...first].flatMap(({ label, code }) =>
    ofTheRequest.includes(code) ? [] : label,
  )
}

/** What others have of a choice by now. */
function goneOf<Result>(
  { now }: Context,
  { choice, read }: Pick<Chosen<Result>, 'choice' | 'read'>,
  known: KnownRows,
): string[] {
  const at = now()
  return [...new Set(choice.labels)].filter((label) => {
    const target = targetOf(read, { label, quantity: 1 }, { known, now: at })
    return !('area' in target) && !isFree(target, at)
  })
}
