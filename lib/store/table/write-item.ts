import type {
  DeleteCommand,
  PutCommand,
  PutCommandOutput,
  UpdateCommand,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb'
import { Fault } from '../../faults.ts'
import { assertLost, currentItem, isThrottled, type SdkError } from './failures.ts'
import type { Item } from './items.ts'
import { backOff, type Port } from './port.ts'
import { noRoom, waitForRoom } from './throttled.ts'
import { SETTLE_MS_MAX } from './transact.ts'

/** A conditional write of one item, which hands back the current item when its condition fails. */
export type ItemWrite = PutCommand | UpdateCommand | DeleteCommand

/** What one sending of a conditional write came to. */
export type Sent =
  | { readonly status: 'applied'; readonly item: Item | undefined }
  /** The condition failed: with the item as it is, if there is one. */
  | { readonly status: 'refused'; readonly item: Item | undefined }
  /** A transaction had the item, or the store was too busy: surely not applied. */
  | { readonly status: 'not-applied'; readonly why: 'conflict' | 'throttled' }
  /** No answer: it may have applied, and if not it still may, later. */
  | { readonly status: 'lost' }

/** Sends a conditional write once; throws a fault, with that outcome, when the store finds it wrong or forbidden. */
export async function sendOnce(
  { writer }: Port,
  write: ItemWrite,
  outcome: Fault['outcome'],
): Promise<Sent> {
  try {
    const answer: PutCommandOutput | UpdateCommandOutput = await writer.send(write as UpdateCommand)
    return { status: 'applied', item: answer.Attributes }
  } catch (thrown) {
    const error = thrown as SdkError
    if (error.name === 'ConditionalCheckFailedException') {
      return { status: 'refused', item: currentItem(error) }
    }
    if (error.name === 'TransactionConflictException') {
      return { status: 'not-applied', why: 'conflict' }
    }
    if (isThrottled(error)) return { status: 'not-applied', why: 'throttled' }
    assertLost(error, outcome)
    return { status: 'lost' }
  }
}

/** The answer to a conditional write that may be sent as often as one likes. */
export type Settled = Extract<Sent, { item: unknown }>

/**
 * Sends a write that is harmless to repeat, since its condition is false once it has applied, until it has an answer.
 * Throws a fault with that outcome when time runs out, and sooner where a caller's request only finds no room.
 */
export async function writeItem(
  port: Port,
  write: ItemWrite,
  outcome: Fault['outcome'],
): Promise<Settled> {
  const giveUpAt = port.clock.now() + SETTLE_MS_MAX
  let isLost = false
  for (let attempt = 1; ; attempt += 1) {
    const sent = await sendOnce(port, write, outcome)
    if (sent.status === 'applied' || sent.status === 'refused') return sent
    if (sent.status === 'lost') isLost = true
    const isForRoom = sent.status === 'not-applied' && sent.why === 'throttled'
    if (isForRoom && !isLost && outcome === 'not-applied') {
      if (!(await waitForRoom(port, attempt))) throw noRoom(port)
    } else await backOff(port, attempt)
    if (port.clock.now() >= giveUpAt) throw new Fault('The store did not answer', { outcome })
  }
}
