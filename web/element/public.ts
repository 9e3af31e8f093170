// What a page says to the map and hears from it.

import type { Admission, BestWish, Connection, Refused } from '../sale/sale.ts'
import type { SceneNote, SceneObject } from '../scene/scene.ts'
import type { OwnMessages } from './words/words.ts'

export interface TicketType {
  readonly id: string
  readonly label?: string
  readonly price: number
}

/** What the objects of a category cost, or single ones, which count before it: one price, or one for each type of ticket. */
export interface Pricing {
  /** Its key or its label. */
  readonly category?: string | number
  /** Their labels. */
  readonly objects?: readonly string[]
  readonly price?: number
  readonly ticketTypes?: readonly TicketType[]
}

/** An object as callbacks of the page see it. */
export interface MapObject {
  readonly label: string
  readonly kind: SceneObject['kind']
  readonly category: string | undefined
  readonly categoryLabel: string | undefined
  readonly section: string | undefined
  /** Of seats: their row or table. */
  readonly row: string | undefined
  readonly seat: string | undefined
  readonly entrance: string | undefined
  readonly zone: string | undefined
  readonly floor: string | undefined
  readonly places: number
  /** Places that may be chosen now. */
  readonly left: number
  readonly isTaken: boolean
  readonly isSelected: boolean
  readonly traits: SceneObject['traits']
}

/** A section as callbacks of the page see it. */
export interface MapSection {
  /** Its place in the drawing: labels may be there twice. */
  readonly index: number
  readonly label: string
  /** What people read. */
  readonly name: string
}

/** One line of the basket. */
export interface Selected {
  readonly label: string
  readonly quantity: number
  readonly ticketType?: string
  /** Of one of them. */
  readonly price?: number
  readonly category?: string
  readonly categoryLabel?: string
  readonly kind: SceneObject['kind']
  readonly section?: string
  /** What people read of it. */
  readonly sectionName?: string
  readonly row?: string
  /** In the place of `row`, where the seat is at a table. */
  readonly table?: string
  readonly seat?: string
  readonly entrance?: string
  readonly isHeld: boolean
}

/** What may be asked for by name. */
export interface Wanted {
  readonly label: string
  readonly quantity?: number
  readonly ticketType?: string
}

export type Wants = string | readonly (string | Wanted)[]

export interface Result {
  readonly held: readonly Selected[]
  readonly refused: readonly Refused[]
}

/** Everything that a page may set. */
export interface Settings {
  readonly server: string
  readonly key: string
  readonly event: string
  readonly holdToken: string | undefined
  /** What a waiting room gave this buyer, or what says it when it is asked for with each hold. */
  readonly admissionToken: string | (() => Admission | Promise<Admission>) | undefined
  readonly maxSeats: number
  readonly hold: 'selection' | 'checkout'
  readonly holdSeconds: number | undefined
  readonly language: string
  readonly currency: string | undefined
  readonly formatPrice: ((price: number) => string) | undefined
  readonly prices: readonly Pricing[]
  readonly channels: readonly string[]
  readonly availableCategories: readonly string[] | undefined
  readonly unavailableCategories: readonly string[] | undefined
  readonly filteredCategories: readonly string[] | undefined
  readonly objectColor: ((object: MapObject, color: string) => string | undefined) | undefined
  readonly objectLabel: ((object: MapObject, label: string) => string | undefined) | undefined
  readonly isObjectVisible:
    ((object: MapObject, isVisible: boolean) => boolean | undefined) | undefined
  readonly isObjectSelectable:
    ((object: MapObject, isSelectable: boolean) => boolean | undefined) | undefined
  /** One more line of what is told of an object under the pointer. */
  readonly objectInfo: ((object: MapObject) => string | undefined) | undefined
  readonly sectionColor: ((section: MapSection, color: string) => string | undefined) | undefined
  readonly mode: 'normal' | 'static'
  readonly showBasket: boolean
  readonly showLegend: boolean
  readonly showList: boolean
  readonly messages: OwnMessages | undefined
}

/** What the map tells its page, by the name of the event. */
export interface SeatMapEvents {
  'holdfast-loaded': {
    readonly eventKey: string
    readonly name: string | undefined
    readonly notes: readonly SceneNote[]
  }
  /** An object was clicked, or chosen by a key; where the page prevents it, nothing follows. */
  'holdfast-pick': { readonly object: MapObject }
  /** These are about to be chosen, unless the page prevents it. */
  'holdfast-choose': { readonly objects: readonly Wanted[] }
  'holdfast-selected': { readonly objects: readonly Selected[] }
  'holdfast-deselected': { readonly objects: readonly Selected[] }
  'holdfast-held': {
    readonly objects: readonly Selected[]
    readonly holdToken: string
    readonly expiresAt: Date | undefined
  }
  'holdfast-refused': { readonly refused: readonly Refused[] }
  /** A hold was refused since the event demands an admission token, by the API's code; where the page prevents it, nothing is said. */
  'holdfast-admission': { readonly code: string }
  'holdfast-released': { readonly objects: readonly Selected[] }
  'holdfast-expired': { readonly objects: readonly Selected[] }
  'holdfast-basket': {
    readonly objects: readonly Selected[]
    readonly holdToken: string
    readonly expiresAt: Date | undefined
    readonly total: number | undefined
  }
  /** The person is done choosing, and everything that was chosen is held. */
  'holdfast-checkout': {
    readonly objects: readonly Selected[]
    readonly holdToken: string
    readonly expiresAt: Date | undefined
    readonly total: number | undefined
  }
  'holdfast-status': { readonly status: Connection }
  'holdfast-error': { readonly message: string; readonly code: string }
}

/** What a page may ask of the map. */
export interface SeatMapMethods {
  /** Holds these at once, all or none. */
  hold(wants: Wants): Promise<Result>
  /** Chooses these as if they were clicked; with `hold="selection"` they are held. */
  select(wants: Wants): Promise<Result>
  deselect(labels: string | readonly string[]): Promise<void>
  /** Holds what is chosen and not held yet, all or none. */
  checkout(): Promise<Result>
  release(labels: string | readonly string[]): Promise<void>
  clear(): Promise<void>
  bestAvailable(wish: BestWish): Promise<Result>
  zoomToSection(label: string): void
  zoomToAll(): void
  /** Reads the event anew; what is held stays. */
  reload(): void
  /** Gives back what is held and begins with another hold token. */
  startNewSession(): Promise<void>
  /** Forgets what is held, since the server has sold it. */
  forgetBasket(): void
  /** The server has extended what is held until then. */
  keepUntil(expiresAt: Date | number | string): void
}

/** What a page may read of the map. */
export interface SeatMapState {
  readonly selection: readonly Selected[]
  readonly status: Connection
  readonly holdExpiresAt: Date | undefined
  /** By the server's clock, whatever that of the browser says. */
  readonly secondsLeft: number | undefined
  readonly objects: readonly MapObject[]
}
