import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { Webhook } from 'standardwebhooks'
import type { Clock } from '../lib/clock.ts'
import type { Notice } from '../lib/rules/notice.ts'

// A receiver of webhooks to try things out with: verifies both signatures of each notice and prints the notice on a line.

/** Seconds by which the moment of signing may differ from now: older notices may be replays. */
export const TOLERANCE_SECONDS = 300

/** Bytes of a body; notices have far fewer. */
const BODY_BYTES_MAX = 1024 * 1024

export interface ReceiverOptions {
  /** The endpoint's secret; without it nothing can be verified, and all is printed. */
  readonly secret: string | undefined
  readonly clock: Pick<Clock, 'now'>
  readonly print: (line: string) => void
}

/** Makes the receiver's server; it answers 204 to what is verified, and 401 to what is not. */
export function createReceiver(options: ReceiverOptions): Server {
  return createServer((request, response) => {
    receive(options, request).then(
      (status) => response.writeHead(status).end(),
      () => response.destroy(),
    )
  })
}

async function receive(options: ReceiverOptions, request: IncomingMessage): Promise<number> {
  const { secret, print, clock } = options
  if (request.method !== 'POST') return 405
  const body = await readBody(request)
  if (body === undefined) return 413
  if (secret !== undefined) {
    const reason = whyNotVerified({ secret, body, headers: textHeaders(request) }, clock.now())
    if (reason !== undefined) {
      print(`401  ${reason}`)
      return 401
    }
  }
  for (const line of linesOf(body)) print(line)
  return 204
}

/** What is to be verified. */
interface Signed {
  readonly secret: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

/** Verifies both signatures; why one of them is not right, or undefined where both are. */
export function whyNotVerified(signed: Signed, now: number): string | undefined {
  return whyNotSeats(signed, now) ?? whyNotStandard(signed)
}

/** `Seats-Signature: t=…,v1=…`: an HMAC under the whole secret, with one `v1` for each secret while a rotation overlaps. */
function whyNotSeats({ secret, body, headers }: Signed, now: number): string | undefined {
  const [time = '', ...rest] = (headers['seats-signature'] ?? '').split(',')
  const [, seconds] = /^t=(\d+)$/.exec(time) ?? []
  if (seconds === undefined) return 'Seats-Signature is missing or not readable'
  if (Math.abs(now / 1000 - Number(seconds)) > TOLERANCE_SECONDS)
    return 'Seats-Signature is too old'
  const expected = `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
  return rest.some((given) => isSame(given, expected)) ? undefined : 'Seats-Signature is wrong'
}

/** The headers of Standard Webhooks, by the package of its authors; it reads the clock by itself. */
function whyNotStandard({ secret, body, headers }: Signed): string | undefined {
  try {
    new Webhook(secret).verify(body, headers)
    return undefined
  } catch (error) {
    return `webhook-signature: ${error instanceof Error ? error.message : String(error)}`
  }
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Each notice on a line; what is none is told as it is. */
function linesOf(body: string): string[] {
  const notices = parse(body)
  return notices?.map(describe) ?? [`204  not a notice: ${body.slice(0, 200)}`]
}

function describe(notice: Notice): string {
  const { type, event, objectLabel, status, previousStatus, version, occurredAt, id, test } = notice
  const change = `${previousStatus} → ${status}`
  return [
    occurredAt,
    test === true ? `${type} (test)` : type,
    event.eventKey,
    objectLabel,
    `${change}, version ${version}`,
    id,
  ].join('  ')
}

/** A notice by itself, or several in one request. */
function parse(body: string): Notice[] | undefined {
  try {
    const told = JSON.parse(body) as Partial<Notice & { notices: Notice[] }> | null
    if (Array.isArray(told?.notices)) return told.notices
    return told?.event === undefined ? undefined : [told as Notice]
  } catch {
    return undefined
  }
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length
    if (bytes > BODY_BYTES_MAX) return undefined
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function textHeaders({ headers }: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, String(value)])
  return Object.fromEntries(entries) as Record<string, string>
}
