import { BatchExecuteStatementCommand } from '@aws-sdk/lib-dynamodb'
import type { BatchStatementErrorCodeEnum } from '@aws-sdk/client-dynamodb'
import pLimit from 'p-limit'
import { Fault } from '../../faults.ts'
import { isRefused, isThrottled, type SdkError } from '../table/failures.ts'
import { requestsOf, valueBytes } from '../table/item-bytes.ts'
import type { Item } from '../table/items.ts'
import { backOff, type Port } from '../table/port.ts'
import type { Statement } from './statement.ts'
import { noRoom, waitForRoom } from '../table/throttled.ts'
import { SETTLE_MS_MAX } from '../table/transact.ts'
import { sendOnce, type ItemWrite, type Sent } from '../table/write-item.ts'

// Many conditional writes, each of one item, in few requests:
//
// 1. A batch has no order and no whole: each of its statements is done or not, and says so in its own place.
// 2. An answer that gets lost is the lost answer of each statement: any of them may have been done, or may be later.
// 3. A statement that is done, refused by its condition, or surely not done has the same outcome as the write that it stands for. Whatever else
//    is said of one, or of a whole batch that the store does not take, leads to that write itself, sent alone: it tells more, and is
//    harmless where the statement was done.
// 4. A refusal of a statement need not show the item that refused it; whoever must know it sends the write alone.

/** A conditional write that may travel with others, where there is a statement which does the same. */
export interface Write {
  readonly alone: () => ItemWrite
  readonly statement?: Statement
}

/** What came of a write, and whether it was sent alone: then a refusal without an item says that there is none. */
export type SentWith = Sent & { readonly isAlone: boolean }

/** Writes on their way at a time, in batches or alone. */
const WRITES_AT_ONCE = 32

/** Runs something for requests of as many writes as one takes, in their order, so many at a time that few writes are on their way. */
export async function inBatches<One>(
  { statementsMax }: Port,
  all: readonly One[],
  { writeOf, send }: { writeOf: (one: One) => Write; send: (batch: One[]) => Promise<void> },
): Promise<void> {
  const bytesOf = (one: One) => valueBytes(writeOf(one).statement?.parameters)
  const batches = requestsOf(all, { countMax: statementsMax, bytesOf })
  await pLimit(Math.ceil(WRITES_AT_ONCE / statementsMax)).map(batches, send)
}

/** Sends the writes of one batch once, in the order given; each has its own outcome. */
export async function sendTogether(
  port: Port,
  writes: readonly Write[],
  outcome: Fault['outcome'],
): Promise<SentWith[]> {
  const together = port.statementsMax === 1 ? [] : writes.filter(({ statement }) => statement)
  const told = together.length > 1 ? await sendBatch(port, together) : new Map<Write, Sent>()
  return Promise.all(
    writes.map(async (write) => {
      const sent = told.get(write)
      if (sent !== undefined) return { ...sent, isAlone: false }
      return { ...(await sendOnce(port, write.alone(), outcome)), isAlone: true }
    }),
  )
}

/** The outcomes that are clear. */
async function sendBatch(port: Port, writes: readonly Write[]): Promise<Map<Write, Sent>> {
  const all = (sent: Sent) => new Map(writes.map((write) => [write, sent]))
  try {
    const { Responses: responses = [] } = await port.writer.send(batchOf(writes))
    if (responses.length !== writes.length) return new Map()
    const told = new Map<Write, Sent>()
    for (const [place, write] of writes.entries()) {
      const sent = readResponse(responses[place] ?? {})
      if (sent !== undefined) told.set(write, sent)
    }
    return told
  } catch (thrown) {
    const error = thrown as SdkError
    if (isThrottled(error)) return all({ status: 'not-applied', why: 'throttled' })
    if (!isRefused(error)) return all({ status: 'lost' })
    port.log({ level: 'error', message: 'The store takes no statements', error: String(thrown) })
    return new Map()
  }
}

function batchOf(writes: readonly Write[]): BatchExecuteStatementCommand {
  return new BatchExecuteStatementCommand({
    Statements: writes.map(({ statement }) => ({
      Statement: statement?.text,
      Parameters: [...(statement?.parameters ?? [])],
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    })),
  })
}

interface Response {
  readonly Item?: Item | undefined
  readonly Error?:
    | {
        readonly Code?: BatchStatementErrorCodeEnum | undefined
        readonly Item?: Item | undefined
      }
    | undefined
}

/** Undefined where it is not clear what came of it, or where nobody but the write alone can tell why. */
function readResponse({ Item: item, Error: error }: Response): Sent | undefined {
  if (error === undefined) return { status: 'applied', item }
  switch (error.Code) {
    case 'ConditionalCheckFailed':
    case 'DuplicateItem':
      return { status: 'refused', item: error.Item }
    case 'TransactionConflict':
      return { status: 'not-applied', why: 'conflict' }
    case 'ProvisionedThroughputExceeded':
    case 'RequestLimitExceeded':
    case 'ThrottlingError':
      return { status: 'not-applied', why: 'throttled' }
    case 'InternalServerError':
      return { status: 'lost' }
    case 'AccessDenied':
    case 'ItemCollectionSizeLimitExceeded':
    case 'ResourceNotFound':
    case 'ValidationError':
    case undefined:
    default:
      return undefined
  }
}

/** How to send many writes. */
interface Sending {
  /** What a fault says of the whole. */
  readonly outcome: Fault['outcome']
  /** After that moment none is begun any more. */
  readonly until?: number
}

/**
 * Sends writes that are harmless to repeat until each has an answer, whatever it is; answers whether there was time for all. Throws a fault with
 * that outcome when time runs out, and sooner where a caller's request only finds no room.
 */
export async function writeAll(
  port: Port,
  writes: readonly Write[],
  { outcome, until = Infinity }: Sending,
): Promise<boolean> {
  let isWhole = true
  await inBatches(port, writes, {
    writeOf: (write) => write,
    send: async (batch) => {
      if (port.clock.now() > until) isWhole = false
      else await settleBatch(port, batch, outcome)
    },
  })
  return isWhole
}

async function settleBatch(
  port: Port,
  batch: readonly Write[],
  outcome: Fault['outcome'],
): Promise<void> {
  const giveUpAt = port.clock.now() + SETTLE_MS_MAX
  let left = batch
  let isLost = false
  for (let attempt = 1; ; attempt += 1) {
    const answers = await sendTogether(port, left, outcome)
    left = left.filter((_, place) => !isSettled(answers[place]))
    if (left.length === 0) return
    isLost ||= answers.some(({ status }) => status === 'lost')
    const isForRoom = answers.every((it) => it.status !== 'not-applied' || it.why === 'throttled')
    if (isForRoom && !isLost && outcome === 'not-applied') {
      if (!(await waitForRoom(port, attempt))) throw noRoom(port)
    } else await backOff(port, attempt)
    if (port.clock.now() >= giveUpAt) throw new Fault('The store did not answer', { outcome })
  }
}

function isSettled(sent: Sent | undefined): boolean {
  return sent?.status === 'applied' || sent?.status === 'refused'
}
