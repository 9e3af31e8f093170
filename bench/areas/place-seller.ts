import type { LoadedTable } from './loaded-table.ts'

/** What a buyer asks for: so many places of the area, or to pay for those that were held. */
export interface PlaceOrder {
  readonly token: string
  readonly places: number
}

/** `busy`: others or the table were in the way for too long; it may be asked again. */
export type PlaceAnswer = 'done' | 'sold-out' | 'busy'

/** One way of selling an area's places from a table. */
export interface PlaceSeller {
  readonly hold: (order: PlaceOrder) => Promise<PlaceAnswer>
  readonly book: (order: PlaceOrder) => Promise<PlaceAnswer>
  /** Places that are taken at this moment, by the table alone. */
  readonly taken: () => Promise<number>
}

/** Opens a seller of an area of that capacity; the table is not under load yet. */
export type OpenPlaceSeller = (table: LoadedTable, capacity: number) => Promise<PlaceSeller>

export const placeSellerNames = [
  'Holdfast',
  'One row',
  'Counter and order',
  'Counter alone',
] as const

export type PlaceSellerName = (typeof placeSellerNames)[number]
