import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { Caller, Context, KeyedRequest } from '../actions/context.ts'
import { defined } from '../defined.ts'
import { assert } from '../faults.ts'
import type { Refusal, Refused } from '../refusals.ts'
import type { Runtime } from '../open.ts'
import { noteRefusal } from '../tally.ts'
import { admissionOf } from './admission.ts'
import type { Endpoint, Input, RawBytes, RawJson, RawText } from './endpoint.ts'
import { nameRequest, runOnce } from './idempotency.ts'
import { outageIn } from './outage.ts'
import { decodeAgain } from './lenient.ts'
import { parse, type ParseResult } from './parse.ts'
import { replayed, reply, replyBytes, replyTagged, replyText } from './reply.ts'
import type { Problem, RequestFacts, RequestProblem } from './surface.ts'

/** Seconds after which it may be worth asking again in an outage, or for what is busy. */
const OUTAGE_SECONDS = 1

/** The same of a place from where too much is held: holds are let go, or end, in minutes. */
const HOLDS_SECONDS = 30

/** Status of an answer without a body. */
const NO_CONTENT = 204

/** Nobody: the caller of an endpoint that is open to anyone. */
const nobody: Caller = {
  keyId: '',
  kind: 'publishable',
  workspaceId: '',
  settings: { publishableMayBook: false },
  address: '',
}

/** Parses a request, runs the endpoint and replies; throws only faults and bugs. */
export async function serve(
  endpoint: Endpoint,
  runtime: Runtime,
  request: { event: APIGatewayProxyEvent; caller: Caller | undefined },
): Promise<APIGatewayProxyResult> {
  const { event, caller } = request
  const facts = factsOf(event, caller)
  const refuse = (problem: Problem) => answerProblem(endpoint, problem, facts)
  const named = nameRequest(endpoint, event, caller)
  const parsed = parse(endpoint, event)
  if (named !== undefined && 'code' in named) return refuse(together(named, parsed))
  if (!parsed.ok) return refuse(parsed.problem)
  const answer = (result: Result) => replyTo(endpoint, result, { ...runtime, facts })
  const run = async (keyed?: KeyedRequest) => {
    const context = contextFor(endpoint, runtime, { caller, keyed })
    const admission = await admissionOf(endpoint, { event, ...context })
    return runAsMeant(endpoint, { ...context, admission }, parsed.input)
  }
  if (named === undefined) return answer(await run())
  const status = endpoint.status ?? 200
  const attempt = { request: named, status, run, isNo, ...keepingNoSecret(endpoint, facts) }
  const outcome = await runOnce(runtime, attempt)
  switch (outcome.kind) {
    case 'ran':
      return answer(outcome.result)
    case 'replayed':
      return replayed(outcome.answer)
    case 'problem':
      return refuse(outcome.problem)
  }
}

/** The fault of a header along with all others of the request. */
function together(problem: Problem, parsed: ParseResult): Problem {
  if (parsed.ok || problem.code !== 'input-invalid') return problem
  const { problem: other } = parsed
  if (other.code !== 'input-invalid') return problem
  return { code: 'input-invalid', issues: [...problem.issues, ...other.issues] }
}

type Result = Awaited<ReturnType<Endpoint['run']>>

/** A lenient surface looks again for an event whose key was encoded twice; a refused request has changed nothing. */
async function runAsMeant(
  endpoint: Endpoint,
  context: Context,
  input: Input<unknown, unknown, unknown>,
): Promise<Result> {
  const result = await runAndShow(endpoint, context, input)
  if (endpoint.surface.reading !== 'lenient' || !isNo(result) || 'problem' in result) return result
  const { refusal } = result
  if (refusal.code !== 'event-not-found') return result
  const params = decodeAgain(input.params, refusal.eventKey)
  return params === undefined ? result : runAndShow(endpoint, context, { ...input, params })
}

/**
 * Has what comes of a request shown: to whoever asks, and before in the receipt that is kept with the change. The same result is
 * shown once, so that a repeat gets word for word what was answered.
 */
async function runAndShow(
  endpoint: Endpoint,
  context: Context,
  input: Input<unknown, unknown, unknown>,
): Promise<Result> {
  const { show } = endpoint
  if (show === undefined) return endpoint.run(context, input)
  const { keyed } = context
  const replies = new Map<unknown, unknown>()
  const replyTo = (result: unknown) => {
    if (!replies.has(result)) replies.set(result, show(result, input, context))
    return replies.get(result)
  }
  const showing = keyed && {
    ...keyed,
    receiptFor: (result: unknown, left?: string) => keyed.receiptFor(replyTo(result), left),
  }
  const came = await endpoint.run({ ...context, keyed: showing }, input)
  if (isNo(came) || isRaw(came) || isText(came) || isBytes(came)) return came
  return isDone(came) ? { ok: true, value: replyTo(came.value) } : replyTo(came)
}

/** An answer that shows a secret is not kept: a repeat is told only that it was given. */
function keepingNoSecret({ surface, showsSecret }: Endpoint, facts: RequestFacts) {
  if (showsSecret !== true) return {}
  const { status, body } = surface.answer({ code: 'answer-not-kept' }, facts)
  return { keep: () => ({ status, body: JSON.stringify(body) }) }
}

/** Answers a problem in the surface's words, and notes it for the line of the request. */
export function answerProblem(
  { surface }: Pick<Endpoint, 'surface'>,
  problem: Problem,
  facts: RequestFacts,
): APIGatewayProxyResult {
  const refusal = problem.code === 'refused' ? problem.refusal : undefined
  noteRefusal(refusal?.code ?? problem.code, refusal !== undefined && isBusy(refusal))
  return withRetry(reply(surface.answer(problem, facts)), problem)
}

/** Whoever is told that there is no service now, or too much of it, is told when to come again. */
function withRetry(result: APIGatewayProxyResult, problem: Problem): APIGatewayProxyResult {
  if (result.statusCode !== 503 && result.statusCode !== 429) return result
  return { ...result, headers: { ...result.headers, 'Retry-After': String(secondsFor(problem)) } }
}

function secondsFor(problem: Problem): number {
  if ('retrySeconds' in problem) return problem.retrySeconds
  if (problem.code !== 'refused') return OUTAGE_SECONDS
  const { refusal } = problem
  if ('retryAfterSeconds' in refusal) return refusal.retryAfterSeconds
  return refusal.code === 'too-many-live-holds' ? HOLDS_SECONDS : OUTAGE_SECONDS
}

function isBusy(refusal: Refusal): boolean {
  if (refusal.code === 'seats-refused') return refusal.seats.some(({ code }) => code === 'busy')
  return refusal.code === 'record-busy'
}

/** What an error may tell of a request. */
export function factsOf(event: APIGatewayProxyEvent, caller: Caller | undefined): RequestFacts {
  const { requestId } = event.requestContext
  return { requestId, workspaceKey: caller?.workspaceKey ?? '' }
}

function replyTo(
  { surface, status = 200, isTagged, isShareable }: Endpoint,
  result: Result,
  { facts, hasSharedCache }: { facts: RequestFacts } & Pick<Runtime, 'hasSharedCache'>,
): APIGatewayProxyResult {
  if (isNo(result)) {
    const problem = 'problem' in result ? result.problem : { code: 'refused' as const, ...result }
    return answerProblem({ surface }, problem, facts)
  }
  if (isRaw(result)) {
    assert(isTagged === true, 'a reply has a tag that is not documented')
    return replyTagged(status, result, isShareable === true && hasSharedCache)
  }
  if (isText(result)) return replyText(status, result.text, result.mediaType)
  if (isBytes(result)) return replyBytes(status, result)
  const body = isDone(result) ? result.value : result
  return body === undefined ? replyText(NO_CONTENT, '') : reply({ status, body: body as object })
}

/** The only catch: answers what was thrown, and leaves it in the log with its cause. */
export function answerThrown(
  endpoint: Endpoint,
  runtime: () => Runtime,
  thrown: { error: unknown; event: APIGatewayProxyEvent; caller: Caller | undefined },
): APIGatewayProxyResult {
  const { error, event } = thrown
  const facts = factsOf(event, thrown.caller)
  const outage = outageIn(error)
  if (outage?.isOverloaded === true) {
    const { retryAfterSeconds: retrySeconds = OUTAGE_SECONDS } = outage
    return answerProblem(endpoint, { code: 'overloaded', retrySeconds }, facts)
  }
  if (outage?.retryAfterSeconds !== undefined) {
    const { retryAfterSeconds } = outage
    const refusal = { code: 'store-slow', retryAfterSeconds } as const
    return answerProblem(endpoint, { code: 'refused', refusal }, facts)
  }
  runtime().log({
    level: 'error',
    requestId: event.requestContext.requestId,
    endpoint: `${endpoint.method} ${endpoint.path}`,
    ...describe(error),
  })
  if (outage === undefined) return reply(endpoint.surface.answer({ code: 'bug' }, facts))
  const problem = { code: 'unavailable', outcome: outage.outcome } as const
  return withRetry(reply(endpoint.surface.answer(problem, facts)), problem)
}

function contextFor(
  endpoint: Endpoint,
  runtime: Runtime,
  { caller = nobody, keyed }: { caller: Caller | undefined; keyed: KeyedRequest | undefined },
): Context {
  const { clock, ids, store, backOff, deriveSecret, webhooks, keyCache, pictures } = runtime
  const openBus = runtime.openBus ?? endpoint.openBus
  return {
    now: () => clock.now(),
    backOff,
    ids,
    store,
    caller,
    deriveSecret,
    webhooks,
    pictures,
    keyed,
    forgetKeys: () => {
      keyCache.clear()
    },
    ...defined({ openBus }),
  }
}

function isNo(result: unknown): result is Refused | RequestProblem {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false
}

function isDone(result: unknown): result is { readonly ok: true; readonly value: unknown } {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === true
}

function isRaw(result: unknown): result is RawJson {
  return typeof result === 'object' && result !== null && 'rawJson' in result
}

function isText(result: unknown): result is RawText {
  return typeof result === 'object' && result !== null && 'text' in result && 'mediaType' in result
}

function isBytes(result: unknown): result is RawBytes {
  return typeof result === 'object' && result !== null && 'bytes' in result
}

function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) }
  const cause = error.cause === undefined ? {} : { cause: describe(error.cause) }
  return { error: error.message, name: error.name, stack: error.stack, ...cause }
}
