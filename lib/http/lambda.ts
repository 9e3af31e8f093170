import middy from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { Fault } from '../faults.ts'
import { THROTTLED_MS_MAX } from '../limits/limits.ts'
import { openRuntime, type Runtime } from '../open.ts'
import { withPatience } from '../patience.ts'
import { tallied, untallied } from '../tally.ts'
import { authenticate, refuseStranger, type CallerContext } from './auth.ts'
import { asAsked } from './as-asked.ts'
import { answerTooLarge, sendable, takesGzip } from './sendable.ts'
import type { ApiHandler } from './catalog.ts'
import { limitRequests } from './limit-requests.ts'
import { originFor, withCors } from './cors.ts'
import type { Endpoint } from './endpoint.ts'
import { throughIntake } from './intake.ts'
import { requestLine } from './request-line.ts'
import { answerProblem, answerThrown, factsOf } from './serve.ts'
import type { Problem } from './surface.ts'

/** The Lambda function of an endpoint, opened from the environment with its first request. */
export function lambda(endpoint: Endpoint): ApiHandler {
  return handlerFor(endpoint, openRuntime)
}

/** The same function over a given runtime. */
export function handlerFor(endpoint: Endpoint, runtime: () => Runtime): ApiHandler {
  const answer = middy<APIGatewayProxyEvent, APIGatewayProxyResult, Error, CallerContext>({
    timeoutEarlyResponse: () => {
      throw timeIsUp(endpoint)
    },
  })
    .onError((request) => {
      const { event, error, context } = request
      const { caller } = context
      request.response = answerThrown(endpoint, runtime, { error, event, caller })
    })
    .before(authenticate(endpoint, runtime))
    .before(async ({ event, context }) => {
      const counted = await limitRequests(endpoint, runtime(), { event, caller: context.caller })
      if (counted.headers !== undefined) context.limits = counted.headers
      return counted.refused
    })
    .handler((event, { caller }) => throughIntake(endpoint, runtime(), { event, caller }))
  return async (event, context: CallerContext) => {
    const { clock, log, stage, corsOrigins, neverThrottles } = runtime()
    const began = clock.now()
    const counting = stage === undefined ? untallied : tallied
    const { result, tally } = await counting(async () => {
      const answering = () => answer(event, context)
      const patiently = () => withPatience(THROTTLED_MS_MAX, answering)
      const answered = asAsked(event, await (neverThrottles ? answering() : patiently()))
      const sent = await sendable(event, answered)
      const { caller } = context
      return (
        sent ??
        answerProblem(endpoint, answerTooLarge(endpoint, takesGzip(event)), factsOf(event, caller))
      )
    })
    const { statusCode: status } = result
    if (stage !== undefined) {
      const { keyId } = context
      log(requestLine(endpoint, stage, { event, keyId, status, tally, began, ended: clock.now() }))
    }
    const { limits } = context
    const told = { ...result, headers: { ...result.headers, ...limits } }
    return addressed(endpoint, told, { event, corsOrigins })
  }
}

/** What stands before a function that shares its process with others. */
export interface Door {
  /** The answer to whoever may not call at all, before the body is read; undefined for everyone else. */
  readonly refuse: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult | undefined>
  /** What is answered in the function's place to a request that is longer, without its body, than the gateway takes. */
  readonly refuseLong: (event: APIGatewayProxyEvent, bytesMax: number) => APIGatewayProxyResult
  /** What is answered in the function's place where there is no room for the request. */
  readonly turnAway: (event: APIGatewayProxyEvent, retrySeconds: number) => APIGatewayProxyResult
  /** What is answered in the function's place where it was begun and is not waited for. */
  readonly giveUp: (event: APIGatewayProxyEvent) => APIGatewayProxyResult
}

/** The door of an endpoint, in the words of its surface. */
export function doorOf(endpoint: Endpoint, runtime: () => Runtime): Door {
  const address = (event: APIGatewayProxyEvent, result: APIGatewayProxyResult) =>
    addressed(endpoint, asAsked(event, result), { event, corsOrigins: runtime().corsOrigins })
  const answer = (event: APIGatewayProxyEvent, problem: Problem) =>
    address(event, answerProblem(endpoint, problem, factsOf(event, undefined)))
  return {
    refuse: async (event) => {
      try {
        const refused = await refuseStranger(endpoint, runtime(), event)
        return refused && address(event, refused)
      } catch (error) {
        return address(event, answerThrown(endpoint, runtime, { error, event, caller: undefined }))
      }
    },
    refuseLong: (event, bytesMax) => {
      const message = `Path, query and headers may have ${bytesMax} bytes together: ask for less at a time`
      return answer(event, { code: 'input-invalid', issues: [{ path: ['query'], message }] })
    },
    turnAway: (event, retrySeconds) => answer(event, { code: 'overloaded', retrySeconds }),
    giveUp: (event) => answer(event, { code: 'unavailable', outcome: timeIsUp(endpoint).outcome }),
  }
}

/** Adds what every answer carries. */
function addressed(
  endpoint: Endpoint,
  result: APIGatewayProxyResult,
  { event, corsOrigins }: { event: APIGatewayProxyEvent } & Pick<Runtime, 'corsOrigins'>,
): APIGatewayProxyResult {
  const { headers } = withCors(endpoint, result, originFor(corsOrigins, event))
  const { requestId } = event.requestContext
  return { ...result, headers: { ...headers, 'X-Request-Id': requestId } }
}

/** Said just before Lambda would end the function without an answer. */
function timeIsUp({ method }: Endpoint): Fault {
  const outcome = method === 'GET' ? 'not-applied' : 'unknown'
  return new Fault('The function ran out of time', { outcome })
}
