import type { Instant } from '../../lib/clock.ts'
import { keys, type Key } from '../../lib/store/table/table.ts'
import type { World } from '../world.ts'
import type { Order, Verb } from './seller.ts'

// What both patterns that people write themselves have in common: Holdfast's rows under Holdfast's keys, so that the
// same seats cost the same to read and write.

/** A seat's row, with the attributes that Holdfast gives it. */
export interface Row {
  readonly s: 'free' | 'held' | 'booked'
  readonly v: number
  readonly at: number
  readonly op: string
  readonly t?: string
  readonly x?: number
}

/** The keys of all seats of an order. */
export function keysOf({ events }: World, { parts }: Order): Key[] {
  return parts.flatMap(({ eventKey, labels }) => {
    const event = events.get(eventKey)
    if (event === undefined) throw new Error(`No event ${eventKey}`)
    return labels.map((label) => keys.seat(event, label))
  })
}

/** Whether a seat allows it: a hold whose deadline has come is a free seat. */
export function allows(row: Row | undefined, { verb, token }: Order, now: Instant): boolean {
  const isLive = row?.s === 'held' && (row.x ?? 0) > now
  const isMine = isLive && row.t === token
  switch (verb) {
    case 'hold':
      return isMine || (!isLive && row?.s !== 'booked')
    case 'extend':
    case 'book':
      return isMine
    case 'release':
      return isLive || row?.s === 'booked'
  }
}

/** The same rule as a condition of the table. */
export const conditions = {
  hold: 'attribute_not_exists(v) OR s = :free OR (s = :held AND (t = :token OR x <= :now))',
  extend: 's = :held AND t = :token AND x > :now',
  book: 's = :held AND t = :token AND x > :now',
  release: 's = :booked OR (s = :held AND x > :now)',
} satisfies Record<Verb, string>

/** What the row becomes. */
export function statusAfter(verb: Verb): Row['s'] {
  if (verb === 'book') return 'booked'
  return verb === 'release' ? 'free' : 'held'
}
