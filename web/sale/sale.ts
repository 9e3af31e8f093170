// The sale of one event as a browser sees it: what is free by now, what this buyer holds, and whether the server is reached. It knows no picture.

/**
 * How an object is for everybody, as the snapshot tells it: `f` free, `h` held, `b` booked, `t` taken otherwise, `r` in resale, `n` not for sale, `c` free in a channel
 * that is not this buyer's, `a` an area of which places are left or not, `-` nothing is sold under that label.
 */
export type Letter = 'f' | 'h' | 'b' | 't' | 'r' | 'n' | 'c' | 'a' | '-'

/** One line of the basket. */
export interface Held {
  readonly label: string
  /** Places of an area, else 1. */
  readonly quantity: number
  /** The ticket type that the buyer chose. */
  readonly ticketType?: string
}

export interface Refused {
  readonly label: string
  /**
   * The API's reason for that object, else the code of its error; `offline` where it did not answer: whatever it did of the request is
   * undone once it does.
   */
  readonly reason: string
}

/** What of the connection a person is told. */
export type Connection =
  | 'loading'
  /** What is shown is at most a few seconds old. */
  | 'live'
  /** The server is not reached; what is shown is old, and nothing can be held. */
  | 'offline'
  /** The key does not work any more. */
  | 'refused'
  /** There is no such event, or no more. */
  | 'gone'

export interface BestWish {
  readonly number: number
  readonly categories?: readonly string[]
  readonly sections?: readonly string[]
  readonly together?: boolean
  readonly accessibleSeats?: number
}

export interface SaleEvents {
  /** What was read first, or anew because the drawing or the terms have changed. */
  loaded: LoadedEvent
  /** Labels whose letters have changed, or the places left of these areas. */
  changed: readonly string[]
  connection: Connection
  /** The basket after any change of it. */
  basket: Basket
  held: readonly Held[]
  refused: readonly Refused[]
  released: readonly Held[]
  expired: readonly Held[]
}

export interface LoadedEvent {
  readonly eventKey: string
  readonly name: string | undefined
  /** As it came. */
  readonly drawing: unknown
  readonly categories?: readonly {
    readonly key: number | string
    readonly label: string
    readonly color: string
    readonly accessible: boolean
  }[]
  readonly objectCategories?: Readonly<Record<string, number | string>>
}

export interface Basket {
  readonly holdToken: string
  readonly items: readonly Held[]
  /** When the first of them ends, in milliseconds since 1970 by the server's clock; undefined while nothing is held. */
  readonly expiresAt: number | undefined
}

/** What a sale needs of the browser, so that tests have a moved clock and a server of their own. */
export interface Surroundings {
  readonly fetch: typeof fetch
  /** Milliseconds that only rise, from whatever start: the server says what time it is. */
  readonly now: () => number
  /** Calls back later; the answer calls it off. */
  readonly later: (milliseconds: number, call: () => void) => () => void
  /** Survives a reload, and is this tab's. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  /** Whether the page can be seen, and who is told when that changes; the answer ends it. */
  readonly isVisible: () => boolean
  readonly onVisibility: (call: () => void) => () => void
  /** Who is told when the person does something; without it nobody is ever idle. */
  readonly onActivity?: (call: () => void) => () => void
  /** Hard to guess: names baskets and requests. */
  readonly makeToken: () => string
  /** From 0 to below 1: spreads repeats of many browsers. */
  readonly random: () => number
  /**
   * Takes a name for this tab alone, for which it waits a moment, since a page that is being left may have it still; the answer gives it
   * up, and is undefined where another tab has it. Without it each tab is taken to have a storage of its own, which a duplicated one has not.
   */
  readonly claim?: (name: string) => Promise<(() => void) | undefined>
}

export interface SaleOptions {
  /** Origin and path in front of `/api/v1`; the page's own origin when empty. */
  readonly server: string
  readonly apiKey: string
  readonly eventKey: string
  readonly holdToken?: string
  /** How long a hold lasts; the server's default unless set. */
  readonly holdSeconds?: number
  readonly channels?: readonly string[]
  /** What lets this buyer hold, asked for with each hold: a waiting room gives it. */
  readonly admission?: () => Admission | Promise<Admission>
}

/** A token; undefined where there is none. */
export type Admission = string | undefined

export interface Sale {
  /** Takes up the basket, reads the event and follows it until `stop`. */
  start(): void
  stop(): void
  /** Reads drawing, terms and letters anew. */
  reload(): void
  on<Name extends keyof SaleEvents>(name: Name, call: (what: SaleEvents[Name]) => void): () => void
  letterOf(label: string): Letter
  /** Places of an area that are left for this buyer; 0 for everything else. */
  leftOf(label: string): number
  readonly connection: Connection
  /** Its token is empty until `start`, and then for the moment in which another tab may have it. */
  readonly basket: Basket
  /** Milliseconds since 1970 by the server's clock. */
  serverNow(): number
  /** Holds all of these or none; what was refused is told by the event and by the answer. */
  hold(wanted: readonly Held[]): Promise<{ held: readonly Held[]; refused: readonly Refused[] }>
  /** Of a label all that is held of it; of a line of the basket, that many places of that ticket type. */
  release(what: readonly (string | Held)[]): Promise<void>
  bestAvailable(wish: BestWish): Promise<{ held: readonly Held[]; refused: readonly Refused[] }>
  /** Books nothing: forgets the basket, since somebody else has booked it. */
  forget(): void
  /** The shop's server has extended what is held until then: no browser may, and none is told. */
  keptUntil(expiresAt: number): void
  /** Releases everything and goes on with an empty basket under a new token. */
  startAnew(): Promise<void>
}
