import type { Instant } from '../../lib/clock.ts'
import type { World } from '../world.ts'

export const verbs = ['hold', 'extend', 'book', 'release'] as const

export type Verb = (typeof verbs)[number]

/** Seats of one event. */
export interface Part {
  readonly eventKey: string
  readonly labels: readonly string[]
}

/** What a buyer asks: all of it or nothing. */
export interface Order {
  readonly verb: Verb
  readonly token: string
  /** Deadline of the hold that an order to hold or extend makes. */
  readonly until: Instant
  readonly parts: readonly Part[]
}

/** `taken`: a seat does not allow it. `busy`: others were in the way for too long; it may be asked again. */
export type Answer = 'done' | 'taken' | 'busy'

/** One way of selling seats from a table. */
export interface Seller {
  readonly name: SellerName
  readonly send: (order: Order) => Promise<Answer>
}

export const sellerNames = ['Holdfast', 'Write loop', 'Lock record'] as const

export type SellerName = (typeof sellerNames)[number]

export type OpenSeller = (world: World) => Seller
