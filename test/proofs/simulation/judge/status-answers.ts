import type { Asked, Reply } from '../requests.ts'
import { inOrder, walk } from './steps.ts'
import { isContended, mayBeBusy, momentsOf, sightsOf, type Case } from './window.ts'

// Judging what was answered to ordered steps, and to requests about hold tokens.

/** Milliseconds that a hold token lives at most, however often it is moved. */
export const TOKEN_LIFE_MS = 2 * 3_600_000

/** What is wrong with being told that steps were taken. */
export function changeDoneFaults({ sending, timeline }: Case, { changed }: Reply): string[] {
  const { asked, endedAt } = sending
  const operationId = changed[0]?.operationId ?? ''
  const changes = timeline.changes.get(operationId) ?? []
  const lines = new Map(
    changes.map(({ object, before, after }) => {
      const walked = walk(asked, { object, before, now: after.at })
      return [object, walked.lines.filter(({ isExpiry }) => !isExpiry)]
    }),
  )
  const expected = inOrder(asked).map(({ object }) => {
    const line = lines.get(object)?.shift()
    return `${object} v${line?.version} ${line?.to} by ${operationId}`
  })
  const told = changed.map(
    ({ eventId, label, version, status, operationId: by }) =>
      `${eventId} ${label} v${version} ${status} by ${by}`,
  )
  const faults = changes
    .filter(({ appliedAt }) => appliedAt > endedAt)
    .map(({ object }) => `${object} was changed after the answer`)
  if (told.join() === expected.join()) return faults
  return [...faults, `it tells of ${told.join(', ')} instead of ${expected.join(', ')}`]
}

/** What is wrong with being told what became of a token. */
export function tokenDoneFaults({ sending, timeline }: Case, { token }: Reply): string[] {
  if (token === undefined) return ['it does not tell of the token']
  const { holdToken, version, until } = token
  const { asked, endedAt } = sending
  if ((asked.holdToken ?? holdToken) !== holdToken) return ['it tells of another token']
  const found = timeline.tokens
    .get(holdToken)
    ?.changes.find(({ after }) => after.version === version)
  if (found?.after.until !== until) return [`version ${version} of ${holdToken} is not as it tells`]
  return found.appliedAt > endedAt ? [`${holdToken} was changed after the answer`] : []
}

/** What is wrong with the refusal of a request of either kind. */
export function refusedFaults(it: Case): string[] {
  const { answer, asked } = it.sending
  if (answer.kind !== 'refused') return []
  const { refusal } = answer
  if (refusal.code === 'status-refused') {
    return asked.verb === 'change' ? stepFaults(it, refusal) : ['it takes no steps']
  }
  if (refusal.code === 'hold-token-unknown' || refusal.code === 'hold-token-not-found') {
    return isDead(it, refusal.holdToken) ? [] : [`${refusal.holdToken} was alive all the time`]
  }
  if (refusal.code === 'hold-token-too-long') {
    return isTooLong(it) ? [] : ['the token would not live for too long']
  }
  // Nobody was seen in the way; that nothing was done is judged of every refusal.
  if (refusal.code === 'store-slow') return []
  if (refusal.code !== 'seats-refused') return [`a refusal that cannot be: ${refusal.code}`]
  return refusal.seats.flatMap(({ eventId, label, code }) =>
    code === 'busy' && isInTheWay(it, `${eventId} ${label}`)
      ? []
      : [`${eventId} ${label} is refused as ${code}`],
  )
}

interface StepRefused {
  readonly eventKey: string
  readonly label: string
  readonly reason: string
  readonly from: string
  readonly to: string
  readonly place?: number
}

/** The first object that could not be changed, where everything before it could be. */
function stepFaults(it: Case, refusal: StepRefused): string[] {
  const { asked } = it.sending
  const { eventKey, label, reason, from, to, place = -1 } = refusal
  const step = asked.steps?.[place]
  const eventId = step?.events.find((event) => event.eventKey === eventKey)?.eventId
  const object = `${eventId ?? ''} ${label}`
  const order = inOrder(asked)
  const at = order.findIndex((other) => other.place === place && other.object === object)
  if (step === undefined || at < 0) return [`it has no step ${place} of ${object}`]
  const aim = step.to === 'back' ? 'free' : step.to
  if (to !== aim) return [`it was to become ${aim}, and not ${to}`]
  const said = walksOf(it, object, place).map(({ refused }) => JSON.stringify(refused))
  const faults = said.includes(JSON.stringify({ code: reason, from, place }))
    ? []
    : [`${object} is refused as ${reason} from ${from}, and was only ${said.join(' or ')}`]
  const passedOver = order
    .slice(0, at)
    .filter((other) => walksOf(it, other.object, other.place).every(({ refused }) => refused))
  return [...faults, ...passedOver.map((other) => `${other.object} had to be refused before`)]
}

function walksOf(it: Case, object: string, lastPlace: number) {
  return sightsOf(it, object).map((sight) => walk(it.sending.asked, sight, lastPlace))
}

function isDead({ sending, timeline }: Case, token: string): boolean {
  const line = timeline.tokens.get(token)
  const isGone = Number(line?.removedAt) <= sending.endedAt
  return (
    isGone ||
    momentsOf(sending, line?.changes ?? []).some(
      ({ state, now }) => state === undefined || state.until <= now,
    )
  )
}

function isTooLong({ sending, timeline }: Case): boolean {
  const { asked, endedAt, offset } = sending
  const createdAt = timeline.tokens.get(asked.holdToken ?? '')?.changes[0]?.after.createdAt ?? 0
  return endedAt + offset + Number(asked.minutes) * 60_000 > createdAt + TOKEN_LIFE_MS
}

/** Whoever else is at the token is in the way of everything that it holds or is to hold. */
function isInTheWay(it: Case, object: string): boolean {
  if (mayBeBusy(it, object)) return true
  return tokensOf(it.sending.asked).some((token) => isContended(it, it.timeline.tokens.get(token)))
}

function tokensOf({ steps = [], holdToken }: Asked): string[] {
  return [holdToken, ...steps.map((step) => step.holdToken)].flatMap((token) => token ?? [])
}
