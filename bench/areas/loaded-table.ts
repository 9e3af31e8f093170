import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import {
  DynamoDBServiceException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb'
import { instant, type Clock } from '../../lib/clock.ts'
import { BATCH_STATEMENTS_MAX, TRANSACTION_ITEMS_MAX } from '../../lib/limits/aws-limits.ts'
import type { Port } from '../../lib/store/table/port.ts'
import { schedulerAt, type Scheduler } from '../../test/proofs/simulation/scheduler.ts'
import { openMemoryTable, type MemoryTable, type Send } from '../../test/support/memory-table.ts'
import { diceOf, seededIds, type Dice } from '../dice.ts'
import { costOf, kilobytesOf, sum, type Cost } from '../meter.ts'
import { partitionLimits, type Touched, type UnitLimits } from './partition-limits.ts'

// The embedded table as it would be under load, in virtual time:
//
// 1. A call travels, takes its time in the table, and its answer travels back: milliseconds drawn from the ranges below.
// 2. A transaction is under way on its items for as long as it takes in the table. Any other write that comes upon one of them
//    meanwhile is refused for that, as DynamoDB refuses it; reads are not.
// 3. A partition takes no more than its units a second; what is beyond is throttled.
//
// The milliseconds are assumed, not measured; every seller meets the same.

/** Milliseconds of a call, at least and at most. */
const TRAVEL_MS = [0.5, 1.5] as const
const ITEM_MS = [1, 4] as const
const TRANSACTION_MS = [6, 14] as const

/** The table, and everything that is done to it. */
export interface LoadedTable {
  readonly scheduler: Scheduler
  readonly port: Port
  /** The same without load: answers at once, and costs nothing. */
  readonly idle: Port
  /** From now on calls take their time; before, they are answered at once. */
  readonly load: () => void
  /** What was spent since the last time it was asked. */
  readonly take: () => Cost
}

/** Some time after the epoch that numbers of history count from. */
const START = Date.UTC(2027, 2, 4, 18, 20)

/** Opens an empty one; the same seed and the same calls give the same answers. */
export async function openLoadedTable(seed: number, unitLimits?: UnitLimits): Promise<LoadedTable> {
  const scheduler = schedulerAt(START)
  const clock: Clock = { now: () => instant(scheduler.now()), sleep: (ms) => scheduler.sleep(ms) }
  const table = await openMemoryTable(clock)
  const [dice, ids] = [diceOf(seed), seededIds(clock, seed + 1)]
  const costs: Cost[] = []
  let isLoaded = false
  const call = callerOf({ table, scheduler, dice, costs, unitLimits })
  const once: Send = (request) => (isLoaded ? call(request()) : table.run(request()))
  const idle: Port = {
    tableName: table.tableName,
    reader: table.client(),
    writer: table.client(),
    clock,
    ids,
    transactionItemsMax: TRANSACTION_ITEMS_MAX,
    statementsMax: BATCH_STATEMENTS_MAX,
    log: (line) => {
      console.error(JSON.stringify(line))
    },
  }
  const client = table.client(once)
  return {
    scheduler,
    idle,
    port: { ...idle, reader: client, writer: client },
    load: () => {
      isLoaded = true
    },
    take: () => sum(costs.splice(0)),
  }
}

interface Served {
  readonly table: MemoryTable
  readonly scheduler: Scheduler
  readonly dice: Dice
  readonly costs: Cost[]
  readonly unitLimits: UnitLimits | undefined
}

type Request = Parameters<MemoryTable['run']>[0]

function callerOf({ table, scheduler, dice, costs, unitLimits }: Served) {
  const underWay = new Set<string>()
  const limits = partitionLimits(() => scheduler.now(), unitLimits)
  const pause = ([least, most]: readonly [number, number]) =>
    scheduler.sleep(least + dice() * (most - least))

  async function serve(request: Request) {
    if (request.operation === 'BatchGetItem') return serveBatch(request)
    const touched = touchedBy(request)
    const isTransaction = request.operation === 'TransactWriteItems'
    if (!limits.take(touched)) throw throttled(touched, isTransaction)
    const writes = touched.filter(({ isWritten }) => isWritten)
    if (writes.some(({ name }) => underWay.has(name))) {
      throw isTransaction ? conflict(writes, underWay) : new TransactionConflictException(refused)
    }
    if (!isTransaction) {
      await pause(ITEM_MS)
      return table.run(request)
    }
    for (const { name } of writes) underWay.add(name)
    try {
      await pause(TRANSACTION_MS)
      return await table.run(request)
    } finally {
      for (const { name } of writes) underWay.delete(name)
    }
  }

  /** Of a batch, the items of a partition that has no units left are left over. */
  async function serveBatch({ operation, input }: Request) {
    const [[name, part] = ['', { Keys: [] }]] = Object.entries(input['RequestItems'] as Batch)
    const isServed = new Map(part.Keys.map((Key) => [Key, limits.take([readOf(Key)])]))
    const Keys = part.Keys.filter((Key) => isServed.get(Key) === true)
    if (Keys.length === 0) throw throttled([], false)
    const left = part.Keys.filter((Key) => isServed.get(Key) === false).map(plainKey)
    await pause(ITEM_MS)
    const output = await table.run({
      operation,
      input: { ...input, RequestItems: { [name]: { ...part, Keys } } },
    })
    if (left.length === 0) return output
    return { ...output, UnprocessedKeys: { [name]: { ...part, Keys: left } } }
  }

  return async ({ operation, input }: Request): Promise<Record<string, unknown>> => {
    const counted = { ...input, ReturnConsumedCapacity: 'TOTAL' }
    await pause(TRAVEL_MS)
    try {
      const output = await serve({ operation, input: counted })
      costs.push(costOf(operation, input, output))
      return output
    } catch (error) {
      costs.push(costOf(operation, input, { __type: (error as Error).name }))
      throw error
    } finally {
      await pause(TRAVEL_MS)
    }
  }
}

type Item = Record<string, AttributeValue>
type Part = Readonly<{ Item?: Item; Key?: Item }>
type Batch = Record<string, { readonly Keys: readonly Item[] }>

const readOf = (Key: Item) => touch({ Key }, { isWritten: false, factor: 1 })

const plainKey = ({ pk, sk }: Item) => ({ pk: pk?.S, sk: sk?.S })

function touchedBy({ operation, input }: Request): Touched[] {
  switch (operation) {
    case 'TransactWriteItems':
      return (input['TransactItems'] as Record<string, Part>[])
        .flatMap((item) => Object.values(item))
        .map((part) => touch(part, { isWritten: true, factor: 2 }))
    case 'Query':
      return [readOf({ pk: partitionAsked(input), sk: { S: '' } })]
    case 'GetItem':
      return [readOf((input as { Key: Item }).Key)]
    case 'PutItem':
    case 'UpdateItem':
      return [touch(input, { isWritten: true, factor: 1 })]
    default:
      throw new Error(`${operation} has no place in this model`)
  }
}

/** What a query takes is known only when it is answered: a partition is asked for one unit. */
function partitionAsked(input: Record<string, unknown>): AttributeValue {
  const { ExpressionAttributeValues: values } = input as { ExpressionAttributeValues: Item }
  return values[':pk'] ?? { S: '' }
}

function touch(
  { Item: item, Key }: Part,
  { isWritten, factor }: { isWritten: boolean; factor: number },
): Touched {
  const { pk, sk } = item ?? Key ?? {}
  const partition = pk?.S ?? ''
  const units = isWritten ? factor * kilobytesOf(item ?? {}) : factor
  return { name: `${partition}\n${sk?.S ?? ''}`, partition, isWritten, units }
}

const refused = { message: 'Refused under load', $metadata: { httpStatusCode: 400, attempts: 1 } }

function conflict(writes: readonly Touched[], underWay: ReadonlySet<string>): Error {
  return cancelled(writes.map(({ name }) => (underWay.has(name) ? 'TransactionConflict' : 'None')))
}

function throttled(touched: readonly Touched[], isTransaction: boolean): Error {
  if (isTransaction) return cancelled(touched.map(() => 'ThrottlingError'))
  const name = 'ProvisionedThroughputExceededException'
  return new DynamoDBServiceException({ ...refused, name, $fault: 'client' })
}

function cancelled(codes: readonly string[]): Error {
  const CancellationReasons = codes.map((Code) => ({ Code }))
  return new TransactionCanceledException({ ...refused, CancellationReasons })
}
