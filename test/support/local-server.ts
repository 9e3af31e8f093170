import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { expect } from 'vitest'
import { instant } from '../../lib/clock.ts'
import type { Clock } from '../../lib/clock.ts'
import type { ApiHandler } from '../../lib/http/catalog.ts'
import { startHttpServer } from '../../local/http/http-server.ts'
import type { HttpServer, HttpServerOptions } from '../../local/http/http-server.ts'
import { cleanUps } from './clean-ups.ts'
import { openSocket, readToEnd, send } from './http.ts'
import type { WireReply, WireRequest } from './http.ts'

/** What the clock of these servers always says. */
export const startedAt = instant(Date.UTC(2026, 10, 23, 7, 54, 15, 250))
const clock: Clock = { now: () => startedAt, sleep: () => Promise.resolve() }
/** Answers with what the handler was given. */
export const echo: ApiHandler = (event) => answer({ body: JSON.stringify(event) })
/** Stands for the surface's not-found function. */
export const notFound: ApiHandler = () => answer({ statusCode: 404, body: '{"error":"not-found"}' })

/** A small API with each kind of route. */
export const routes: HttpServerOptions['routes'] = [
  { method: 'GET', path: '/echo', handler: echo },
  { method: 'POST', path: '/echo', handler: echo },
  { method: 'GET', path: '/events/{eventKey}/seats/{label}', handler: echo },
  { method: 'GET', path: '/events/archived/seats/{label}', handler: named('archived') },
  { method: 'GET', path: '/hold-tokens/{holdToken}', handler: echo },
  { method: 'GET', path: '/held-by/{holdToken}', handler: echo },
  { method: 'ANY', path: '/{proxy+}', handler: notFound },
]

/** Starts a server on a free port; it is closed after the test. */
export async function start(
  options: Partial<HttpServerOptions> = {},
): Promise<HttpServer & { lines: Record<string, unknown>[] }> {
  const lines: Record<string, unknown>[] = []
  const log = (line: object) => lines.push(line as Record<string, unknown>)
  const server = await startHttpServer({ routes, clock, log, ...options })
  cleanUps.push(() => server.close())
  return { ...server, lines }
}

/** What a handler returns. */
export function answer(result: Partial<APIGatewayProxyResult>): Promise<APIGatewayProxyResult> {
  return Promise.resolve({ statusCode: 200, body: '', ...result })
}

/** A handler that always says the same. */
export function named(body: string): ApiHandler {
  return () => answer({ body })
}

/** Sends a request to an echoing route and returns the event that its handler got. */
export async function echoed(
  url: string,
  path: string,
  options: WireRequest = {},
): Promise<APIGatewayProxyEvent> {
  const reply = await send(url, path, options)
  expect(reply.status).toBe(200)
  return json(reply.body) as APIGatewayProxyEvent
}

/** What a client sees when a handler returns this. */
export async function replyOf(
  result: Partial<APIGatewayProxyResult>,
  headers: Record<string, string> = {},
): Promise<WireReply> {
  const { url } = await start({
    routes: [{ method: 'GET', path: '/', handler: () => answer(result) }],
  })
  return send(url, '/', { headers })
}

/** Parses a body. */
export function json(body: Buffer): unknown {
  return JSON.parse(body.toString())
}

/** Something to wait for, opened once. */
export function latch(): { open: (value: object) => void; opened: Promise<object> } {
  let open: (value: object) => void = () => undefined
  const opened = new Promise<object>((resolve) => {
    open = resolve
  })
  return {
    open: (value) => {
      open(value)
    },
    opened,
  }
}

/** Sends bytes on a connection that stays open; returns once it is up and, if asked, has said `until`. */
export async function keepOpen(
  url: string,
  bytes: string,
  until = '',
): Promise<{ ended: Promise<string> }> {
  const socket = await openSocket(url)
  let said = ''
  const heard = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1')
      if (said.includes(until)) resolve()
    })
  })
  const ended = readToEnd(socket)
  await new Promise((resolve) => socket.write(bytes, resolve))
  if (until !== '') await heard
  return { ended }
}
