import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import type { SQSRecord } from 'aws-lambda'
import { expect, test } from 'vitest'
import { deliverBatch } from '../../../functions/workers/deliver-webhook.ts'
import { systemClock } from '../../../lib/clock.ts'
import { SLOTS_MAX } from '../../../lib/store/webhooks/endpoint-gates.ts'
import type { PostResult } from '../../../lib/webhooks/post.ts'
import { openDeliveries, type DeliveryWorld } from '../../support/deliveries.ts'
import { intercepted, isCommand, type Interceptor } from '../../support/intercepted.ts'

// An endpoint under load, in virtual time: what is read and written takes none, and so an exchange takes as much longer.

const TICK_MS = 10

/** Of the receiver, and of the requests to the table around that. */
const ANSWER_MS = 50
const TABLE_MS = 30

/** After that everybody has looked again who found no room. */
const ROOM_MS = 9_000

/** What was asked of the table. */
interface Asked {
  reads: number
  writes: number
  readonly writesOf: Map<string, number>
  underWay: number
}

function counting(asked: Asked): { reads: Interceptor; writes: Interceptor } {
  const counted: Interceptor = async (command, send) => {
    Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' })
    asked.underWay += 1
    try {
      const answer = await send()
      count(asked, command.input, { units: unitsOf(answer), isWrite: !isRead(command) })
      return answer
    } catch (error) {
      // A condition that fails costs as much as the item is large: these are small.
      count(asked, command.input, { units: 1, isWrite: true })
      throw error
    } finally {
      asked.underWay -= 1
    }
  }
  const isRead = (command: Parameters<Interceptor>[0]) =>
    isCommand(command, 'GetCommand', 'BatchGetCommand', 'QueryCommand')
  return { reads: counted, writes: counted }
}

interface Input {
  readonly Key?: { readonly pk: string }
  readonly Item?: { readonly pk: string }
}

function count(
  asked: Asked,
  { Key, Item }: Input,
  { units, isWrite }: { units: number; isWrite: boolean },
): void {
  if (!isWrite) {
    asked.reads += units
    return
  }
  asked.writes += units
  const pk = Key?.pk ?? Item?.pk ?? ''
  asked.writesOf.set(pk, (asked.writesOf.get(pk) ?? 0) + units)
}

function unitsOf({ ConsumedCapacity }: Record<string, unknown>): number {
  const [all] = [ConsumedCapacity].flat() as { CapacityUnits?: number }[]
  return all?.CapacityUnits ?? 0
}

/** Messages that wait in the queue, as many as one call gets. */
async function receive({ messaging }: DeliveryWorld, batchSize: number): Promise<SQSRecord[]> {
  const { Messages = [] } = await messaging.queues.send(
    new ReceiveMessageCommand({
      QueueUrl: messaging.names.deliveries,
      MaxNumberOfMessages: batchSize,
    }),
  )
  return Messages.map(({ MessageId = '', Body = '', ReceiptHandle = '' }) => {
    return { messageId: MessageId, body: Body, receiptHandle: ReceiptHandle } as SQSRecord
  })
}

/** Sends that many notices a second for some seconds to one endpoint, and then lets all come to rest. */
async function load(options: { perSecond: number; seconds: number; batchSize: number }) {
  const { perSecond, seconds, batchSize } = options
  const world = await openDeliveries()
  const { clock, messaging, runtime } = world
  const { endpointId } = await world.register('https://hooks.tickets.example/seats')
  const asked: Asked = { reads: 0, writes: 0, writesOf: new Map(), underWay: 0 }
  const store = intercepted(runtime.store, counting(asked))
  const due: { at: number; answer: (result: PostResult) => void }[] = []
  const waits: number[] = []
  let most = 0
  const post = ({ body }: { body: string }) =>
    new Promise<PostResult>((answer) => {
      const { occurredAt } = JSON.parse(body) as { occurredAt: string }
      waits.push(clock.now() - Date.parse(occurredAt))
      due.push({ at: clock.now() + ANSWER_MS + TABLE_MS, answer })
      most = Math.max(most, due.length)
    })
  const settled = async () => {
    for (let idle = 0; idle < 8; idle = asked.underWay === 0 ? idle + 1 : 0)
      await systemClock.sleep(0)
  }
  const handle = async (Records: SQSRecord[]) => {
    const own = { ...runtime, store }
    const { batchItemFailures } = await deliverBatch(own, { bus: messaging.bus, post }, { Records })
    expect(batchItemFailures).toEqual([])
    for (const { receiptHandle: ReceiptHandle } of Records) {
      const QueueUrl = messaging.names.deliveries
      await messaging.queues.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
    }
  }
  const calls = new Set<Promise<void>>()
  const step = async (milliseconds = TICK_MS) => {
    clock.advance(milliseconds)
    for (const { answer } of due.filter(({ at }) => at <= clock.now()))
      answer({ status: 204, latencyMs: ANSWER_MS })
    due.splice(0, due.length, ...due.filter(({ at }) => at > clock.now()))
    for (let got = await receive(world, batchSize); got.length > 0;) {
      const call = handle(got).finally(() => calls.delete(call))
      calls.add(call)
      got = await receive(world, batchSize)
    }
    await settled()
  }
  const perTick = (perSecond * TICK_MS) / 1_000
  for (let tick = 1; tick <= (seconds * 1_000) / TICK_MS; tick += 1) {
    await world.publish(...Array.from({ length: perTick }, () => world.notice()))
    await step()
  }
  // What found no room while nothing was known of the receiver waits for some seconds.
  const end = clock.now() + ROOM_MS
  while (calls.size > 0 || clock.now() < end) await step(10 * TICK_MS)
  const { total } = await world.deliveriesOf(endpointId)
  return { ...asked, waits: waits.sort((a, b) => a - b), most, total, world, endpointId }
}

test.each([10, 1])(
  'five hundred notices a second reach one endpoint at once, in calls of up to %i, and meet at no partition',
  async (batchSize) => {
    const [perSecond, seconds] = [500, 1]
    const loaded = await load({ perSecond, seconds, batchSize })
    const { waits, most, total, reads, writes, writesOf, endpointId } = loaded
    const count = perSecond * seconds
    expect([total, waits.length]).toEqual([count, count])
    // But for the first few, as long as nothing is known of the receiver.
    expect(waits[Math.floor(count * 0.8)]).toBeLessThan(TICK_MS * 2)
    expect(waits.at(-1)).toBeLessThan(ROOM_MS)
    expect(most).toBeLessThan(SLOTS_MAX)
    const busiest = Math.max(...writesOf.values()) / seconds
    expect(busiest).toBeLessThan(1_000 / 3)
    expect(writesOf.get(`V#${endpointId}`) ?? 0).toBeLessThan(50)
    // As many as before each alone, and fewer together.
    expect(writes / count).toBeLessThan(batchSize === 1 ? 4.3 : 3.4)
    expect(reads / count).toBeLessThan(batchSize === 1 ? 2.5 : 1)
  },
  240_000,
)
