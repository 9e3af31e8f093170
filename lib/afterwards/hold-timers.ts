import { addSeconds, instant, type Instant } from '../clock.ts'
import { plainJson } from '../plain-text.ts'
import type { HoldToEnd } from '../store/table/stream-records.ts'
import { hopSeconds } from '../webhooks/schedule.ts'

// A timer is a message to ourselves that is kept back until a hold's deadline. SQS keeps a message back for 15 minutes at
// most: a later deadline is reached in hops.

/** A timer's message, to be seen after so many seconds. */
export interface TimerMessage {
  readonly body: string
  readonly delaySeconds: number
}

/** Bytes of labels in one message: with everything else it stays below SQS's 256 KB of old. */
const LABEL_BYTES_MAX = 200_000

/** The messages that end a hold at its deadline: one, unless its labels do not fit. */
export function timersFor(hold: HoldToEnd, now: Instant): TimerMessage[] {
  return chunksOf(hold.labels).map((labels) => timerFor({ ...hold, labels }, now))
}

/** The message that ends a hold at its deadline, or that is the next hop there; not before that many seconds. */
export function timerFor(hold: HoldToEnd, now: Instant, secondsMin = 0): TimerMessage {
  const dueAt = instant(Math.max(hold.until, addSeconds(now, secondsMin)))
  return { body: plainJson(hold), delaySeconds: hopSeconds(dueAt, now) }
}

/** Reads a timer's message; throws where it is none. */
export function readTimer(body: string): HoldToEnd {
  const hold = JSON.parse(body) as HoldToEnd
  const { workspaceId, holdToken, event, labels, until } = hold
  const texts = [workspaceId, holdToken, event.eventId, ...labels]
  const isWhole = texts.every((text) => typeof text === 'string') && Number.isInteger(until)
  if (!isWhole || !Number.isInteger(event.shards)) throw new Error('A timer cannot be read')
  return hold
}

function chunksOf(labels: readonly string[]): string[][] {
  const chunks: string[][] = [[]]
  let bytes = 0
  for (const label of labels) {
    const size = Buffer.byteLength(plainJson(label)) + 1
    if (bytes > 0 && bytes + size > LABEL_BYTES_MAX) {
      chunks.push([])
      bytes = 0
    }
    chunks.at(-1)?.push(label)
    bytes += size
  }
  return chunks
}
