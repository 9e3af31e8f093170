import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** How long a connection may make the server wait, in milliseconds. */
export interface ConnectionLimits {
  /** From a request's first byte to the end of its headers. */
  readonly headersMs: number
  /** From a request's first byte to its last. */
  readonly requestMs: number
  /** Without a byte in either direction; above what API Gateway gives a function. */
  readonly silenceMs: number
  /** How long `close` waits for requests that are running. */
  readonly closeMs: number
  /** How long clients then have to take the answer that they get instead. */
  readonly lastWordMs: number
}

/** Limits that suit people, browsers and API Gateway's own. */
export const DEFAULT_LIMITS: ConnectionLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  silenceMs: 60_000,
  closeMs: 5_000,
  lastWordMs: 1_000,
}

/** Keeps the set of connections that are open now. */
export function trackSockets(server: Server): Set<Socket> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  return sockets
}

/**
 * The parser gave up on what came in: answers 400, 408 or 431 and hangs up. Says which, or nothing if the client is gone or
 * already reads another answer.
 */
export function refuseGarbage(
  error: NodeJS.ErrnoException,
  socket: Socket,
  response: ServerResponse | undefined,
): number | undefined {
  if (response?.headersSent || !socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return undefined
  }
  const [status, text] = garbageAnswers[error.code ?? ''] ?? [400, 'Bad Request']
  const body = `${JSON.stringify({ message: text })}\n`
  const head = [
    `HTTP/1.1 ${status} ${text}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => {
    socket.destroy()
  })
  return status
}

const garbageAnswers: Record<string, readonly [status: number, text: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
}

/**
 * Stops accepting, hangs up on connections without a request, and on the others when they are done. Where patience ends
 * before that, they get an answer without what they asked for.
 */
export function closeServer(
  server: Server,
  {
    sockets,
    isRunning,
    giveUp,
    limits,
  }: {
    sockets: ReadonlySet<Socket>
    isRunning: (socket: Socket) => boolean
    /** Answers all requests that are running. */
    giveUp: () => void
    limits: ConnectionLimits
  },
): Promise<void> {
  return new Promise((resolve) => {
    let patience = setTimeout(() => {
      giveUp()
      patience = setTimeout(() => {
        for (const socket of sockets) socket.destroy()
      }, limits.lastWordMs)
    }, limits.closeMs)
    server.close(() => {
      clearTimeout(patience)
      resolve()
    })
    for (const socket of sockets) {
      if (!isRunning(socket)) socket.destroy()
    }
  })
}
