import { gunzipSync } from 'node:zlib'
import type { WireReply } from '../../support/http.ts'
import { errorFaultsOf, type DocumentedOperation } from '../../support/openapi.ts'
import type { Attempt } from './attempt.ts'
import { costFaults } from './costs.ts'
import { DATA_MARK, TOKEN_MARK } from './memory.ts'
import { parse, surfaceAt, surfaces } from './surfaces.ts'

/** A request that was answered, or was not. */
export interface Exchange {
  readonly attempt: Attempt
  readonly reply: WireReply | undefined
  readonly milliseconds: number
}

/** An exchange as the judge read it. */
export interface Verdict {
  /** The documented operation that the request reached, if any. */
  readonly operation: DocumentedOperation | undefined
  readonly status: number
  /** The answer as it came. */
  readonly text: string
  /** The answer's JSON; undefined where it is none. */
  readonly said: unknown
  /** Whether it says that it was given before. */
  readonly isReplay: boolean
  /** What is wrong, in words. */
  readonly faults: readonly string[]
}

/** Milliseconds in which every answer must have come, on a busy machine too. */
export const ANSWER_MS_MAX = 10_000

/** Every key begins like one of these and ends like that. */
const KEY_MARK = /[sp]k_test_\w+_of_fuzzing/g

/** Says everything that is wrong with an answer. */
export function judge(exchange: Exchange): Verdict {
  const { attempt, reply, milliseconds } = exchange
  // What can be read can be asked for its headers alone.
  const method = attempt.method === 'HEAD' ? 'GET' : attempt.method
  const operation = findOperation(method, attempt.target)
  if (reply === undefined) {
    const nothing = { text: '', said: undefined, isReplay: false }
    return { operation, status: 0, ...nothing, faults: ['no answer'] }
  }
  const text = textOf(reply)
  const said = parse(text)
  const seen: Seen = { attempt, operation, reply, text, said }
  const faults = [
    ...(milliseconds > ANSWER_MS_MAX ? [`took ${milliseconds} ms`] : []),
    ...(reply.status >= 500 ? [`status ${reply.status}: ${text.slice(0, 200)}`] : []),
    ...headerFaults(seen),
    ...(operation === undefined ? unknownRouteFaults(seen) : documentFaults(seen, operation)),
    ...(operation === undefined
      ? []
      : [...keyFaults(seen, operation), ...inputFaults(seen, operation)]),
    ...leaks(seen),
    ...costFaults(attempt),
  ]
  const isReplay = reply.headers['idempotent-replayed'] === 'true'
  return { operation, status: reply.status, text, said, isReplay, faults }
}

interface Seen {
  readonly attempt: Attempt
  readonly operation: DocumentedOperation | undefined
  readonly reply: WireReply
  readonly text: string
  readonly said: unknown
}

/** The operation whose path and method fit; segments are compared as they were sent, and words beat variables. */
function findOperation(method: string, target: string): DocumentedOperation | undefined {
  const path = pathOf(target)
  const { documented, pathAsRead } = surfaces[surfaceAt(path)]
  const segments = pathAsRead(path).split('/')
  const fitting = documented.filter((operation) => {
    const wanted = operation.path.split('/')
    const fits = (name: string, index: number) =>
      name.startsWith('{') ? segments[index] !== '' : segments[index] === name
    return operation.method === method && wanted.length === segments.length && wanted.every(fits)
  })
  const variables = (operation: DocumentedOperation) => operation.path.split('{').length
  return fitting.sort((a, b) => variables(a) - variables(b))[0]
}

function headerFaults({ reply: { headers } }: Seen): string[] {
  const id = headers['x-request-id'] ?? ''
  const isThere = typeof id === 'string' && /^[\w-]{8,}$/.test(id)
  return isThere ? [] : [`x-request-id is ${JSON.stringify(id)}`]
}

function documentFaults(
  { attempt, reply, said, text }: Seen,
  operation: DocumentedOperation,
): string[] {
  const { status, headers } = reply
  const surface = surfaces[operation.surface]
  const documented = operation.replies.find((other) => other.status === status)
  if (documented === undefined) return [`status ${status} is not documented`]
  const isOpen = headers['access-control-allow-origin'] === '*'
  const more =
    surface.isForBrowsers(operation) === isOpen ? [] : ['CORS headers do not fit the endpoint']
  // Who may not call at all is told nothing on one surface, where whoever was not let in gets a body.
  const isShut = operation.surface === 'seatsio' && status === 403 && text === ''
  const isSilent = !documented.hasBody || attempt.method === 'HEAD' || isShut
  if (isSilent) return text === '' ? more : [...more, `${status} has a body: ${text}`]
  if (!/^application\/json(; charset=utf-8)?$/.test(headers['content-type'] ?? '')) {
    return [`the content type is ${String(headers['content-type'])}`]
  }
  if (said === undefined) return [`the body is no JSON: ${text.slice(0, 200)}`]
  const faults = documented.faultsOf(said).map((fault) => `the body of ${status}: ${fault}`)
  const requestId = headers['x-request-id']
  return [...faults, ...more, ...surface.moreFaults({ operation, status, said, requestId })]
}

/** What is not documented is 404 in the standard error; browsers' questions about routes for them are answered. */
function unknownRouteFaults({ attempt, reply, said, text }: Seen): string[] {
  const { method, target } = attempt
  const isForBrowsers = ['GET', 'POST', 'DELETE'].some((other) => {
    const operation = findOperation(other, target)
    return operation !== undefined && surfaces[operation.surface].isForBrowsers(operation)
  })
  // The root is the other surface's: there browsers may ask for anything, and so for what only the first surface has.
  const isAtRoot = !pathOf(target).startsWith('/api/')
  const wanted = method === 'OPTIONS' && (isForBrowsers || isAtRoot) ? 204 : 404
  if (reply.status !== wanted) return [`an unknown route answers ${reply.status}, not ${wanted}`]
  const isSilent = wanted === 204 || method === 'HEAD'
  if (isSilent) return text === '' ? [] : ['a body where there is none']
  const surface = isAtRoot ? 'seatsio' : 'seatbuilder'
  const faults = errorFaultsOf[surface](said).map((fault) => `the body of 404: ${fault}`)
  const { statusCode, status } = (said ?? {}) as { statusCode?: unknown; status?: unknown }
  return [
    ...faults,
    ...((statusCode ?? status) === 404 ? [] : ['the status in the body is another']),
  ]
}

/** Keys open what the document says, and workspaces see nothing of each other. */
function keyFaults(
  { attempt, reply: { status } }: Seen,
  { keys, path, surface }: DocumentedOperation,
): string[] {
  const { role, headers } = attempt
  const { credentialHeader } = surfaces[surface]
  const sendsMore = headers.some((name, index) => index % 2 === 0 && credentialHeader.test(name))
  if (sendsMore || keys.length === 0) return []
  const isRefused = role === 'none' || role === 'wrong'
  if (isRefused && status !== 401) return [`${status} without a key that works`]
  const isForbidden = role === 'publishable' && !keys.includes('PublishableKey')
  if (isForbidden && status !== 403) return [`${status} with a publishable key`]
  if (!isRefused && status === 401) return ['401 with a key that works']
  // A drawing may be imported under a key that is somebody else's as well.
  const isForeign = role === 'stranger' && path.includes('{') && !path.startsWith('/system/')
  return isForeign && status < 300 ? ["another workspace's key works"] : []
}

/** The document's request schemas are kept to, both ways. */
function inputFaults(
  { attempt, said, reply: { status } }: Seen,
  operation: DocumentedOperation,
): string[] {
  const { kind, body } = attempt
  const { isAboutInput, read } = surfaces[operation.surface]
  const isRefused = isAboutInput(status, said)
  if (kind === 'sensible' && isRefused) return [`${status} for a request as documented`]
  if (operation.requestSchema === undefined || status >= 300) return []
  // As the product reads it: a byte order mark is no part of the text.
  const text = new TextDecoder().decode(body)
  if (text === '' && !operation.needsBody) return []
  // An empty list is an object without fields, but where a list is wanted.
  const isList = text.trim() === '[]' && operation.requestFaultsOf([]).length === 0
  return operation
    .requestFaultsOf(isList ? [] : read(text))
    .map((fault) => `${status} although the body breaks: ${fault}`)
}

/** No answer tells what the request did not: a key, to a publishable one a token, to anybody what others marked. */
function leaks({ attempt, text, reply }: Seen): string[] {
  const { target, body, headers, role, workspace } = attempt
  const told = `${target}\n${body?.toString('utf8') ?? ''}\n${headers.join('\n')}`
  const everything = `${text}\n${JSON.stringify(reply.headers)}`
  const keys = everything.match(KEY_MARK) ?? []
  const tokens = role === 'secret' ? [] : (everything.match(tokenPattern) ?? [])
  const marked = [...everything.matchAll(marks)].filter(([, name]) => name !== workspace.name)
  const isLeak = (found: string) => !told.includes(found)
  return [...new Set([...keys, ...tokens, ...marked.map(([found]) => found)])]
    .filter(isLeak)
    .map((found) => `tells ${found}`)
}

/** Hold tokens and extra data begin with the name of the workspace that they were made in. */
const marks = new RegExp(`(?:${TOKEN_MARK}|${DATA_MARK})(\\w+)[\\w-]*`, 'g')
const tokenPattern = new RegExp(`${TOKEN_MARK}[\\w-]+`, 'g')

/** Says what a log tells that it should not. */
export function judgeLog(log: readonly object[]): string[] {
  return log.flatMap((line) => {
    const text = JSON.stringify(line)
    const secrets = [...(text.match(KEY_MARK) ?? []), ...(text.match(tokenPattern) ?? [])]
    const isError = 'level' in line && line.level === 'error'
    return [
      ...secrets.map((secret) => `the log tells ${secret}: ${text.slice(0, 500)}`),
      ...(isError ? [`the log has an error: ${text.slice(0, 2000)}`] : []),
    ]
  })
}

function textOf({ headers, body }: WireReply): string {
  const isZipped = headers['content-encoding'] === 'gzip'
  return (isZipped ? gunzipSync(body) : body).toString('utf8')
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? ''
}
