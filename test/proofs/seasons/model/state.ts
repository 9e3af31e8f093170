// What there is to sell, and what became of it: a model of the contract (`seatsio-status.md`), and of nothing else. The numbers in
// the comments are its sections.

/** A status as the contract calls it (3): `free`, `reservedByToken`, `booked`, `resale`, or any other. */
export type Status = string

/** The state of one object that is stored with one event or season: own(x, o) of 18.7. */
export interface Own {
  readonly status: Status
  /** Of what is held. */
  readonly token?: string | undefined
  readonly until?: number | undefined
  readonly order?: string | undefined
  readonly ticket?: string | undefined
  readonly data?: string | undefined
  readonly listing?: string | undefined
  /** Set where it was in resale before it was taken (3, "the selectable status to return to"). */
  readonly back?: 'resale' | undefined
}

/** A line of the log (19). */
export interface Line {
  readonly label: string
  readonly status: Status
  readonly order?: string | undefined
  readonly token?: string | undefined
  readonly origin: 'API_CALL' | 'HOLD_EXPIRED'
}

/** What a change made of an object, where it is told to subscribers: once for each version. */
export interface Told {
  readonly label: string
  readonly status: Status
}

/** Whatever has a key: a plain event, a season, a partial season, an event in a season (18.1). */
export interface Show {
  readonly id: number
  readonly role: 'plain' | 'whole' | 'part' | 'event'
  /** The top-level season of a partial season, or of an event. */
  readonly top: number | undefined
  key: string
  /** Every key that it has had. */
  readonly keys: Set<string>
  /** Events of a season, or of a partial one, in order of creation. */
  members: number[]
  isPast: boolean
  readonly own: Map<string, Own>
  /** over(e, s, o) of 18.7: of each label, the seasons whose status does not count here. */
  readonly over: Map<string, Set<number>>
  /** How its table is sold (14); of an event in a season, the season says it. */
  isByTable: boolean
  /** What is taken off sale here (16). */
  offSale: Set<string>
  /** Whether that goes for the events too (18.9). */
  isPropagated: boolean
  /** The channel of each label that is in one (15); in an event of a season, what it overrides. */
  channels: Map<string, string>
  /** Whether it has the one channel that there may be. */
  hasChannel: boolean
  lines: Line[]
  told: Told[]
}

/** Everything, at one moment. */
export interface World {
  now: number
  nextId: number
  /** By id, in order of creation. */
  readonly shows: Map<number, Show>
  /** When each token that was issued ends. */
  readonly tokens: Map<string, { readonly until: number; readonly latest: number }>
}

/** In no channel, said as a channel (15). */
export const NO_CHANNEL = 'NO_CHANNEL'

export const seats = ['A-1', 'A-2', 'A-3', 'A-4'] as const
/** One table, whose seats are objects or which is one itself. */
export const TABLE = 'T1'
export const tableSeats = ['T1-1', 'T1-2'] as const
/** Every label, whether it is sold at the moment or not. */
export const labels: readonly string[] = [...seats, TABLE, ...tableSeats]

/** Other labels of the same places (14). */
export function othersOf(label: string): readonly string[] {
  if (label === TABLE) return tableSeats
  return (tableSeats as readonly string[]).includes(label) ? [TABLE] : []
}

/** A world without anything. */
export function emptyWorld(now: number): World {
  return { now, nextId: 1, shows: new Map(), tokens: new Map() }
}

/** The same world, to be changed without changing this one. */
export function copyOf(world: World): World {
  const shows = [...world.shows].map(([id, show]) => [id, copyOfShow(show)] as const)
  return { ...world, shows: new Map(shows), tokens: new Map(world.tokens) }
}

function copyOfShow(show: Show): Show {
  return {
    ...show,
    keys: new Set(show.keys),
    members: [...show.members],
    own: new Map(show.own),
    over: new Map([...show.over].map(([label, seasons]) => [label, new Set(seasons)])),
    offSale: new Set(show.offSale),
    channels: new Map(show.channels),
    lines: [...show.lines],
    told: [...show.told],
  }
}

/** Adds something with a key. */
export function addShow(
  world: World,
  { key, role, top }: Pick<Show, 'key' | 'role' | 'top'>,
): Show {
  const show: Show = {
    id: world.nextId,
    key,
    keys: new Set([key]),
    role,
    top,
    members: [],
    isPast: false,
    own: new Map(),
    over: new Map(),
    isByTable: false,
    offSale: new Set(),
    isPropagated: true,
    channels: new Map(),
    hasChannel: false,
    lines: [],
    told: [],
  }
  world.nextId += 1
  world.shows.set(show.id, show)
  return show
}

/** What has that key. */
export function showOf(world: World, key: string): Show | undefined {
  return [...world.shows.values()].find((show) => show.key === key)
}

/** What has that id: it must be there. */
export function showAt(world: World, id: number | undefined): Show {
  const show = id === undefined ? undefined : world.shows.get(id)
  if (show === undefined) throw new Error(`The model has no show ${String(id)}`)
  return show
}

/** The state that is stored of an object. */
export function ownOf(show: Show, label: string): Own {
  return show.own.get(label) ?? { status: 'free' }
}

/** Whether buyers may select it (3). */
export function isSelectable({ status }: Pick<Own, 'status'>): boolean {
  return status === 'free' || status === 'resale'
}

/** What an object returns to (4.5): nothing of the buyer stays. */
export function returned({ back, listing }: Own): Own {
  return back === undefined ? { status: 'free' } : { status: 'resale', listing }
}

/** Lets time pass: from the moment of its deadline, a hold reads and behaves as released, and is a line of the log (4.5). */
export function passTo(world: World, now: number): void {
  world.now = now
  for (const show of world.shows.values()) {
    for (const [label, own] of show.own) {
      if (own.status !== 'reservedByToken' || (own.until ?? 0) > now) continue
      endHold(show, label, own)
    }
  }
}

/** A hold ends by itself, or with its token (4.5). */
export function endHold(show: Show, label: string, own: Own): void {
  const after = returned(own)
  show.own.set(label, after)
  show.lines.push({ label, status: after.status, token: own.token, origin: 'HOLD_EXPIRED' })
  show.told.push({ label, status: after.status })
}
