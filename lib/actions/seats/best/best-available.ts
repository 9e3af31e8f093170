import { assert } from '../../../faults.ts'
import type { Change, SeatRefusalCode } from '../../../rules/machine.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../../refusals.ts'
import { beginHunt, chooseNext, type Hunt } from '../../../rules/best/hunt.ts'
import type { Choice, Wish } from '../../../rules/best/wish.ts'
import { nothingKnown, type KnownRows } from '../../../rules/rows.ts'
import { shownState } from '../../../rules/season/shown-state.ts'
import type { Context } from '../../context.ts'
import { admit } from '../admission.ts'
import { commitInRounds, type DecidedCommit } from '../commit-in-rounds.ts'
import {
  decideOnGround,
  learnAll,
  lookFor,
  readGround,
  type Ground,
  type WideGround,
} from '../ground.ts'
import { overriddenKeys, type OverriddenKeys } from '../overridden-keys.ts'
import { targetOf } from '../targets.ts'
import { isLiveToken } from '../token-writes.ts'
import { readHall, seeHall, type HallSeen } from './see-hall.ts'
import { lookEverywhere } from '../../../store/seats/read-areas.ts'
import { readSeats, type SeatsRead } from '../../../store/seats/read-seats.ts'
import { OBJECTS_MAX } from '../../../limits/limits.ts'

// Places for who names none:
//
// 1. See the whole event as everybody polls it, a moment old, and choose.
// 2. Read the rows of what was chosen, as of any request, and decide. What others took meanwhile is left out from then on, and
//    something else is chosen, a few times.
// 3. Commit. Whoever loses seats leaves them out, whether they are taken or others are only about to take them, and chooses something
//    else; who lost something else, as the row of a hold token, decides again about the same seats.
// 4. Where nothing is found so, or only what is taken, all rows are read, once: what was seen late refuses nobody.

/** Choices in one round of one sight of the event, before that must be too old. */
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
  const search = began.value
  const outcome = await commitInRounds(context, search.known, {
    kind: request.kind,
    decideOn: async (_, lost) => again(context, search, lost) ?? chooseAndDecide(context, search),
  })
  if (outcome.ok) for (const label of soldIn(search)) search.seen.gone.add(label)
  return outcome
}

async function begin<Result>(
  context: Context,
  request: BestRequest<Result>,
): Promise<Outcome<Search<Result>>> {
  const { eventKey, wish, holdToken } = request
  const { workspaceId } = context.caller
  const read = await readSeats(context.store, {
    workspaceId,
    parts: [{ eventKey, labels: [] }],
    holdTokens: holdToken === undefined ? [] : [holdToken.name],
    request: context.keyed,
  })
  const [event] = read.missing === undefined ? read.events : []
  if (read.missing !== undefined || event === undefined) {
    return refuse({ code: 'event-not-found', eventKey })
  }
  if (holdToken !== undefined) {
    // Who is not let in need not look for anything.
    const admitted = admit(context, [event.event])
    if (!admitted.ok) return admitted
    const token = read.tokens.get(holdToken.name)
    const isUsable = token === undefined ? !holdToken.isIssued : isLiveToken(token, context)
    if (!isUsable) return refuse({ code: 'hold-token-unknown', holdToken: holdToken.name })
  }
  const { inventory } = event.terms
  if (!inventory.hall.isMeasured) {
    return refuse({ code: 'no-focal-point', chartKey: event.event.chartKey })
  }
  const seen = await seeHall(context, event, wish)
  const known = nothingKnown()
  return succeed({ request, event, seen, hunt: beginHunt(seen.state, wish), known })
}

/** One buyer's search, over all rounds. */
interface Search<Result> {
  readonly request: BestRequest<Result>
  /** As it was read when the search began. */
  readonly event: SeatsRead
  seen: HallSeen
  hunt: Hunt
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

/**
 * After a round that was lost: the same choice, where it is to be had still, and it was not for its seats that others were in the way:
 * whoever goes on wanting the same seats goes on meeting those who do. What is known of areas is stale then.
 */
function again<Result>(
  context: Context,
  search: Search<Result>,
  lost: readonly string[],
): Decided<Result> | undefined {
  const { last, known, hunt } = search
  if (last === undefined) return undefined
  if (lost.length > 0) hunt.lost += 1
  if (last.choice.labels.some((label) => last.read.areas.has(label))) return undefined
  leaveOut(search, goneOf(context, last, known))
  for (const label of lost) hunt.gone.add(label)
  if (lost.length > 0) return undefined
  const decided = last.decide(known)
  return decided === 'unread' || !decided.ok ? undefined : decided
}

async function chooseAndDecide<Result>(
  context: Context,
  search: Search<Result>,
): Promise<Decided<Result>> {
  const found = await lookAround(context, search)
  if (found !== 'nothing' && found !== 'taken') return found
  if (!search.seen.isWhole) {
    const { event, request, hunt } = search
    search.seen = await readHall(context, event, request.wish)
    search.hunt = beginHunt(search.seen.state, request.wish, hunt.lost)
    return chooseAndDecide(context, search)
  }
  if (found === 'taken') return refuseBusy(search)
  const { number } = search.request.wish
  const isTooMany = number > OBJECTS_MAX
  return refuse(
    isTooMany
      ? { code: 'best-too-many', number, objectsMax: OBJECTS_MAX }
      : { code: 'best-not-found' },
  )
}

function refuseBusy<Result>({ request, event, last }: Search<Result>) {
  const { eventId } = event.event
  const labels = last?.choice.labels ?? []
  const seats = labels.map((label) => ({ eventId, label, code: 'busy' as const }))
  return refuse({ code: 'seats-refused', change: request.kind, seats })
}

/** Chooses, reads what was chosen, and decides. 'taken' where too much of what was seen as free is not any more. */
async function lookAround<Result>(
  context: Context,
  search: Search<Result>,
): Promise<Decided<Result> | 'nothing' | 'taken'> {
  const { request, hunt, known } = search
  const { kind } = request
  for (let look = 1; look <= LOOKS_MAX; look += 1) {
    const random = context.ids.random()
    const choice = chooseNext(hunt, { objectsMax: OBJECTS_MAX, random })
    if (choice === undefined) return 'nothing'
    const ground = await readChosen(context, request, choice)
    if (!ground.ok) return ground
    const overridden = await overriddenKeys(context.store, ground.value)
    const take = request.take(choice)
    const decide = (now: Ground) => take({ ...now, overridden })
    const [read] = ground.value.now
    assert(read !== undefined, 'a read has no part for an event')
    // What was held since the event was seen, by this very token too: holding that again would give the buyer nothing.
    const now = { choice, read, known: ground.value.known }
    const held = labelsOf(context, now, (status) => status === 'held')
    if (held.length > 0) {
      hunt.missed += 1
      leaveOut(search, held)
      continue
    }
    const decided = await decideOnGround(context, ground.value, { kind, decide })
    learnAll(known, ground.value.known)
    search.last = {
      choice,
      read,
      decide: (byNow) => take({ events: [read], known: byNow, overridden }),
    }
    if (decided.ok) return decided
    const gone = goneOf(context, search.last, known)
    const refused = [...refusedIn(decided), ...gone]
    if (refused.length === 0) return decided
    hunt.missed += 1
    leaveOut(search, gone)
    for (const label of refused) hunt.gone.add(label)
  }
  return 'taken'
}

/** What somebody has is left out by others, too, who see the same. */
function leaveOut<Result>({ hunt, seen }: Search<Result>, gone: readonly string[]): void {
  for (const label of gone) {
    hunt.gone.add(label)
    seen.gone.add(label)
  }
}

/** Of an area there is more. */
function soldIn<Result>({ last }: Search<Result>): readonly string[] {
  return last?.choice.labels.filter((label) => !last.read.areas.has(label)) ?? []
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
function goneOf<Result>(context: Context, chosen: Chosen<Result>, known: KnownRows): string[] {
  return labelsOf(context, { ...chosen, known }, (status) => status !== 'free')
}

/** The labels of a choice, places of areas aside, that have such a status by what is known of their rows. */
function labelsOf(
  { now }: Context,
  { choice, read, known }: { choice: Choice; read: SeatsRead; known: KnownRows },
  isWanted: (status: string) => boolean,
): string[] {
  const at = now()
  return [...new Set(choice.labels)].filter((label) => {
    const target = targetOf(read, { label, quantity: 1 }, { known, now: at })
    return !('area' in target) && isWanted(shownState(target, at).state.status)
  })
}
