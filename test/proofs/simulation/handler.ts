import { bookSeats } from '../../../lib/actions/seats/book-seats.ts'
import type { Changed, EventParts } from '../../../lib/actions/seats/change-seats.ts'
import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import type { StepResult } from '../../../lib/actions/seats/decide-steps.ts'
import type { Context, KeyedRequest } from '../../../lib/actions/context.ts'
import { createHoldToken } from '../../../lib/actions/seats/create-hold-token.ts'
import { extendHolds } from '../../../lib/actions/seats/extend-holds.ts'
import type { HoldToken } from '../../../lib/actions/seats/hold-token.ts'
import { holdSeats } from '../../../lib/actions/seats/hold-seats.ts'
import { moveTokenDeadline } from '../../../lib/actions/seats/move-token-deadline.ts'
import { releaseSeats } from '../../../lib/actions/seats/release-seats.ts'
import { instant } from '../../../lib/clock.ts'
import { Fault } from '../../../lib/faults.ts'
import { runOnce } from '../../../lib/http/idempotency.ts'
import type { StatusStep, WantedChange } from '../../../lib/rules/machine.ts'
import type { Outcome } from '../../../lib/refusals.ts'
import type { ExtraDataText, StatusWord } from '../../../lib/rules/seat.ts'
import type { Runtime } from '../../../lib/open.ts'
import type { Answer, Asked, AskedStep, Opening, Reply } from './requests.ts'
import { changeSeasonAs } from './season-handler.ts'
import { changeTermsAs } from './terms-handler.ts'
import { AREAS, caller } from './venue.ts'
import { shown } from '../../support/shown.ts'

// Stands where an endpoint stands: request words in, an action of the product, an answer out. Everything from the
// idempotency key inwards is the product's own.

/** Answers a request in a process; a fault or bug is an answer too. */
export async function handle(runtime: Runtime, asked: Asked): Promise<Answer> {
  try {
    return await run(runtime, asked)
  } catch (error) {
    return thrown(error)
  }
}

async function run(runtime: Runtime, asked: Asked): Promise<Answer> {
  const { clock, ids, store, backOff } = runtime
  const context: Context = { now: () => clock.now(), backOff, ids, store, caller }
  if (asked.key === undefined) return toAnswer(await act(context, asked))
  const request = { keyId: caller.keyId, hash: asked.key, fingerprint: fingerprintOf(asked) }
  const attempt = {
    request,
    status: 200,
    keep: (reply: unknown) => ({ status: 200, body: JSON.stringify(reply) }),
    run: (keyed: KeyedRequest) => act({ ...context, keyed }, asked),
    isNo: (outcome: Outcome<Reply>) => !outcome.ok,
  }
  const ran = await runOnce(runtime, attempt)
  switch (ran.kind) {
    case 'ran':
      return toAnswer(ran.result)
    case 'replayed':
      return { kind: 'done', body: ran.answer.body, isReplayed: true }
    case 'problem':
      return { kind: 'problem', code: ran.problem.code }
  }
}

/** Says whether two requests ask the same. */
export function fingerprintOf(asked: Asked): string {
  const { verb, parts, places, isAll, holdToken, holdMs, steps, minutes, edit, season } = asked
  const opening = openingOf(asked)
  const what = [steps, minutes, edit, season]
  const all = [verb, parts, places, isAll, holdToken, holdMs, ...what, opening]
  return JSON.stringify(all)
}

function act(context: Context, asked: Asked): Promise<Outcome<Reply>> {
  const parts = asked.parts.map(({ eventKey, labels }) => ({ eventKey, labels }))
  const some = parts as unknown as EventParts
  const { places } = asked
  const holdToken = asked.holdToken ?? ''
  const until = instant(context.now() + (asked.holdMs ?? 0))
  switch (asked.verb) {
    case 'hold':
      return shown(
        context,
        (it) =>
          holdSeats(it, {
            parts: some,
            places,
            change: { kind: 'hold', holdToken, until, ...openingOf(asked) },
          }),
        toReply,
      )
    case 'book-held':
      return shown(
        context,
        (it) => bookSeats(it, { parts: some, places, change: { kind: 'book-held', holdToken } }),
        toReply,
      )
    case 'release':
      return shown(context, (it) => releaseSeats(it, { parts: some, places }), toReply)
    case 'release-held':
      return shown(context, (it) => releaseSeats(it, { parts: some, places, holdToken }), toReply)
    case 'extend':
      return extend(context, asked, { holdToken, until })
    case 'change':
      return shown(
        context,
        (it) => changeStatuses(it, (asked.steps ?? []).map(toStep)),
        toStepsReply,
      )
    case 'create-token':
      return shown(context, (it) => createHoldToken(it, asked.minutes ?? 1), toTokenReply)
    case 'move-token':
      return shown(
        context,
        (it) => moveTokenDeadline(it, { holdToken, minutes: asked.minutes ?? 0 }),
        toTokenReply,
      )
    case 'season':
      return changeSeasonAs(context, asked, { toStep, toStepsReply })
    case 'terms':
      return shown(
        context,
        (it) => changeTermsAs(it, asked),
        () => nothingChanged,
      )
  }
}

const nothingChanged: Reply = { changed: [], failed: [] }

function openingOf({ channelKeys, ignoreChannels }: Opening): Opening {
  return {
    ...(channelKeys === undefined ? {} : { channelKeys }),
    ...(ignoreChannels === undefined ? {} : { ignoreChannels }),
  }
}

function toStep(step: AskedStep, place: number): StatusStep {
  const { events, labels, extraData, ticketType, places = 1 } = step
  const given = {
    ...(extraData === undefined ? {} : { extraData: extraData as ExtraDataText }),
    ...(ticketType === undefined ? {} : { ticketType }),
  }
  return {
    eventKeys: events.map(({ eventKey }) => eventKey),
    objects: labels.map((label) => ({
      label,
      given,
      ...(isArea(label) ? { quantity: places } : {}),
    })),
    change: toChange(step),
    place,
  }
}

function isArea(label: string): boolean {
  return AREAS.some((area) => area.label === label.split('##')[0])
}

function toChange(step: AskedStep): WantedChange {
  const { to, holdToken, orderId, listingId, keepsData, allowed, rejected } = step
  const common = {
    ...openingOf(step),
    ...(holdToken === undefined ? {} : { holdToken }),
    ...(orderId === undefined ? {} : { orderId }),
    ...(keepsData === undefined ? {} : { keepExtraData: keepsData }),
    ...(allowed === undefined ? {} : { allowedBefore: allowed as StatusWord[] }),
    ...(rejected === undefined ? {} : { rejectedBefore: rejected as StatusWord[] }),
  }
  if (to.startsWith('=')) return { ...common, kind: 'set-custom', status: to.slice(1) }
  if (to === 'resale') {
    const listing = listingId === undefined ? {} : { resaleListingId: listingId }
    return { ...common, ...listing, kind: 'set-resale' }
  }
  return { ...common, kind: `set-${to as 'free' | 'booked' | 'held' | 'back'}` }
}

function toStepsReply(results: readonly StepResult[]): Reply {
  const changed = results.flatMap(({ objects }) =>
    objects
      .flatMap(({ event, ...stepped }) => ('after' in stepped ? { event, ...stepped } : []))
      .map(({ event, target: { label }, after }) => ({
        eventId: event.eventId,
        label,
        version: after.version,
        operationId: after.operationId,
        status: after.state.status === 'custom' ? `=${after.state.name}` : after.state.status,
      })),
  )
  return { changed, failed: [] }
}

function toTokenReply({ holdToken, row }: HoldToken): Reply {
  const token = { holdToken, version: row.version, until: row.expiresAt }
  return { changed: [], failed: [], token }
}

function toReply({ seats }: Pick<Changed, 'seats'>): Reply {
  const changed = seats.map(({ event, label, after }) => ({
    eventId: event.eventId,
    label,
    version: after.version,
    operationId: after.operationId,
    ...(after.state.status === 'held' ? { until: after.state.heldUntil } : {}),
  }))
  return { changed, failed: [] }
}

function extend(
  context: Context,
  { parts, isAll }: Asked,
  { holdToken, until }: { holdToken: string; until: ReturnType<typeof instant> },
): Promise<Outcome<Reply>> {
  const [part] = parts
  if (part === undefined) throw new Error('An extend names its event')
  const { eventKey, eventId, labels } = part
  const request = { eventKey, holdToken, until, ...(isAll === true ? {} : { labels }) }
  return shown(
    context,
    (it) => extendHolds(it, request),
    ({ extended, failed }) => ({
      // Which operation it was is not told: the judge finds it by the objects.
      changed: extended.map((label) => ({ eventId, label, version: 0, operationId: '' })),
      failed: failed.map(({ label, code }) => ({ label, code })),
    }),
  )
}

function toAnswer(outcome: Outcome<Reply>): Answer {
  if (outcome.ok) return { kind: 'done', body: JSON.stringify(outcome.value), isReplayed: false }
  return { kind: 'refused', refusal: outcome.refusal }
}

function thrown(error: unknown): Answer {
  if (error instanceof Fault) {
    return { kind: 'fault', outcome: error.outcome, message: error.message }
  }
  if (!(error instanceof Error)) return { kind: 'bug', message: String(error) }
  return isOutage(error)
    ? { kind: 'fault', outcome: 'not-applied', message: error.message }
    : { kind: 'bug', message: error.stack ?? '' }
}

/** A read that was given up, as lib/http/serve.ts takes it. */
function isOutage(error: Error): boolean {
  if (!('$metadata' in error)) return false
  const { httpStatusCode = 503 } = error.$metadata as { httpStatusCode?: number }
  return httpStatusCode >= 500 || /Throttl|LimitExceeded|Throughput/.test(error.name)
}
