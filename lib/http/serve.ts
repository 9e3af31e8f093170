import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { Caller, Context, KeyedRequest } from '../actions/context.ts'
import { Fault } from '../faults.ts'
import type { Refused } from '../inventory/refusals.ts'
import type { Runtime } from '../open.ts'
import type { Endpoint, RawJson } from './endpoint.ts'
import { nameRequest, runOnce } from './idempotency.ts'
import { parse } from './parse.ts'
import { replayed, reply, replyText } from './reply.ts'
import type { Unanswered } from './surface.ts'

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
  const { surface } = endpoint
  const { event, caller } = request
  const named = nameRequest(endpoint, event, caller)
  if (named !== undefined && 'code' in named) return reply(surface.answer(named))
  const parsed = parse(endpoint, event)
  if (!parsed.ok) return reply(surface.answer(parsed.problem))
  const run = (keyed?: KeyedRequest) =>
    endpoint.run(contextFor(runtime, caller ?? nobody, keyed), parsed.input)
  if (named === undefined) return replyTo(endpoint, await run())
  const status = endpoint.status ?? 200
  const outcome = await runOnce(runtime, { request: named, status, run, isNo })
  switch (outcome.kind) {
    case 'ran':
      return replyTo(endpoint, outcome.result)
    case 'replayed':
      return replayed(outcome.answer)
    case 'problem':
      return reply(surface.answer(outcome.problem))
  }
}

function replyTo(
  { surface, status = 200 }: Endpoint,
  result: Awaited<ReturnType<Endpoint['run']>>,
): APIGatewayProxyResult {
  if (isNo(result)) {
    const refused = 'problem' in result ? result.problem : { code: 'refused' as const, ...result }
    return reply(surface.answer(refused))
  }
  if (isRaw(result)) return replyText(status, result.rawJson)
  const body = isDone(result) ? result.value : result
  return reply({ status, body: body as object })
}

/** The only catch: answers what was thrown, and leaves it in the log with its cause. */
export function answerThrown(
  endpoint: Endpoint,
  runtime: () => Runtime,
  thrown: { error: unknown; event: APIGatewayProxyEvent },
): APIGatewayProxyResult {
  const { error, event } = thrown
  runtime().log({
    level: 'error',
    requestId: event.requestContext.requestId,
    endpoint: `${endpoint.method} ${endpoint.path}`,
    ...describe(error),
  })
  const isOutage = error instanceof Fault || isStoreOutage(error)
  if (!isOutage) return reply(endpoint.surface.answer({ code: 'bug' }))
  const outcome = error instanceof Fault ? error.outcome : 'not-applied'
  return reply(endpoint.surface.answer({ code: 'unavailable', outcome }))
}

function contextFor(runtime: Runtime, caller: Caller, keyed: KeyedRequest | undefined): Context {
  const { clock, ids, store, backOff } = runtime
  return { now: () => clock.now(), backOff, ids, store, caller, keyed }
}

function isNo(result: unknown): result is Refused | Unanswered {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false
}

function isDone(result: unknown): result is { readonly ok: true; readonly value: unknown } {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === true
}

function isRaw(result: unknown): result is RawJson {
  return typeof result === 'object' && result !== null && 'rawJson' in result
}

/** A read that the SDK gave up on: nothing was written. A request that DynamoDB finds wrong is a bug of ours instead. */
function isStoreOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return false
  const { httpStatusCode = 503 } = error.$metadata as { httpStatusCode?: number }
  const { name = '' } = error as { name?: string }
  return httpStatusCode >= 500 || /Throttl|LimitExceeded|Throughput/.test(name)
}

function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: String(error) }
  const cause = error.cause === undefined ? {} : { cause: describe(error.cause) }
  return { error: error.message, name: error.name, stack: error.stack, ...cause }
}
