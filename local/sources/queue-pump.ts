import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import type { Clock } from '../../lib/clock.ts'
import { defined } from '../../lib/defined.ts'

// Lambda's event source mapping for a queue, in small: takes messages as long as a call is free, hands them to the worker in
// batches, and deletes those that the worker did not report as failed. The others, and all those of a call that throws, come
// again when their visibility timeout is over.
//
// Lambda has a machine for each call; here all share one. So only a few calls begin at a time, and what waits does so in the queue:
// taken too early, messages would wait for each other in this process, and deliveries would find no room at their endpoint
// and go back. A call that takes long although the process has time waits for a receiver, and must not keep the others from
// beginning.

/** A worker that takes the messages of a queue. */
export type QueueWorker = (event: SQSEvent) => Promise<SQSBatchResponse | undefined>

export interface QueuePump {
  /** Hands over all messages that can be received now, one batch after the other; answers how many. */
  drain(): Promise<number>
  /** Takes messages until stopped, through outages too; `stop` waits for calls that are under way. */
  start(): { stop(): Promise<void> }
}

export interface QueuePumpOptions {
  readonly queues: Pick<SQSClient, 'send'>
  readonly queueUrl: string
  readonly worker: QueueWorker
  /** Messages in one call, at most. */
  readonly batchSize: number
  /** Calls under way at a time, at most. */
  readonly concurrencyMax: number
  /** The same of calls that began less than a moment ago: those after that are taken to wait for somebody else. */
  readonly freshMax?: number
  readonly clock: Clock
  /** Told of each outage, and of each call that throws. */
  readonly onFailure?: (error: unknown) => void
}

/** Milliseconds for which a call counts as one that this process is busy with. */
export const FRESH_MS = 100

/** Milliseconds after which it counts as that no more, however busy the process is: a few receivers that hang would stop it. */
const FRESH_MS_MAX = 1_000

/** Milliseconds by which a timer may be late in a process that has time: where it is later, calls are slow because of us. */
const LAG_MS_MAX = 50

/** Seconds that one request waits for a message: the longest that SQS allows. */
const WAIT_SECONDS = 20

/** Milliseconds before the next request, after one that failed. */
const RETRY_MS = 1_000

/** Batches of one drain: a worker that keeps feeding its own queue must not drain forever. */
const DRAIN_BATCHES_MAX = 10_000

/** Makes a pump over a queue; it takes nothing yet. */
export function createQueuePump(options: QueuePumpOptions): QueuePump {
  const place = once(() => findPlace(options))
  return {
    drain: async () => {
      let count = 0
      for (let batch = 1; batch <= DRAIN_BATCHES_MAX; batch += 1) {
        const messages = await receive(options, { waitSeconds: 0 })
        if (messages.length === 0) return count
        await handOver(options, messages, await place())
        count += messages.length
      }
      throw new Error(`The queue was not empty after ${DRAIN_BATCHES_MAX} batches`)
    },
    start: () => {
      const stopped = new AbortController()
      const running = run(options, place, stopped.signal)
      return {
        stop: async () => {
          stopped.abort()
          await running
        },
      }
    },
  }
}

async function run(
  options: QueuePumpOptions,
  place: () => Promise<QueuePlace>,
  stopped: AbortSignal,
): Promise<void> {
  const { concurrencyMax, freshMax = concurrencyMax, clock, onFailure } = options
  const underWay = new Set<Promise<void>>()
  const fresh = new Set<Promise<void>>()
  while (!stopped.aborted) {
    const hasRoom = underWay.size < concurrencyMax
    if (!hasRoom || fresh.size >= freshMax) {
      await Promise.race(hasRoom ? fresh : underWay)
      continue
    }
    try {
      const at = await place()
      const messages = await receive(options, { waitSeconds: WAIT_SECONDS, signal: stopped })
      if (messages.length === 0) continue
      const call = handOver(options, messages, at).finally(() => underWay.delete(call))
      underWay.add(call)
      const young = Promise.race([call, untilOld(clock)]).finally(() => fresh.delete(young))
      fresh.add(young)
    } catch (error) {
      if (isAborted(stopped)) break
      onFailure?.(error)
      await Promise.race([clock.sleep(RETRY_MS), untilAborted(stopped)])
    }
  }
  await Promise.all(underWay)
}

/** Waits until a call is no longer new: for a moment, in which this process had nothing better to do. */
async function untilOld(clock: Clock): Promise<void> {
  const end = clock.now() + FRESH_MS_MAX
  let lag: number
  do {
    const start = clock.now()
    await clock.sleep(FRESH_MS)
    lag = clock.now() - start - FRESH_MS
  } while (lag > LAG_MS_MAX && clock.now() < end)
}

/** Asked anew: it may have been aborted while something was awaited. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve()
    })
  })
}

async function receive(
  { queues, queueUrl, batchSize }: QueuePumpOptions,
  { waitSeconds, signal }: { waitSeconds: number; signal?: AbortSignal },
): Promise<Message[]> {
  const { Messages = [] } = await queues.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: batchSize,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
    }),
    defined({ abortSignal: signal }),
  )
  return Messages
}

/** Calls the worker with one batch and deletes what it is done with; never rejects. */
async function handOver(
  options: QueuePumpOptions,
  messages: readonly Message[],
  place: QueuePlace,
): Promise<void> {
  const { queues, queueUrl, worker, onFailure } = options
  try {
    const answer = await worker({ Records: messages.map((message) => toRecord(message, place)) })
    const done = doneOf(messages, answer)
    if (done.length === 0) return
    const { Failed = [] } = await queues.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: done.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle })),
      }),
    )
    if (Failed.length > 0) {
      throw new Error(`${Failed.length} messages were handled but not deleted, and come again`)
    }
  } catch (error) {
    onFailure?.(error)
  }
}

/** A failure that is none of the batch fails all of it, as Lambda has it. */
function doneOf(messages: readonly Message[], answer: SQSBatchResponse | undefined): Message[] {
  const failed = new Set((answer?.batchItemFailures ?? []).map((item) => item.itemIdentifier))
  const known = messages.filter(({ MessageId = '' }) => failed.has(MessageId))
  if (known.length < failed.size) return []
  return messages.filter(({ MessageId = '' }) => !failed.has(MessageId))
}

/** What every record says of its queue. */
interface QueuePlace {
  readonly arn: string
  readonly region: string
}

async function findPlace({ queues, queueUrl }: QueuePumpOptions): Promise<QueuePlace> {
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
  )
  const arn = Attributes?.QueueArn ?? ''
  return { arn, region: arn.split(':')[3] ?? '' }
}

function toRecord(message: Message, { arn, region }: QueuePlace): SQSRecord {
  const { MessageId, ReceiptHandle, Body, MD5OfBody, Attributes } = message
  return {
    messageId: MessageId ?? '',
    receiptHandle: ReceiptHandle ?? '',
    body: Body ?? '',
    attributes: Attributes as unknown as SQSRecord['attributes'],
    messageAttributes: {},
    md5OfBody: MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  }
}

/** Asks until it is answered, and then never again. */
function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | undefined
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined
      throw error
    })
    return asked
  }
}
