import { inRounds } from '../../in-rounds.ts'
import { refuse, type Outcome } from '../../refusals.ts'
import type { SeatRefusal } from '../../rules/decide.ts'
import type { Change } from '../../rules/machine.ts'
import { nameOf, nothingKnown, type KnownRows } from '../../rules/rows.ts'
import { partsIn } from '../../rules/season/season-row.ts'
import { blockName } from '../../rules/area/block-name.ts'
import { lookAnywhere, lookEverywhere, lookOf, type Look } from '../../store/seats/read-areas.ts'
import {
  readSeats,
  type Read,
  type SeatsRead,
  type SeatsToRead,
} from '../../store/seats/read-seats.ts'
import type { Context } from '../context.ts'

// What a request decides from:
//
// 1. It is read in one batch. Of an area there is the plan in it, and one block: that is enough unless the area is nearly sold out, or
//    must be planned again. Of a season there are its rows, and those of events that they lead to.
// 2. What a commit hands back of seats is learnt, and decided from without reading again. Of areas it hands back the blocks that were
//    lost, if those: they change so fast, and so do the others, that what is known of them is stale.
// 3. Where a decision needs more of an area, or finds it planned by somebody else since, everything is read anew, with all blocks. So
//    it is where a season has an event or a part by now that the request does not know.

/** What was read, and what is known of its rows by now. */
export interface Ground {
  readonly events: readonly SeatsRead[]
  readonly known: KnownRows
}

/** A ground that may be read anew. */
export interface WideGround {
  now: readonly SeatsRead[]
  /** How areas were looked at when it was read last. */
  look: Look
  readonly known: KnownRows
  readonly wanted: SeatsToRead & { readonly look: Look }
}

/** Where a request looks first for places of areas. */
export function lookFor({ ids }: Pick<Context, 'ids'>, holdToken: string | undefined): Look {
  return holdToken === undefined ? lookAnywhere(ids.random()) : lookOf(holdToken)
}

/** Reads what a request decides from; refuses an unknown event. */
export async function readGround(
  { store }: Pick<Context, 'store'>,
  wanted: WideGround['wanted'],
): Promise<Outcome<WideGround>> {
  const ground: WideGround = { now: [], look: wanted.look, known: nothingKnown(), wanted }
  const missing = await readInto(ground, store)
  return missing ?? { ok: true, value: ground }
}

async function readInto(
  ground: WideGround,
  store: Context['store'],
  look = ground.look,
): Promise<ReturnType<typeof refuse> | undefined> {
  ground.look = look
  const read = await readSeats(store, { ...ground.wanted, look })
  if (read.missing !== undefined) return refuse({ code: 'event-not-found', eventKey: read.missing })
  ground.now = read.events
  for (const rows of Object.values(ground.known)) rows.clear()
  learnRead(ground.known, read)
  return undefined
}

/** Learns all rows that were read. */
export function learnRead(
  known: KnownRows,
  { tokens, events }: Extract<Read, { tokens: unknown }>,
): void {
  for (const [holdToken, row] of tokens) known.token.set(holdToken, row)
  for (const { event, rows, areas, season } of events) {
    for (const [label, row] of rows) known.seat.set(nameOf({ event, label }), row)
    if (season !== undefined) {
      for (const [label, row] of season.rows) {
        known.season.set(nameOf({ event: season.head, label }), row)
      }
      for (const [name, row] of season.eventRows) known.seat.set(name, row)
      for (const [name, row] of season.blocks) known.block.set(name, row)
    }
    for (const [label, { plan, blocks }] of areas) {
      if (plan !== undefined) known.plan.set(nameOf({ event, label }), plan)
      for (const [block, row] of blocks) {
        known.block.set(nameOf({ event, label: blockName({ label, block }) }), row)
      }
    }
  }
}

/** Learns what somebody else knows of objects and tokens: what is known of areas is stale soon. */
export function learnAll(known: KnownRows, other: KnownRows): void {
  for (const [name, row] of other.seat) known.seat.set(name, row)
  for (const [name, row] of other.season) known.season.set(name, row)
  for (const [name, row] of other.token) known.token.set(name, row)
}

/** How to decide on a ground. */
interface Deciding<Value> {
  readonly kind: Change['kind']
  readonly decide: (ground: Ground) => Outcome<Value> | 'unread'
  /** Others took places since it was read: it is read anew. */
  readonly isStale?: boolean
}

/** Decides, and where that needs more of an area reads it and decides again; refuses as busy what others plan each time. */
export async function decideOnGround<Value>(
  { store, backOff }: Context,
  ground: WideGround,
  { kind, decide, isStale = false }: Deciding<Value>,
): Promise<Outcome<Value>> {
  const gone = isStale ? await readInto(ground, store) : undefined
  if (gone !== undefined) return gone
  const decideNow = () => {
    const { now, known } = ground
    return now.some((read) => isOutgrown(read, known)) ? 'unread' : decide({ events: now, known })
  }
  const first = decideNow()
  if (first !== 'unread') return first
  const settled = await inRounds(backOff, async (): Promise<Outcome<Value> | undefined> => {
    const missing = await readInto(ground, store, lookEverywhere(ground.wanted.look))
    if (missing !== undefined) return missing
    const decided = decideNow()
    return decided === 'unread' ? undefined : decided
  })
  return settled ?? refuse({ code: 'seats-refused', change: kind, seats: busyAreas(ground) })
}

/** Whether a row has come to tell of a part of its season that was not there when the season was read. */
function isOutgrown({ season }: SeatsRead, known: KnownRows): boolean {
  if (season === undefined) return false
  const { head, roster, labels, ended } = season
  const parts = new Set([head.eventId, ...roster.partials.map(({ eventId }) => eventId), ...ended])
  return labels.some((label) => {
    const row = known.season.get(nameOf({ event: head, label }))
    return row !== undefined && partsIn(row).some((part) => !parts.has(part))
  })
}

function busyAreas({ now }: WideGround): SeatRefusal[] {
  return now.flatMap(({ event: { eventId }, areas }) =>
    [...areas.keys()].map((label): SeatRefusal => ({ eventId, label, code: 'busy' })),
  )
}
