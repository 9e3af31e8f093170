import { request as httpRequest } from 'node:http'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** An answer as it came over the wire, not decompressed. */
export interface WireReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** What to send; `path` goes out exactly as it is written. */
export interface WireRequest {
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders | readonly string[]
  readonly body?: string | Buffer
  /** Gives up, with an error, when it is told to. */
  readonly signal?: AbortSignal
}

/** Sends one request on a connection of its own, without touching the path. */
export function send(url: string, path: string, options: WireRequest = {}): Promise<WireReply> {
  const { hostname, port } = new URL(url)
  const { method = 'GET', headers = {}, body, ...rest } = options
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path, method, headers, agent: false, ...rest })
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode = 0, headers: received } = response
        resolve({ status: statusCode, headers: received, body: Buffer.concat(chunks) })
      })
    })
    request.end(body)
  })
}

/** Opens a plain TCP connection. */
export function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      resolve(socket)
    })
    socket.on('error', reject)
  })
}

/** Collects what a connection says until it ends, by whatever way. */
export function readToEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  return new Promise((resolve) => {
    socket.on('error', () => undefined)
    socket.on('close', () => {
      resolve(Buffer.concat(chunks).toString('latin1'))
    })
  })
}

/** Writes bytes as they are and returns everything the server says before it hangs up. */
export async function sendBytes(url: string, bytes: string): Promise<string> {
  const socket = await openSocket(url)
  const answer = readToEnd(socket)
  socket.write(Buffer.from(bytes, 'latin1'))
  return answer
}
