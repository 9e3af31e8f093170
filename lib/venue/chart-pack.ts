import type { Category, Location, ObjectFacts, SeatFacts } from './chart.ts'
import {
  columnAt,
  packColumn,
  packNumbers,
  unpackNumbers,
  type Column,
  type NumberColumn,
  type Numbering,
} from './chart-columns.ts'
import { bitsOfTraits, traitsOfBits } from './chart-traits.ts'

/** Facts of objects in columns; those that objects share are indexes into the manifest's lists. */
export type PackedFacts = readonly [
  ownLabels: readonly string[],
  /** 0: as the labels. */
  ownDisplayLabels: readonly string[] | 0,
  locations: Column,
  categories: Column,
  entrances: Column,
  displayedObjectTypes: Column,
  xs: NumberColumn,
  ys: NumberColumn,
]

/** Seats have traits besides. */
export type PackedSeats = readonly [facts: PackedFacts, traits: Column]

/** The lists while a manifest is being written. */
export interface Numberings {
  readonly locations: Numbering<Location>
  readonly categories: Numbering<Category>
  readonly texts: Numbering<string>
}

/** The lists while one is being read. */
export interface SharedLists {
  readonly locations: readonly Location[]
  readonly categories: readonly Category[]
  readonly texts: readonly string[]
}

/** Packs facts of objects that follow each other. */
export function packFacts(objects: readonly ObjectFacts[], numbers: Numberings): PackedFacts {
  const column = (index: (object: ObjectFacts) => number) => packColumn(objects.map(index))
  return [
    objects.map((object) => object.ownLabel),
    objects.every((object) => object.ownDisplayLabel === object.ownLabel)
      ? 0
      : objects.map((object) => object.ownDisplayLabel),
    column((object) => numbers.locations.indexOf(object.location)),
    column((object) => numbers.categories.indexOf(object.category)),
    column((object) => numbers.texts.indexOf(object.entrance)),
    column((object) => numbers.texts.indexOf(object.displayedObjectType)),
    packNumbers(objects.map((object) => object.position?.x)),
    packNumbers(objects.map((object) => object.position?.y)),
  ]
}

/** Packs seats of one row or table. */
export function packSeats(seats: readonly SeatFacts[], numbers: Numberings): PackedSeats {
  const traits = packColumn(seats.map((seat) => bitsOfTraits(seat.traits)))
  return [packFacts(seats, numbers), traits]
}

/** The facts that were packed; refuses a location that is not in the list. */
export function unpackFacts(packed: PackedFacts, shared: SharedLists): ObjectFacts[] {
  return unpackSeats([packed, 0], shared).map(withoutTraits)
}

/** The seats that were packed; refuses a location that is not in the list. */
export function unpackSeats([packed, traits]: PackedSeats, shared: SharedLists): SeatFacts[] {
  const [labels, displayLabels, locations, categories, entrances, types, xs, ys] = packed
  const allX = unpackNumbers(xs, labels.length)
  const allY = unpackNumbers(ys, labels.length)
  return labels.map((ownLabel, row) => {
    const [x, y] = [allX[row], allY[row]]
    const location = shared.locations[columnAt(locations, row)]
    if (!location) throw new RangeError('A manifest names a location that it does not list.')
    return {
      ownLabel,
      ownDisplayLabel: displayLabels === 0 ? ownLabel : (displayLabels[row] ?? ownLabel),
      location,
      entrance: shared.texts[columnAt(entrances, row)],
      category: shared.categories[columnAt(categories, row)],
      position: x === undefined || y === undefined ? undefined : { x, y },
      displayedObjectType: shared.texts[columnAt(types, row)],
      traits: traitsOfBits(columnAt(traits, row)),
    }
  })
}

function withoutTraits(seat: SeatFacts): ObjectFacts {
  const { ownLabel, ownDisplayLabel, location, entrance, category, position } = seat
  const { displayedObjectType } = seat
  return {
    ownLabel,
    ownDisplayLabel,
    location,
    entrance,
    category,
    position,
    displayedObjectType,
  }
}
