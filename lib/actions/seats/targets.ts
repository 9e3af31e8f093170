import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { AreaRead, AreaTarget } from '../../rules/area/area-target.ts'
import { blockName } from '../../rules/area/block-name.ts'
import type { BlockRow } from '../../rules/area/block.ts'
import type { AreaSeason } from '../../rules/area/places-in-season.ts'
import { areaSums } from '../../rules/area/sums.ts'
import { BLOCKS_MAX } from '../../rules/area/plan.ts'
import { nameOf, type KnownRows } from '../../rules/rows.ts'
import { atRest, isTaken, type EventRef } from '../../rules/seat.ts'
import type { Target } from '../../rules/situations.ts'
import { partOf, refOf, seasonOfPart, type SeasonSeen } from '../../rules/season/season-row.ts'
import { areaNamed, partitionNamed } from '../../venue/pools.ts'
import { offerOf, sharersOf } from '../../venue/terms.ts'
import type { SeasonRead } from '../../store/seats/read-season.ts'
import type { SeatsRead } from '../../store/seats/read-seats.ts'
import type { Context } from '../context.ts'

/** What a request names. */
export interface Named extends Pick<Target, 'given' | 'isAtOdds'> {
  readonly label: string
  /** Of an area: how many places, or all that the token holds of it. */
  readonly quantity: number | 'all'
}

/** What is known of rows, and when that is looked at. */
export interface KnownNow {
  readonly known: KnownRows
  readonly now: ReturnType<Context['now']>
}

type OfEvent = Pick<SeatsRead, 'event' | 'terms' | 'areas'> & {
  readonly season?: (SeasonKnown & Pick<SeasonRead, 'lookedBlocks'>) | undefined
}

/** A season, and which rows of its events were looked for. */
export type SeasonKnown = Pick<SeasonRead, 'head' | 'roster'> & {
  readonly looked: Pick<SeasonRead['looked'], 'has'>
}

/** What a label names in an event, with the rows as they are known by now. */
export function targetOf(read: OfEvent, named: Named, known: KnownNow): Target | AreaTarget {
  return areaTargetOf(read, named, known) ?? objectTargetOf(read, named, known)
}

/** Everything that was asked for of events, one of each. */
export function targetsOf(reads: readonly SeatsRead[], known: KnownNow): (Target | AreaTarget)[] {
  return reads.flatMap((read) =>
    read.labels.map((label) => targetOf(read, { label, quantity: 1 }, known)),
  )
}

/** The same of what is sold as one object. */
export function objectTargetOf(
  {
    event,
    terms,
    season,
  }: Omit<OfEvent, 'areas' | 'season'> & { season?: SeasonKnown | undefined },
  { label, quantity, ...rest }: Named,
  { known }: KnownNow,
): Target {
  const seen = season && seenOf(season, known)
  const rowOf = (name: string) => rowNow({ event, label: name }, known)
  const offer = offerOf(terms, label)
  // What the event does not sell can only be let go.
  const names = offer === undefined ? [] : sharersOf(terms.inventory, label)
  const sharers = names.map((name) => ({ event, label: name, row: rowOf(name) }))
  return {
    event,
    label,
    row: rowOf(label),
    offer,
    ...rest,
    ...(sharers.length === 0 ? {} : { sharers }),
    ...defined({ season: seen }),
    ...(quantity === 'all' || quantity === 1 ? {} : { quantity }),
  }
}

/** The row of an object as it is known by now: of a season and of a part of one it is in the season's. */
function rowNow({ event, label }: { event: EventRef; label: string }, known: KnownRows) {
  const season = seasonOfPart(event)
  if (season === undefined) return known.seat.get(nameOf({ event, label }))
  return partOf(known.season.get(nameOf({ event: season, label })), event.eventId)
}

/** What is known of a season by now. */
function seenOf({ head, roster, looked }: SeasonKnown, known: KnownRows): SeasonSeen {
  return {
    season: refOf(head),
    roster,
    seasonRow: (label) => known.season.get(nameOf({ event: head, label })),
    eventRow: (event, label) => {
      const name = nameOf({ event, label })
      return known.seat.get(name) ?? (looked.has(name) ? undefined : 'unread')
    },
  }
}

/** The same of the places of areas. */
export function areaSeasonOf(
  season: SeasonKnown & { readonly lookedBlocks: Pick<ReadonlySet<string>, 'has'> },
  known: KnownRows,
): AreaSeason {
  return {
    ...seenOf(season, known),
    blockOf: (event, label) => {
      const name = nameOf({ event, label: blockName({ label, block: 0 }) })
      return known.block.get(name) ?? (season.lookedBlocks.has(name) ? undefined : 'unread')
    },
  }
}

/** Undefined where the label names no area that is sold by places, or one that was sold as a whole before and is taken still. */
function areaTargetOf(
  { event, terms, areas, season }: OfEvent,
  { label: named, quantity, ...rest }: Named,
  { known, now }: KnownNow,
): AreaTarget | undefined {
  const partition = partitionNamed(terms, named)
  const label = partition?.label ?? named
  const [area, offer, found] = [areaNamed(terms, label), offerOf(terms, label), areas.get(label)]
  if (found === undefined) return undefined
  const asWhole = rowNow({ event, label: named }, known)
  if (isTaken(atRest(asWhole, now))) return undefined
  const read = knownBy(event, { label, read: found }, known)
  if (area === undefined && !isAnyTaken(read, now)) return undefined
  return {
    event,
    label,
    ...defined({ partition: partition?.channelId }),
    area,
    offer: area && offer,
    terms,
    read,
    ...defined({ season: season && areaSeasonOf(season, known) }),
    quantity: quantity === 'all' ? undefined : quantity,
    ...rest,
  }
}

function isAnyTaken({ blocks }: AreaRead, now: Instant): boolean {
  const { booked, held } = areaSums([...blocks.values()], now)
  return booked + held > 0
}

function knownBy(
  event: EventRef,
  { label, read }: { label: string; read: AreaRead },
  known: KnownRows,
): AreaRead {
  const blocks = new Map<number, BlockRow>()
  for (let block = 0; block < BLOCKS_MAX; block += 1) {
    const row = known.block.get(nameOf({ event, label: blockName({ label, block }) }))
    if (row !== undefined) blocks.set(block, row)
  }
  return { ...read, plan: known.plan.get(nameOf({ event, label })), blocks }
}
