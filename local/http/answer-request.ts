import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import type { Clock } from '../../lib/clock.ts'
import { gatewayReply, toLambdaContext, toProxyEvent, toReply } from './api-gateway.ts'
import type { RawRequest, Reply } from './api-gateway.ts'
import { Lane, type LaneLimits, type TurnedAway } from './lane.ts'
import { readBody, type BodyStore } from './read-body.ts'
import type { RouteMatch } from './router.ts'
import { API_ANSWER_MS_MAX, API_BODY_BYTES_MAX } from '../../lib/limits/aws-limits.ts'

// From a request to its answer:
//
// 1. Where the body may be large, nobody is let in whose key is not known, nor anybody for whom there is no room: that is
//    answered before the body is read.
// 2. The body is read, and has its place in memory until the answer is there.
// 3. The handler runs in its turn. What does next to nothing, what has a small body and what has a large one stand in lines of
//    their own: all share one thread, and a thousand seats take it as long as a thousand buyers.
// 4. Whoever is still waiting when the server closes is turned away; whoever runs may finish, until patience ends.

/** How many there may be of each kind. */
export type LaneName = 'light' | 'small' | 'large'

/** A body that may be more than one object with all the data it may have, and holds some hundred labels. */
const SMALL_BYTES_MAX = 5 * 1024

/** Bytes of bodies at a time. */
const BODIES_BYTES_MAX = 128 * 1024 * 1024

/** With the time that a function has, less than a connection may be silent: whoever waits is answered on it. */
const WAIT_MS_MAX = 15_000

/** Four of the small at a time: with 64 in each turn of the event loop a new buyer would wait for seconds. */
const small = { runningMax: 4, waitingMax: 2_000, waitMsMax: WAIT_MS_MAX, usualMs: 10 }

/** What turns out to be large, such as the release of all that a token holds, soon lets others pass. */
const passable = { freshMsMax: 250, staleMax: 8 }

export const DEFAULT_LANES: Readonly<Record<LaneName, LaneLimits>> = {
  light: { ...small, ...passable },
  small: { ...small, ...passable },
  large: {
    runningMax: 1,
    waitingMax: 16,
    waitMsMax: WAIT_MS_MAX,
    usualMs: 2_000,
    freshMsMax: 10_000,
    staleMax: 2,
  },
}

/** Seconds after which a server that ends may be there again. */
const RESTART_SECONDS = 5

/** Where requests are answered. */
export class Desk {
  readonly #clock: Clock
  readonly #log: (line: object) => void
  readonly #lanes: Readonly<Record<LaneName, Lane>>
  readonly #bodies: BodyStore = { bytes: 0, bytesMax: BODIES_BYTES_MAX }
  readonly #givingUp = new Set<() => void>()

  constructor(options: {
    readonly clock: Clock
    readonly log: (line: object) => void
    readonly lanes?: Partial<Record<LaneName, Partial<LaneLimits>>>
  }) {
    const { clock, lanes = {} } = options
    this.#clock = clock
    this.#log = options.log
    const now = () => performance.now()
    const laneOf = (name: LaneName) => new Lane({ ...DEFAULT_LANES[name], ...lanes[name] }, now)
    this.#lanes = { light: laneOf('light'), small: laneOf('small'), large: laneOf('large') }
  }

  /** Answers a request in its turn, or says when to come again; `isGone` tells whether anybody waits for the answer. */
  async answer(request: IncomingMessage, call: Call): Promise<Answer> {
    const progress = { isBegun: false }
    let give: () => void = () => undefined
    const givenUp = new Promise<Answer>((resolve) => {
      give = () => {
        resolve({ reply: lastWord(call, progress), last: true })
      }
    })
    this.#givingUp.add(give)
    try {
      return await Promise.race([this.#answer(request, call, progress), givenUp])
    } finally {
      this.#givingUp.delete(give)
    }
  }

  /** Lets nobody begin any more. */
  close(): void {
    for (const lane of Object.values(this.#lanes)) lane.close()
  }

  /** Answers everybody who is still waiting for something, without it. */
  giveUp(): void {
    for (const give of this.#givingUp) give()
  }

  async #answer(request: IncomingMessage, call: Call, progress: Progress): Promise<Answer> {
    const bytes = declaredBytes(request)
    if (bytes > SMALL_BYTES_MAX) {
      const reply = await this.#refuseUnread(call, bytes)
      if (reply !== undefined) return { reply, last: false }
    }
    const received = await readBody(request, this.#bodies)
    // Nobody reads this answer; 499 is what proxies log for a client that has gone.
    if (received.status === 'aborted') return { reply: gatewayReply(499, 'Aborted'), last: true }
    if (received.status === 'too-large') return { reply: tooLarge(), last: true }
    if (received.status === 'no-room') {
      return { reply: turnAway(call, this.#lanes.large.comeAgain()), last: true }
    }
    try {
      return { reply: await this.#runInTurn(call, received.body, progress), last: false }
    } finally {
      this.#bodies.bytes -= received.body.length
    }
  }

  /** The answer to a request whose body is not worth reading; undefined where it is. */
  async #refuseUnread(call: Call, bytes: number): Promise<Reply | undefined> {
    const { route } = call.match
    if (Number.isFinite(bytes) && bytes > API_BODY_BYTES_MAX) return tooLarge()
    if (route.isLight === true) return this.#runInTurn(call, Buffer.alloc(0), { isBegun: false })
    const refused = await this.#lanes.small.run(async () => ({
      result: await route.door?.refuse(toEvent(call)),
    }))
    if ('retrySeconds' in refused) return turnAway(call, refused)
    if (refused.result !== undefined) return toReply(refused.result)
    const busy = this.#lanes.large.turnsAway()
    return busy && turnAway(call, busy)
  }

  async #runInTurn(call: Call, body: Buffer, progress: Progress): Promise<Reply> {
    const name = call.match.route.isLight === true ? 'light' : sizeOf(body)
    const reply = await this.#lanes[name].run(() => {
      if (call.isGone()) return Promise.resolve(gatewayReply(499, 'Aborted'))
      progress.isBegun = true
      return this.#invoke({ ...call.raw, body }, call.match)
    })
    return 'retrySeconds' in reply ? turnAway(call, reply) : reply
  }

  async #invoke(raw: RawRequest, match: RouteMatch): Promise<Reply> {
    const deadline = this.#clock.now() + API_ANSWER_MS_MAX
    const name = `${match.route.method} ${match.route.path}`
    const context = toLambdaContext(name, raw.requestId, () => deadline - this.#clock.now())
    try {
      return toReply(await match.route.handler(toProxyEvent(raw, match), context))
    } catch (error) {
      const { requestId } = raw
      this.#log({
        level: 'error',
        message: 'a handler failed',
        requestId,
        name,
        ...described(error),
      })
      return gatewayReply(502, 'Internal server error')
    }
  }
}

/** A request that has a route. */
export interface Call {
  /** Without its body, which may not have come yet. */
  readonly raw: RawRequest
  readonly match: RouteMatch
  readonly isGone: () => boolean
}

export interface Answer {
  readonly reply: Reply
  /** Whether the rest of the connection cannot be trusted. */
  readonly last: boolean
}

interface Progress {
  isBegun: boolean
}

/** What a header says of the body's length; of a body in chunks nobody knows it. */
function declaredBytes({ headers }: IncomingMessage): number {
  if (headers['transfer-encoding'] !== undefined) return Infinity
  return Number(headers['content-length'] ?? 0)
}

function sizeOf(body: Buffer): LaneName {
  return body.length > SMALL_BYTES_MAX ? 'large' : 'small'
}

function tooLarge(): Reply {
  return gatewayReply(413, 'Request Too Long')
}

function turnAway(call: Call, { retrySeconds }: TurnedAway): Reply {
  const { door } = call.match.route
  if (door !== undefined) return toReply(door.turnAway(toEvent(call), retrySeconds))
  return retryLater(retrySeconds)
}

/** What is answered when the server ends and cannot wait any longer. */
function lastWord(call: Call, { isBegun }: Progress): Reply {
  const { door } = call.match.route
  if (door === undefined) return retryLater(RESTART_SECONDS)
  const answer: (event: APIGatewayProxyEvent) => APIGatewayProxyResult = isBegun
    ? door.giveUp
    : (event) => door.turnAway(event, RESTART_SECONDS)
  return toReply(answer(toEvent(call)))
}

function retryLater(seconds: number): Reply {
  const { headers, ...reply } = gatewayReply(503, 'Service Unavailable')
  return { ...reply, headers: new Map([...headers, ['retry-after', [String(seconds)]]]) }
}

function toEvent({ raw, match }: Call): APIGatewayProxyEvent {
  return toProxyEvent(raw, match)
}

/** An error as a line of the log has it. */
export function described(error: unknown): object {
  if (!(error instanceof Error)) return { error: 'thrown without an error object' }
  return { error: error.name, reason: error.message, stack: error.stack }
}
