import { PutCommand, UpdateCommand, DeleteCommand } from '@aws-sdk/lib-dynamodb'
import { instant, type Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { DAY_SECONDS, SECOND_MS } from '../../limits/durations.ts'
import type { DrawingRef, EventHead } from '../../records/records.ts'
import type { Speaker } from '../events/event-details.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { memoryOf, type Store } from '../table/store.ts'
import { keys } from '../table/table.ts'
import { writeItem } from '../table/write-item.ts'

// Who reads an event for everybody. Each reading has a number, which rises:
//
// 1. Whoever finds that an event is to be read anew claims that, under the claim that was seen last: one wins.
// 2. The winner reads, keeps what it read under its number, and says so in the head, if nobody has claimed since.
// 3. A claim that nobody redeems lapses, and the next one takes the next number: whoever was only slow finds a newer claim, and
//    what it kept is overwritten, and overwrites nothing newer.

/** Milliseconds for which a reading may take: then somebody else may begin one. */
export const CLAIM_MS = 10 * SECOND_MS

/** Seconds for which a snapshot that nobody polls is kept: longer than a night. */
const KEPT_SECONDS = DAY_SECONDS

/** What a reading came to, with what tells whether it is still good. */
export interface Reading {
  /** Under which what was read is kept. */
  readonly number: number
  /** Where: slots are taken by turns, so that nothing has to be deleted. */
  readonly slot: number
  /** When it was begun. */
  readonly at: Instant
  /** What the counters said before it: of the event, and of the season that it is in. */
  readonly counted: readonly number[]
  /** The names that the event had. */
  readonly eventKey: string
  readonly chartKey: string
  /** The chart as it was read, by its id and its version; none where it has gone. */
  readonly chart?: { readonly chartId: string; readonly version: number }
  /** The drawing whose objects were read; none while nothing is published. */
  readonly drawing?: DrawingRef & { readonly version: number }
  /** Another when anything of what is sold, and to whom, was said anew. */
  readonly termsVersion: string
  /** Whose texts that follows from: the event, then the season that it is in. */
  readonly speakers: readonly Speaker[]
  readonly objects: number
  readonly parts: number
  /** The first moment after it at which something changes by itself. */
  readonly nextEnd?: Instant
}

/** The head of a snapshot. */
export interface SnapshotHead {
  /** Number of the last claim. */
  readonly claim: number
  /** Until when nobody else may claim; undefined once it was redeemed. */
  readonly claimedUntil?: Instant
  readonly reading?: Reading
}

/** The `ttl` of everything that is kept of snapshots. */
export function snapshotTtl({ clock }: Pick<Port, 'clock'>): number {
  return Math.ceil(clock.now() / SECOND_MS) + KEPT_SECONDS
}

/** Reads a head. */
export function readHeadItem(item: Item): SnapshotHead {
  const { c, cu, b } = item as { c: number; cu?: Instant; b?: Reading }
  // What an earlier version read is read anew.
  const reading = b !== undefined && 'termsVersion' in b ? b : undefined
  return { claim: c, ...defined({ claimedUntil: cu, reading }) }
}

/** Claims the next reading of an event, as its head was seen; undefined where somebody else was faster. */
export async function claimReading(
  port: Store,
  event: Pick<EventHead, 'eventId'>,
  seen: SnapshotHead | undefined,
): Promise<number | undefined> {
  const claiming = memoryOf(port, noClaims)
  const { eventId } = event
  // Of many polls that find it due together in one process, one asks.
  if (claiming.has(eventId)) return undefined
  claiming.add(eventId)
  try {
    return await claimNow(port, eventId, seen)
  } finally {
    claiming.delete(eventId)
  }
}

const noClaims = () => new Set<string>()

async function claimNow(
  port: Port,
  eventId: string,
  seen: SnapshotHead | undefined,
): Promise<number | undefined> {
  const now = port.clock.now()
  // The first number of a head is beyond those of one that went before, with which clients may come back.
  const claim = seen === undefined ? now : seen.claim + 1
  const write = new UpdateCommand({
    TableName: port.tableName,
    Key: keys.snapshotHead(eventId),
    UpdateExpression: 'SET c = :c, cu = :until, #ttl = :ttl',
    ConditionExpression: seen === undefined ? 'attribute_not_exists(pk)' : 'c = :seen',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: {
      ':c': claim,
      ':until': instant(now + CLAIM_MS),
      ':ttl': snapshotTtl(port),
      ...defined({ ':seen': seen?.claim }),
    },
  })
  const { status } = await writeItem(port, write, 'not-applied')
  return status === 'applied' ? claim : undefined
}

/** Says what a claimed reading came to; false where somebody has claimed since. */
export async function redeemClaim(
  port: Port,
  { eventId, claim }: { eventId: string; claim: number },
  reading: Reading,
): Promise<boolean> {
  const write = new PutCommand({
    TableName: port.tableName,
    Item: { ...keys.snapshotHead(eventId), c: claim, b: reading, ttl: snapshotTtl(port) },
    ConditionExpression: 'c = :c',
    ExpressionAttributeValues: { ':c': claim },
  })
  const { status } = await writeItem(port, write, 'not-applied')
  return status === 'applied'
}

/** Forgets the snapshot of an event that has gone, or is called otherwise, unless somebody has claimed since. */
export async function dropHead(
  port: Port,
  { eventId, claim }: { eventId: string; claim: number },
): Promise<void> {
  const write = new DeleteCommand({
    TableName: port.tableName,
    Key: keys.snapshotHead(eventId),
    ConditionExpression: 'c = :c',
    ExpressionAttributeValues: { ':c': claim },
  })
  await writeItem(port, write, 'not-applied')
}
