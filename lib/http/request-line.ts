import type { APIGatewayProxyEvent } from 'aws-lambda'
import type { Instant } from '../clock.ts'
import { defined } from '../defined.ts'
import { withMetrics } from '../metrics.ts'
import type { Tally } from '../tally.ts'
import type { Endpoint } from './endpoint.ts'

/** What is known of a request once it was answered. */
export interface AnsweredRequest {
  readonly event: APIGatewayProxyEvent
  /** Whose key it was; undefined where none was presented, or it is not on file. */
  readonly keyId: string | undefined
  readonly status: number
  readonly tally: Tally
  readonly began: Instant
  readonly ended: Instant
}

/**
 * The line of the log for one request, with its metrics. It names the route and never the path, in which tokens may stand;
 * keys, tokens and bodies are nowhere in it.
 */
export function requestLine(
  { surface, method, path }: Endpoint,
  stage: string,
  { event, keyId, status, tally, began, ended }: AnsweredRequest,
): Record<string, unknown> {
  const { writeUnits, conflicts, largeCommits, refusal, isBusy } = tally
  const milliseconds = ended - began
  const isOverloaded = refusal === 'overloaded'
  const isFault = status >= 500 && !isOverloaded
  const line = {
    level: isFault ? 'error' : 'info',
    message: 'request',
    requestId: event.requestContext.requestId,
    ...defined({ keyId }),
    surface: surface.name,
    action: `${method} ${path}`,
    outcome: refusal ?? (status >= 500 ? 'fault' : 'done'),
    status,
    milliseconds,
    writeUnits,
  }
  const measured = {
    Requests: 1,
    Refusals: refusal === undefined ? 0 : 1,
    Conflicts: conflicts,
    Busy: isBusy ? 1 : 0,
    LargeCommits: largeCommits,
    Overloaded: isOverloaded ? 1 : 0,
    Faults: isFault ? 1 : 0,
    WriteUnits: writeUnits,
    Duration: milliseconds,
  }
  return withMetrics(line, measured, { stage, time: ended })
}
