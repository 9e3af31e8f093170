import type { Entry, Fields, Images, Touch } from './timeline.ts'

// Hold tokens that the product issued, as their own item says; what they hold is in the rows.

/** What a token is from one commit to the next. */
export interface TokenState {
  readonly version: number
  readonly until: number
  readonly createdAt: number
  /** Objects that it ever held. */
  readonly objects: number
}

/** One change of one token; its removal is none. */
export interface TokenChange {
  readonly token: string
  readonly before: TokenState | undefined
  readonly after: TokenState
  /** True time from which it counts, and the order of commits. */
  readonly time: number
  readonly order: number
  readonly appliedAt: number
  /** Of a large commit: its operation. */
  readonly operationId?: string
  /** Of a transaction: who sent it, and when. */
  readonly life: string
  readonly sentAt: number
}

export interface TokenLine {
  readonly token: string
  readonly changes: TokenChange[]
  readonly touches: Touch[]
  removedAt?: number
}

/** Where tokens are read into. */
interface Reading {
  readonly tokens: Map<string, TokenLine>
  readonly faults: string[]
}

/** Reads one stream record of a token's item. */
export function readToken(
  reading: Reading,
  { entry, landing, place }: Entry,
  { before, after }: Images,
): void {
  const token = String((after ?? before ?? {})['pk']).split('#')[2] ?? ''
  const line: TokenLine = reading.tokens.get(token) ?? { token, changes: [], touches: [] }
  reading.tokens.set(token, line)
  const { at: time, from: order } = landing?.landed ?? { at: 0, from: place }
  const [old, state] = [stateOf(before), stateOf(after)]
  if (state === undefined) {
    line.removedAt = entry.dynamodb.ApproximateCreationDateTime * 1000
    if (Number(old?.until) > line.removedAt) {
      reading.faults.push(`the token ${token} was removed before its time`)
    }
    return
  }
  line.touches.push({ time, isLocked: after?.['lk'] !== undefined })
  if (JSON.stringify(old) === JSON.stringify(state)) return
  const lock = before?.['lk'] as string | undefined
  line.changes.push({
    token,
    before: old,
    after: state,
    time,
    order,
    appliedAt: time,
    life: landing?.life ?? '',
    sentAt: landing?.sentAt ?? 0,
    ...(lock === undefined ? {} : { operationId: lock }),
  })
}

function stateOf(item: Fields | undefined): TokenState | undefined {
  if (item?.['v'] === undefined) return undefined
  return {
    version: Number(item['v']),
    until: Number(item['x']),
    createdAt: Number(item['cat']),
    objects: Number(item['n']),
  }
}
