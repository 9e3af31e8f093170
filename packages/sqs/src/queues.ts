import * as z from 'zod'
import type { Instant } from '@holdfast/embedded/clock'
import type { Call } from '@holdfast/embedded/core'
import { ApiError } from '@holdfast/embedded/errors'
import { operation, type Sqs } from './core.ts'
import { invalidValue } from './errors.ts'
import { defaultAttributes, readAttributes, showAttributes } from './queue-attributes.ts'
import type { QueueAttributes } from './queue-attributes.ts'
import { newQueue, stepToKeepQueue, type Queue } from './queue.ts'

const namedQueue = z.object({ QueueName: z.string() })
const attributesGiven = z.record(z.string(), z.string())

/** CreateQueue: a queue that is there already is fine, if it is the same. */
export const createQueue = operation(
  namedQueue.extend({ Attributes: attributesGiven.optional() }),
  async (core, { QueueName: name, Attributes: given = {} }, call) => {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
      throw invalidValue(
        { name: 'QueueName', value: name },
        'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
      )
    }
    const wanted = readAttributes(given)
    const existing = core.queues.get(name)
    if (existing === undefined) {
      checkRedrive(core, wanted)
      const now = core.clock.now()
      const attributes = { ...defaultAttributes, ...wanted }
      const queue = newQueue({ name, createdAt: now, modifiedAt: now, attributes })
      core.queues.set(name, queue)
      await core.vault.write([stepToKeepQueue(queue)])
    } else refuseOther(existing, given)
    return { QueueUrl: urlOf(core, name, call) }
  },
)

function refuseOther({ attributes }: Queue, given: Readonly<Record<string, string>>): void {
  const same = showAttributes({ ...attributes, ...readAttributes(given) })
  const existing = showAttributes(attributes)
  const other = Object.keys(given).find((key) => same[key] !== existing[key])
  if (other === undefined) return
  throw new ApiError(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${other}`,
  )
}

/** GetQueueUrl. */
export const getQueueUrl = operation(namedQueue, (core, { QueueName: name }, call) => {
  if (!core.queues.has(name)) throw noSuchQueue()
  return { QueueUrl: urlOf(core, name, call) }
})

/** What names a queue in most requests. */
export const atQueue = z.object({ QueueUrl: z.string() })

/** GetQueueAttributes. */
export const getQueueAttributes = operation(
  atQueue.extend({ AttributeNames: z.array(z.string()).optional() }),
  (core, { QueueUrl: url, AttributeNames: names = [] }) => {
    const all = describeQueue(core, requireQueue(core, url))
    if (names.includes('All')) return { Attributes: all }
    const known = [...Object.keys(all), 'RedrivePolicy']
    const unknown = names.find((name) => !known.includes(name))
    if (unknown !== undefined) {
      throw new ApiError('InvalidAttributeName', `Unknown Attribute ${unknown}.`)
    }
    const asked = Object.entries(all).filter(([name]) => names.includes(name))
    return asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) }
  },
)

/** SetQueueAttributes: what is not named stays as it is. */
export const setQueueAttributes = operation(
  atQueue.extend({ Attributes: attributesGiven }),
  async (core, { QueueUrl: url, Attributes: given }) => {
    const queue = requireQueue(core, url)
    const wanted = readAttributes(given)
    checkRedrive(core, wanted)
    queue.attributes = { ...queue.attributes, ...wanted }
    queue.modifiedAt = core.clock.now()
    await core.vault.write([stepToKeepQueue(queue)])
    return {}
  },
)

/** The queue that a URL names; refuses one that is not there. */
export function requireQueue({ queues, accountId }: Sqs, url: string): Queue {
  const [, account, name] = /^https?:\/\/[^/]+\/(\d+)\/([^/]+)$/.exec(url) ?? []
  if (name === undefined) {
    throw new ApiError('InvalidAddress', `The address ${url} is not valid for this endpoint.`)
  }
  const queue = account === accountId ? queues.get(name) : undefined
  if (queue === undefined) throw noSuchQueue()
  return queue
}

/** The queue that an ARN names, if it is there. */
export function queueByArn(core: Sqs, arn: string): Queue | undefined {
  const name = arn.split(':').at(-1) ?? ''
  return arnOf(core, name) === arn ? core.queues.get(name) : undefined
}

/** The ARN of a queue. */
export function arnOf({ region, accountId }: Sqs, name: string): string {
  return `arn:aws:sqs:${region}:${accountId}:${name}`
}

function urlOf({ accountId }: Sqs, name: string, { origin }: Call): string {
  return `${origin}/${accountId}/${name}`
}

function noSuchQueue(): ApiError {
  return new ApiError('QueueDoesNotExist', 'The specified queue does not exist.')
}

function checkRedrive(core: Sqs, { redrive }: Partial<QueueAttributes>): void {
  if (redrive === undefined || queueByArn(core, redrive.deadLetterTargetArn) !== undefined) return
  throw invalidValue(
    { name: 'RedrivePolicy', value: redrive },
    'Dead letter target does not exist.',
  )
}

function describeQueue(core: Sqs, queue: Queue): Record<string, string> {
  const { name, createdAt, modifiedAt, attributes } = queue
  const counts = countMessages(queue, core.clock.now())
  return {
    QueueArn: arnOf(core, name),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: String(Math.floor(createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(modifiedAt / 1000)),
    ...showAttributes(attributes),
  }
}

function countMessages({ messages }: Queue, now: Instant) {
  const counts = { visible: 0, inFlight: 0, delayed: 0 }
  for (const { state } of messages.values()) {
    if (state.visibleAt <= now) counts.visible += 1
    else counts[state.receives === 0 ? 'delayed' : 'inFlight'] += 1
  }
  return counts
}
