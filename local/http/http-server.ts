import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Clock } from '../../lib/clock.ts'
import { described, Desk, type Answer, type LaneName } from './answer-request.ts'
import { gatewayReply, toProxyEvent, toReply } from './api-gateway.ts'
import type { RawRequest, Reply } from './api-gateway.ts'
import { closeServer, DEFAULT_LIMITS, refuseGarbage, trackSockets } from './connections.ts'
import type { ConnectionLimits } from './connections.ts'
import type { HostCheck } from '@holdfast/embedded/hosts'
import type { LaneLimits } from './lane.ts'
import { dropBody } from './read-body.ts'
import { redactPath } from './redact.ts'
import { createRouter } from './router.ts'
import type { Route, RouteMatch, Router } from './router.ts'
import { writeReply } from './write-reply.ts'

/** Where to listen and what to call. */
export interface HttpServerOptions {
  readonly routes: readonly Route[]
  readonly clock: Clock
  /** Loopback unless told otherwise. */
  readonly host?: string
  /** 0 or nothing takes a free port. */
  readonly port?: number
  /** Gets one line a request, and one for each error. */
  readonly log?: (line: object) => void
  /** Whose `Host` it answers; any unless given. */
  readonly takesHost?: HostCheck
  readonly limits?: Partial<ConnectionLimits>
  readonly lanes?: Partial<Record<LaneName, Partial<LaneLimits>>>
}

/** A server that listens. */
export interface HttpServer {
  readonly url: string
  readonly port: number
  /** Stops accepting, lets running requests finish within bounds, then closes every connection. */
  close(): Promise<void>
}

/** Another process listens where this one wanted to. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError'
  readonly port: number

  constructor(port: number, cause: unknown) {
    const advice = 'Set PORT to another port, or to 0 for a free one.'
    super(`Port ${port} is taken by another program. ${advice}`, { cause })
    this.port = port
  }
}

/** What is said to whoever calls it by a name that is not its own. */
const OTHER_HOST =
  'This Holdfast answers to localhost only: name other hosts in HOLDFAST_HOSTS, and start it again'

/** The first line of a request and the values of its headers: what API Gateway takes. */
export const LINES_BYTES_MAX = 10_240

/** Beyond this nobody looks for the path any more. */
const HEADER_BYTES_MAX = 16 * 1024

/**
 * Serves the given handlers as an API Gateway REST API does. Rejects with `PortTakenError` when the port is in use; nothing
 * that a client sends makes it throw.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { host = '127.0.0.1', port = 0, log = () => undefined, clock, lanes = {} } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const state: State = {
    router: createRouter(options.routes),
    clock,
    log,
    running: new Map(),
    takesHost: options.takesHost ?? (() => true),
    desk: new Desk({ clock, log, lanes }),
    closing: false,
  }
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
    },
    (request, response) => void serve(state, request, response),
  )
  server.timeout = limits.silenceMs
  // Whoever has said everything may still be listening: Node would hang up before the answer.
  Object.assign(server, { httpAllowHalfOpen: true })
  // Node would drop headers above a number without a word; their bytes are bounded anyway.
  server.maxHeadersCount = 0
  server.on('timeout', (socket: Socket) => {
    // Whoever waits for an answer gets it: handlers end in time by themselves.
    const response = state.running.get(socket)
    if (response === undefined || response.headersSent) socket.destroy()
  })
  const sockets = trackSockets(server)
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const response = state.running.get(socket)
    const status = refuseGarbage(error, socket, response)
    // With a request running, `serve` writes its line.
    if (status && !response) log({ level: 'info', message: 'unreadable request', status })
  })
  await listen(server, host, port)
  server.on('error', (error) => {
    log({
      level: 'error',
      message: 'the server failed to accept a connection',
      ...described(error),
    })
  })
  const taken = (server.address() as AddressInfo).port
  const close = () => closeDesk(server, state, { sockets, limits })
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`, port: taken, close }
}

function closeDesk(
  server: Server,
  state: State,
  { sockets, limits }: Pick<Parameters<typeof closeServer>[1], 'sockets' | 'limits'>,
): Promise<void> {
  state.closing = true
  state.desk.close()
  return closeServer(server, {
    sockets,
    isRunning: (socket) => state.running.has(socket),
    giveUp: () => {
      state.desk.giveUp()
    },
    limits,
  })
}

interface State {
  readonly router: Router
  readonly clock: Clock
  readonly log: (line: object) => void
  /** The latest answer being worked on for each connection that has one. */
  readonly running: Map<Socket, ServerResponse>
  closing: boolean
  readonly takesHost: HostCheck
  readonly desk: Desk
}

/** Listens, or rejects: with `PortTakenError` where another program does. */
export function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(port, error) : error)
    })
    server.listen(port, host, () => {
      server.removeAllListeners('error')
      resolve()
    })
  })
}

/** Never rejects: whatever goes wrong becomes an answer or a line in the log. */
async function serve(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { socket } = request
  const requestId = randomUUID()
  const startedAt = state.clock.now()
  state.running.set(socket, response)
  response.on('error', () => undefined)
  response.on('close', () => {
    if (state.running.get(socket) === response) state.running.delete(socket)
  })
  const target = parseTarget(request.url ?? '')
  const method = request.method ?? ''
  const match = target && state.router(method, target.path)
  const line = { requestId, method, path: redactPath(target?.path ?? '', match) }
  try {
    const isGone = () => response.destroyed
    const answer = await answerTo(state, request, { target, match, requestId, isGone })
    const ms = state.clock.now() - startedAt
    state.log({ level: 'info', message: 'request', ...line, status: answer.reply.status, ms })
    const delivery = { requestId, last: state.closing || answer.last }
    dropBody(request)
    await writeReply(request, response, { reply: answer.reply, delivery })
  } catch (error) {
    state.log({ level: 'error', message: 'the answer was not sent', ...line, ...described(error) })
    response.destroy()
  }
}

interface Call {
  readonly target: Target | undefined
  readonly match: RouteMatch | undefined
  readonly requestId: string
  readonly isGone: () => boolean
}

async function answerTo(state: State, request: IncomingMessage, call: Call): Promise<Answer> {
  const { target, match, requestId, isGone } = call
  if (!target) return { reply: gatewayReply(400, 'Bad Request'), last: true }
  if (!state.takesHost(request.headers.host))
    return { reply: gatewayReply(421, OTHER_HOST), last: true }
  const raw = toRawRequest(request, target, { requestId, time: state.clock.now() })
  if (lineBytes(request) > LINES_BYTES_MAX) return { reply: refuseLong(raw, match), last: true }
  if (!match) return { reply: gatewayReply(403, 'Missing Authentication Token'), last: false }
  return state.desk.answer(request, { raw, match, isGone })
}

function lineBytes({ method = '', url = '', httpVersion, rawHeaders }: IncomingMessage): number {
  const values = rawHeaders.filter((_, at) => at % 2 === 1)
  const sizes = [`${method} ${url} HTTP/${httpVersion}`, ...values].map((text) => text.length)
  return sizes.reduce((sum, size) => sum + size, 0)
}

function refuseLong(raw: RawRequest, match: RouteMatch | undefined): Reply {
  if (match?.route.door === undefined) return gatewayReply(431, 'Request Header Fields Too Large')
  return toReply(match.route.door.refuseLong(toProxyEvent(raw, match), LINES_BYTES_MAX))
}

interface Target {
  readonly path: string
  readonly query: string
}

/** Splits a request target, also in absolute form; `*` and anything else without a path is none. */
function parseTarget(url: string): Target | undefined {
  const origin = url.replace(/^https?:\/\/[^/?#]*(?=\/|$)/i, '')
  const local = origin === '' && url !== '' ? '/' : origin
  if (!local.startsWith('/')) return undefined
  const mark = local.indexOf('?')
  if (mark === -1) return { path: local, query: '' }
  return { path: local.slice(0, mark), query: local.slice(mark + 1) }
}

function toRawRequest(
  request: IncomingMessage,
  target: Target,
  received: Pick<RawRequest, 'requestId' | 'time'>,
): RawRequest {
  return {
    body: Buffer.alloc(0),
    ...received,
    ...target,
    method: request.method ?? '',
    protocol: `HTTP/${request.httpVersion}`,
    rawHeaders: request.rawHeaders,
    sourceIp: (request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  }
}
