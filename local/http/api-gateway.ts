import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import { toIso } from '../../lib/clock.ts'
import type { Instant } from '../../lib/clock.ts'
import type { RouteMatch } from './router.ts'
import { FUNCTION_ANSWER_BYTES_MAX } from '../../lib/limits/aws-limits.ts'

/** An HTTP request as it came off the socket. */
export interface RawRequest {
  readonly method: string
  /** The path as sent: not decoded, not normalised. */
  readonly path: string
  /** What follows the first `?`, or nothing. */
  readonly query: string
  readonly protocol: string
  /** Names and values in turn, as `IncomingMessage.rawHeaders` has them. */
  readonly rawHeaders: readonly string[]
  readonly sourceIp: string
  readonly body: Buffer
  readonly requestId: string
  readonly time: Instant
}

/** An HTTP answer that is safe to write: every name and value has been checked. */
export interface Reply {
  readonly status: number
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: Buffer
}

/** A handler's result that API Gateway answers with 502. */
export class MalformedResultError extends Error {
  override readonly name = 'MalformedResultError'
}

const stage = 'local'
const nobody = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
}

/**
 * Writes a request as API Gateway's REST proxy integration does with the binary types set to everything: path and path
 * variables undecoded, query decoded, every body in base64.
 */
export function toProxyEvent(request: RawRequest, match: RouteMatch): APIGatewayProxyEvent {
  const headers = groupValues(headerPairs(request.rawHeaders), (name) => name.toLowerCase())
  const query = groupValues(queryPairs(request.query), (name) => name)
  const resource = request.path === '/' ? '/' : match.route.path
  return {
    resource,
    path: request.path,
    httpMethod: request.method,
    headers: lastOfEach(headers),
    multiValueHeaders: allOfEach(headers),
    queryStringParameters: query.length === 0 ? null : lastOfEach(query),
    multiValueQueryStringParameters: query.length === 0 ? null : allOfEach(query),
    pathParameters: match.parameters.size === 0 ? null : Object.fromEntries(match.parameters),
    stageVariables: null,
    requestContext: toRequestContext(request, resource, lastOfEach(headers)),
    body: request.body.length === 0 ? null : request.body.toString('base64'),
    isBase64Encoded: request.body.length > 0,
  }
}

/** The context a Lambda invocation gets; `remaining` tells the milliseconds that are left. */
export function toLambdaContext(
  functionName: string,
  requestId: string,
  remaining: () => number,
): Context {
  // `done`, `fail` and `succeed` are gone from Lambda's newest runtimes, so no handler may count on them.
  const context: Omit<Context, 'done' | 'fail' | 'succeed'> = {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: '256',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: stage,
    getRemainingTimeInMillis: remaining,
  }
  return context as Context
}

/** Turns a handler's result into an answer; refuses, by `MalformedResultError`, what API Gateway would not pass on. */
export function toReply(result: unknown): Reply {
  const { statusCode: status, headers, multiValueHeaders, body, isBase64Encoded } = checked(result)
  checkSize(body)
  const pairs: [string, string][] = []
  for (const [name, value] of Object.entries(headers ?? {})) pairs.push([name, String(value)])
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    for (const value of values) pairs.push([name, String(value)])
  }
  const grouped = new Map([['content-type', ['application/json']]])
  for (const { name, values } of groupValues(pairs, (spelling) => spelling.toLowerCase())) {
    const lower = name.toLowerCase()
    for (const value of values) checkHeader(lower, value)
    if (!setByServer.has(lower)) grouped.set(lower, [...new Set(values)])
  }
  return { status, headers: grouped, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }
}

/** An answer of API Gateway's own, in the shape that the deployment gives those. */
export function gatewayReply(status: number, message: string): Reply {
  return {
    status,
    headers: new Map([['content-type', ['application/json']]]),
    body: Buffer.from(`${JSON.stringify({ statusCode: status, message })}\n`),
  }
}

/** These describe the connection, so the server writes them and a handler cannot. */
const setByServer = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding'])

function checked(result: unknown): APIGatewayProxyResult {
  if (typeof result !== 'object' || result === null) {
    throw new MalformedResultError('The handler returned no object.')
  }
  const { statusCode, body = '' } = result as Partial<APIGatewayProxyResult>
  if (!Number.isInteger(statusCode) || Number(statusCode) < 200 || Number(statusCode) > 599) {
    throw new MalformedResultError(`The handler returned the status ${String(statusCode)}.`)
  }
  if (typeof body !== 'string') {
    throw new MalformedResultError('The handler returned a body that is not text.')
  }
  return { ...result, statusCode: Number(statusCode), body }
}

/** Lambda hands no more over; the body is a text in JSON there. */
function checkSize(body: string): void {
  // Each character takes six bytes at most.
  if (6 * body.length <= FUNCTION_ANSWER_BYTES_MAX) return
  const bytes = Buffer.byteLength(JSON.stringify(body))
  if (bytes <= FUNCTION_ANSWER_BYTES_MAX) return
  throw new MalformedResultError(`The handler returned ${bytes} bytes, more than a function may.`)
}

function checkHeader(name: string, value: string): void {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch (cause) {
    throw new MalformedResultError(`The handler returned an unusable header ${name}.`, { cause })
  }
}

function toRequestContext(
  request: RawRequest,
  resourcePath: string,
  headers: Record<string, string>,
): APIGatewayProxyEvent['requestContext'] {
  const host = headerValue(headers, 'host') ?? 'localhost'
  const domainName = host.replace(/:\d*$/, '')
  return {
    accountId: '000000000000',
    apiId: stage,
    authorizer: null,
    domainName,
    domainPrefix: domainName.replace(/\..*$/, ''),
    extendedRequestId: request.requestId,
    httpMethod: request.method,
    identity: {
      ...nobody,
      sourceIp: request.sourceIp,
      userAgent: headerValue(headers, 'user-agent') ?? null,
    },
    path: request.path,
    protocol: request.protocol,
    requestId: request.requestId,
    requestTime: toRequestTime(request.time),
    requestTimeEpoch: request.time,
    resourceId: resourcePath,
    resourcePath,
    stage,
  }
}

/** Common Log Format, for example `23/Nov/2026:07:54:15 +0000`. */
function toRequestTime(time: Instant): string {
  const [, year, month, day, clock] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(toIso(time)) ?? []
  const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
  return `${String(day)}/${String(months[Number(month) - 1])}/${String(year)}:${String(clock)} +0000`
}

interface Named {
  readonly name: string
  readonly values: string[]
}

/** Keeps the first spelling of a name and the order in which names came. */
function groupValues(
  pairs: Iterable<readonly [string, string]>,
  keyOf: (name: string) => string,
): Named[] {
  const groups = new Map<string, Named>()
  for (const [name, value] of pairs) {
    const group = groups.get(keyOf(name))
    if (group) group.values.push(value)
    else groups.set(keyOf(name), { name, values: [value] })
  }
  return [...groups.values()]
}

// `Object.fromEntries` defines its members, so a header or a query field called `__proto__` is data like any other.
function lastOfEach(groups: readonly Named[]): Record<string, string> {
  return Object.fromEntries(groups.map(({ name, values }) => [name, values.at(-1) ?? '']))
}

function allOfEach(groups: readonly Named[]): Record<string, string[]> {
  return Object.fromEntries(groups.map(({ name, values }) => [name, values]))
}

function headerValue(headers: Record<string, string>, wanted: string): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1]
}

function* headerPairs(rawHeaders: readonly string[]): Generator<[string, string]> {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    yield [rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']
  }
}

function* queryPairs(query: string): Generator<[string, string]> {
  for (const field of query.split('&')) {
    if (field === '') continue
    const [name = '', ...value] = field.split('=')
    yield [decodeTolerantly(name), decodeTolerantly(value.join('='))]
  }
}

function decodeTolerantly(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}
