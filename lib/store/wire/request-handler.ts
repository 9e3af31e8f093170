import { Agent as HttpAgent, request as httpRequest, type ClientRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from 'node:https'
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'

// How requests to the table travel. The SDK's own handler fits any service: it sets four timers for each request, listens for a dozen
// events, and hands the answer over as a stream that is then collected. An answer of the table is one small text, so here one timer
// and a few listeners do. What it keeps of the SDK's: connections are kept and bounded, a connection and an answer each have a time
// after which the request fails by the names that the SDK retries.

/** Milliseconds for a connection and for an answer, and how many connections there may be. */
export interface TableRequestLimits {
  readonly connectMs: number
  readonly answerMs: number
  readonly socketsMax: number
}

/** What of the SDK's request goes over the wire: the table's have no query. */
interface Sent {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body?: string | Uint8Array
}

interface Received {
  readonly statusCode: number
  readonly headers: Record<string, string>
  readonly body: Uint8Array
}

/** Sends the SDK's requests to the table; keeps connections. */
export function tableRequests(limits: TableRequestLimits): RequestHandler {
  const options = { keepAlive: true, maxSockets: limits.socketsMax }
  const plain = new HttpAgent(options)
  const secure = new HttpsAgent(options)
  const open = (sent: Sent): ClientRequest => {
    const { hostname, port, method, path, headers } = sent
    const place: RequestOptions = { host: hostname, port, method, path, headers }
    return sent.protocol === 'https:'
      ? httpsRequest({ ...place, agent: secure })
      : httpRequest({ ...place, agent: plain })
  }
  const handler = {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: async (sent: Sent) => ({ response: await exchange(open(sent), sent, limits) }),
    destroy: () => {
      plain.destroy()
      secure.destroy()
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  }
  return handler
}

type RequestHandler = NonNullable<DynamoDBClientConfig['requestHandler']>

/** Codes of a connection that broke; the SDK retries what is named so. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

function exchange(
  request: ClientRequest,
  { body }: Sent,
  { connectMs, answerMs }: TableRequestLimits,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const giveUp = (what: string, milliseconds: number) => {
      const error = new Error(`The table did not ${what} within ${milliseconds} ms`)
      request.destroy(Object.assign(error, { name: 'TimeoutError', code: 'ETIMEDOUT' }))
    }
    const answering = setTimeout(giveUp, answerMs, 'answer', answerMs)
    const fail = (error: NodeJS.ErrnoException) => {
      clearTimeout(answering)
      reject(BROKEN.has(error.code ?? '') ? Object.assign(error, { name: 'TimeoutError' }) : error)
    }
    request.on('error', fail)
    request.once('socket', (socket) => {
      if (!socket.connecting) return
      const connecting = setTimeout(giveUp, connectMs, 'take a connection', connectMs)
      const connected = () => {
        clearTimeout(connecting)
      }
      socket.once('connect', connected)
      socket.once('close', connected)
    })
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', fail)
      response.once('end', () => {
        clearTimeout(answering)
        const { statusCode = 0, headers } = response
        const [first = Buffer.alloc(0)] = chunks
        const whole = chunks.length === 1 ? first : Buffer.concat(chunks)
        resolve({ statusCode, headers: headers as Record<string, string>, body: whole })
      })
    })
    request.end(body)
  })
}
