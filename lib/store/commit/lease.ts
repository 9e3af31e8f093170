import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { instant, type Instant } from '../../clock.ts'
import type { Port } from '../table/port.ts'
import { holdsEndOf, type GuardedRow } from './guarded-rows.ts'
import { keys } from '../table/table.ts'
import { sendOnce } from '../table/write-item.ts'

// The time that a large commit has until it must be decided:
//
// 1. Some seconds at first, so that a process that stalls does not keep objects busy for long.
// 2. While rows are being locked and the end comes near, the deadline is put off: whoever makes progress may go on, up to a limit
//    that grows with the number of rows. Applying takes as long as locking once more, and all of it fits into 29 s.
// 3. Never beyond the first end of a hold that the decision relies on: what has lapsed must not be booked or extended.

/** Milliseconds without progress after which others may abort an operation, where no hold ends earlier. */
export const OPERATION_MS_MAX = 8_000

/** Milliseconds by which an operation may take longer for each of its rows: 14 s for 1,000. */
const ROW_MS = 6

/** Milliseconds before its deadline from which an operation that makes progress puts it off. */
const RENEWAL_MS = 4_000

/** How long an operation has. */
export interface Lease {
  readonly operationId: string
  /** Until then nobody else aborts it; it rises. */
  deadline: Instant
  /** The deadline that it may come to. */
  readonly latest: Instant
  /** The first end of a hold that it relies on. */
  readonly holdsEndAt: number
  isRenewing: boolean
}

/** Milliseconds that an operation of so many rows takes at most, from its opening to its decision. */
export function limitOf(rows: number): number {
  return OPERATION_MS_MAX + ROW_MS * rows
}

/** The time that an operation has which begins now. */
export function leaseFor({ clock }: Port, operationId: string, rows: readonly GuardedRow[]): Lease {
  const now = clock.now()
  const holdsEndAt = holdsEndOf(rows)
  const deadline = instant(Math.min(now + OPERATION_MS_MAX, holdsEndAt))
  const latest = instant(Math.min(now + limitOf(rows.length), holdsEndAt))
  return { operationId, deadline, latest, holdsEndAt, isRenewing: false }
}

/** Puts the deadline off where it is near; for whoever has just made progress. What is lost of this leaves it as it was. */
export async function renewLease(port: Port, lease: Lease): Promise<void> {
  const { operationId, deadline, latest } = lease
  const now = port.clock.now()
  const isDue = now >= deadline - RENEWAL_MS && now < deadline && deadline < latest
  if (!isDue || lease.isRenewing) return
  lease.isRenewing = true
  const later = instant(Math.min(now + OPERATION_MS_MAX, latest))
  const renew = new UpdateCommand({
    TableName: port.tableName,
    Key: keys.operation(operationId),
    UpdateExpression: 'SET dl = :later',
    ConditionExpression: 'st = :pending AND dl > :now',
    ExpressionAttributeValues: { ':later': later, ':pending': 'P', ':now': now },
  })
  const sent = await sendOnce(port, renew, 'not-applied')
  if (sent.status === 'applied') lease.deadline = later
  lease.isRenewing = false
}
