import type { PutEventsCommandInput, PutEventsResultEntry } from '@aws-sdk/client-eventbridge'
import type { SendMessageBatchCommandInput } from '@aws-sdk/client-sqs'
import { openBus, type Bus } from '../../../lib/bus/bus.ts'
import type { BusPort } from '../../../lib/bus/port.ts'
import type { QueueName } from '../../../lib/bus/send-messages.ts'
import { drawFate } from './faults.ts'
import { persistently } from './persistently.ts'
import { travel, type Life, type World } from './processes.ts'
import { queueOf, type Queue } from './queue.ts'
import type { Random } from './random.ts'

// The bus and the queues behind it, over the same bad network as the table: the product's own code up to the SDK's clients, which
// are plain here. The bus refuses entries by ones and by outages, and hands on what it took late, twice and in no order.

/** A notice as the bus took it. */
export interface Published {
  /** True time. */
  readonly at: number
  readonly life: string
  readonly source: string
  readonly type: string
  readonly detail: string
}

/** A rule on the bus: which types of notices go to which endpoint. */
export interface Subscription {
  readonly endpointId: string
  readonly types: readonly string[]
}

/** Bus and queues of a run. */
export interface PostOffice {
  /** Everything that the bus took, in order. */
  readonly published: readonly Published[]
  readonly timers: Queue
  readonly deliveries: Queue
  /** Bodies that somebody would have to look at. */
  readonly deadLetters: readonly string[]
  readonly failures: readonly string[]
  /** The bus as a process has it. */
  busFor(life: Life): Bus
  /** Whether there is nothing left in the queues. */
  isEmpty(): boolean
}

/** Milliseconds from the bus to a queue at most, as a rule. */
const HAND_ON_MS = 400

/** How often an outage begins, how long it lasts at most, and how much is refused meanwhile and otherwise. */
const outages = { begin: 0.02, msMax: 3_000, refused: 0.7, otherwise: 0.01 } as const

interface Entry {
  readonly isTaken: boolean
}

/** Opens bus and queues; notices go to these subscriptions. */
export function openPostOffice(
  world: World,
  random: Random,
  subscriptions: readonly Subscription[],
): PostOffice {
  const { scheduler } = world
  const published: Published[] = []
  const texts = { deadLetters: [] as string[], failures: [] as string[] }
  const timers = queueOf(world, 'timer', random.fork('timers'))
  const deliveries = queueOf(world, 'delivery', random.fork('deliveries'))
  const refuses = refusing(world, random.fork('refusing'))

  function publish(life: Life, entry: NonNullable<PutEventsCommandInput['Entries']>[number]): void {
    const { Source: source = '', DetailType: type = '', Detail: detail = '' } = entry
    published.push({ at: scheduler.now(), life: life.name, source, type, detail })
    const notice = { source, 'detail-type': type, detail: JSON.parse(detail) as unknown }
    for (const { endpointId, types } of subscriptions) {
      if (!types.includes(type)) continue
      const body = JSON.stringify({ endpoint: endpointId, notice })
      deliveries.put(body, random.below(HAND_ON_MS))
    }
  }

  function putEvents(life: Life, { Entries = [] }: PutEventsCommandInput) {
    const entries = Entries.map((entry) => {
      const isTaken = !refuses()
      if (isTaken) publish(life, entry)
      return { isTaken }
    })
    return { FailedEntryCount: entries.filter(isRefused).length, Entries: entries.map(resultOf) }
  }

  function sendMessages({ QueueUrl = '', Entries = [] }: SendMessageBatchCommandInput) {
    const failed = Entries.filter(({ MessageBody = '', DelaySeconds = 0 }) => {
      if (refuses()) return true
      const name = QueueUrl as QueueName
      if (name === 'timers') timers.put(MessageBody, DelaySeconds * 1_000)
      else if (name === 'deliveries') deliveries.put(MessageBody, DelaySeconds * 1_000)
      else texts[name].push(MessageBody)
      return false
    })
    return { Failed: failed.map(({ Id }) => ({ Id })) }
  }

  return {
    published,
    timers,
    deliveries,
    ...texts,
    isEmpty: () => timers.size() === 0 && deliveries.size() === 0,
    busFor: (life) =>
      busOver(life, (land) => overNetwork(world, { life, random, land }), {
        putEvents: (input) => putEvents(life, input),
        sendMessages,
      }),
  }
}

/** Whether an entry is refused: now and then one, and many while an outage lasts. */
function refusing({ scheduler, weather }: World, random: Random): () => boolean {
  let isOutUntil = 0
  return () => {
    const { off, intensity } = weather()
    if (off.has('bus') || intensity === 0) return false
    if (random.chance(outages.begin * intensity)) {
      isOutUntil = scheduler.now() + random.below(outages.msMax)
    }
    return random.chance(scheduler.now() < isOutUntil ? outages.refused : outages.otherwise)
  }
}

function isRefused({ isTaken }: Entry): boolean {
  return !isTaken
}

function resultOf({ isTaken }: Entry): PutEventsResultEntry {
  return isTaken ? { EventId: 'taken' } : { ErrorCode: 'ThrottlingException' }
}

interface Services {
  readonly putEvents: (input: PutEventsCommandInput) => object
  readonly sendMessages: (input: SendMessageBatchCommandInput) => object
}

/** The product's bus over clients that hand a command's input on; queues are called by their names. */
function busOver(
  life: Life,
  send: (land: () => object) => Promise<object>,
  { putEvents, sendMessages }: Services,
): Bus {
  const queueNames: Record<QueueName, QueueName> = {
    deliveries: 'deliveries',
    timers: 'timers',
    deadLetters: 'deadLetters',
    failures: 'failures',
  }
  const clients = {
    events: { send: ({ input }: Command) => send(() => putEvents(input as PutEventsCommandInput)) },
    queues: {
      send: ({ input }: Command) => send(() => sendMessages(input as SendMessageBatchCommandInput)),
    },
  } as unknown as Pick<BusPort, 'events' | 'queues'>
  const { clock, ids } = life.port
  const names = { bus: 'bus', deliveriesArn: 'deliveries', ...queueNames }
  return openBus({ ...clients, names, clock, ids })
}

interface Command {
  readonly input: object
}

interface Calling {
  readonly life: Life
  readonly random: Random
  readonly land: () => object
}

/** Calls again and again as the SDK does, over a network as bad as the table's. */
function overNetwork(world: World, { life, random, land }: Calling): Promise<object> {
  return persistently(life, () => {
    const fate = drawFate(random, world.weather(), false)
    const { refusal } = fate
    const run = () =>
      refusal === undefined ? Promise.resolve(land()) : Promise.reject(serviceError(refusal))
    return travel(world, { life, fate, land: run })
  })
}

function serviceError(refusal: string): Error {
  const isThrottle = refusal === 'throttle'
  return Object.assign(new Error(refusal), {
    name: isThrottle ? 'ThrottlingException' : 'InternalException',
    $metadata: { httpStatusCode: isThrottle ? 400 : 500 },
  })
}
