import middy from '@middy/core'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { Fault } from '../faults.ts'
import { openRuntime, type Runtime } from '../open.ts'
import { tallied } from '../tally.ts'
import { authenticate, type Authenticated } from './auth.ts'
import type { ApiHandler } from './catalog.ts'
import { originFor, withCors } from './cors.ts'
import type { Endpoint } from './endpoint.ts'
import { requestLine } from './request-line.ts'
import { answerThrown, serve } from './serve.ts'

/** The Lambda function of an endpoint, opened from the environment with its first request. */
export function lambda(endpoint: Endpoint): ApiHandler {
  return handlerFor(endpoint, openRuntime)
}

/** The same function over a given runtime. */
export function handlerFor(endpoint: Endpoint, runtime: () => Runtime): ApiHandler {
  const answer = middy<APIGatewayProxyEvent, APIGatewayProxyResult, Error, Authenticated>({
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
    .handler((event, { caller }) => serve(endpoint, runtime(), { event, caller }))
  return async (event, context: Authenticated) => {
    const { clock, log, stage, corsOrigins } = runtime()
    const began = clock.now()
    const { result, tally } = await tallied(() => answer(event, context))
    const { statusCode: status } = result
    if (stage !== undefined) {
      const { keyId } = context
      log(requestLine(endpoint, stage, { event, keyId, status, tally, began, ended: clock.now() }))
    }
    const { headers } = withCors(endpoint, result, originFor(corsOrigins, event))
    const { requestId } = event.requestContext
    return { ...result, headers: { ...headers, 'X-Request-Id': requestId } }
  }
}

/** Said just before Lambda would end the function without an answer. */
function timeIsUp({ method }: Endpoint): Fault {
  const outcome = method === 'GET' ? 'not-applied' : 'unknown'
  return new Fault('The function ran out of time', { outcome })
}
