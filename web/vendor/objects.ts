import type {
  BookableObject,
  Booth,
  CategoryToJSON,
  GeneralAdmissionArea,
  NonBookableTableSeat,
  Seat,
  Section,
  Table,
} from '@seatsio/seatsio-types'
import { defined } from '../../lib/defined.ts'
import type { SceneObject, SceneSection } from '../scene/scene.ts'
import { namesCategory } from './config.ts'
import { categoryOf, costOf, isFree, isOffered, linesOf, seatsOf, type Core } from './core.ts'
import { priceOfCategory, pricingJson } from './prices.ts'
import { isOrphan } from './validators.ts'

/** An object as callbacks of the page get it. */
export function bookableOf(core: Core, object: SceneObject): BookableObject {
  const common = {
    ...interactive(core, object),
    ...selectable(core, object),
    ...onSale(core, object),
  }
  const { x, y } = object
  switch (object.kind) {
    case 'seat': {
      const seat: Omit<Seat, keyof typeof common | 'isOrphan'> = {
        objectType: 'Seat',
        center: { x, y },
        parent: { type: object.parent?.type ?? 'row' },
        ...pulses(core),
      }
      return Object.defineProperty({ ...common, ...seat, isOrphan: false }, 'isOrphan', {
        enumerable: true,
        get: () => {
          const seats = seatsOf(core)
          return seats !== undefined && isOrphan(seats, object)
        },
      })
    }
    case 'table':
      return {
        ...common,
        objectType: 'Table',
        center: { x, y },
        seats: seatsAt(core, object),
      } satisfies Table
    case 'booth':
      return { ...common, objectType: 'Booth' } satisfies Booth
    case 'area':
      return { ...common, ...areaOf(core, object) } satisfies GeneralAdmissionArea
  }
}

/** A category as callbacks get it. */
export function categoryJson(core: Core, object: SceneObject): CategoryToJSON | undefined {
  const category = categoryOf(core, object)
  if (category === undefined) return undefined
  const { label, color, key, isAccessible } = category
  const price = priceOfCategory(core.prices(), category)
  const { filteredCategories } = core.config()
  return {
    label,
    color,
    key: keyAsDrawn(key),
    accessible: isAccessible,
    pricing: price ? pricingJson(core.prices(), price) : null,
    isFiltered: filteredCategories !== undefined && namesCategory(filteredCategories, category),
  }
}

/** Designers number categories: a key that reads as a number was one. */
export function keyAsDrawn(key: string): string | number {
  return String(Number(key)) === key ? Number(key) : key
}

/** A section as callbacks get it. */
export function sectionOf(core: Core, section: SceneSection): Section {
  const objects = section.objects.flatMap((index) => core.map.scene?.objects[index] ?? [])
  const free = objects.filter((object) => isFree(core, object) && isOffered(core, object))
  const selected = objects.filter(({ label }) => linesOf(core, label).length > 0)
  const keys = new Set(free.flatMap(({ category }) => category ?? []))
  const { label, display } = section
  return {
    objectType: 'section',
    label,
    labels: { own: label, displayedLabel: display },
    numberOfSelectableObjects: free.length,
    numberOfSelectedObjects: selected.length,
    selectableCategories: [...keys].map(keyAsDrawn),
    entrance: section.entrance ?? null,
    isInteractive: true,
  }
}

function interactive({ map }: Core, object: SceneObject) {
  const { label, own, parent, zone } = object
  const section = object.section === undefined ? undefined : map.scene?.sections[object.section]
  const floors = map.scene?.floors ?? []
  const floor = floors.length > 1 ? floors[object.floor]?.name : undefined
  const displayedLabel = [section?.display, parent?.label, own]
    .filter((part) => part !== undefined)
    .join('-')
  const labels = {
    own,
    displayedLabel,
    ...defined({ parent: parent?.label, section: section?.display }),
  }
  return { id: label, label, labels, ...defined({ floor, zone }) }
}

function selectable(core: Core, object: SceneObject) {
  const { label, traits, kind } = object
  const [line] = linesOf(core, label)
  const element = core.map.element
  const trait = (value: boolean | undefined) => (kind === 'seat' ? value === true : undefined)
  return {
    selected: line !== undefined,
    selectedTicketType: line?.ticketType,
    accessible: trait(traits?.isAccessible),
    companionSeat: trait(traits?.isCompanionSeat),
    restrictedView: trait(traits?.hasRestrictedView),
    hearingImpaired: trait(traits?.isHearingImpaired),
    signLanguageInterpretation: trait(traits?.hasSignLanguageInterpretation),
    plusSize: trait(traits?.isPlusSize),
    semiAmbulatorySeat: trait(traits?.isSemiAmbulatorySeat),
    liftUpArmrests: trait(traits?.hasLiftUpArmrests),
    wheelchairSpaceType: undefined,
    cartServices: undefined,
    vertigo: undefined,
    limitedLegroom: undefined,
    aisleSeat: undefined,
    displayObjectType: undefined,
    ...defined({ category: categoryJson(core, object) }),
    pricing: pricingJson(core.prices(), costOf(core, object)),
    selectable: isFree(core, object) && isOffered(core, object),
    select: async (ticketType?: string) => {
      const { refused } = await element.select([{ label, ...defined({ ticketType }) }])
      if (refused[0]) throw new Error(`${label} cannot be selected: ${refused[0].reason}`)
    },
    deselect: async () => element.deselect(label),
  }
}

const statuses = {
  f: 'free',
  h: 'reservedByToken',
  b: 'booked',
  // A status of the page's own, whose name nobody here is told.
  t: 'taken',
  r: 'resale',
  n: 'free',
  c: 'free',
  a: 'free',
  '-': 'free',
} as const

function onSale(core: Core, object: SceneObject) {
  const letter = core.map.sale?.letterOf(object.label) ?? '-'
  const isMine = linesOf(core, object.label).some(({ isHeld }) => isHeld)
  const isSoldOut = letter === 'a' && !isFree(core, object)
  return {
    status: isMine && letter !== 'a' ? statuses.h : isSoldOut ? statuses.b : statuses[letter],
    forSale: letter !== 'n' && letter !== '-',
    inSelectableChannel: letter !== 'c',
    extraData: undefined,
    dataPerEvent: {},
    seasonStatusOverriddenQuantity: 0,
    entrance: object.entrance ?? null,
  }
}

function areaOf(core: Core, { label, places, isByPlaces, occupancy }: SceneObject) {
  const numFree = isByPlaces ? (core.map.sale?.leftOf(label) ?? 0) : 0
  const lines = linesOf(core, label)
  const numSelected = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const byType = lines.flatMap(({ ticketType, quantity }) =>
    ticketType === undefined ? [] : [[ticketType, quantity] as const],
  )
  return {
    objectType: 'GeneralAdmissionArea' as const,
    capacity: places,
    numFree,
    numBooked: isByPlaces ? Math.max(0, places - numFree - numSelected) : 0,
    numSelected,
    selectionPerTicketType: Object.fromEntries(byType),
    holds: {},
    bookAsAWhole: !isByPlaces,
    labelShown: true,
    areaType: isByPlaces
      ? ('generalAdmission' as const)
      : occupancy
        ? ('variableOccupancy' as const)
        : ('fixedOccupancy' as const),
  }
}

function seatsAt(core: Core, table: SceneObject): NonBookableTableSeat[] {
  const all = core.map.scene?.objects ?? []
  const seats: NonBookableTableSeat[] = []
  // The seats of a table come right behind it.
  for (let index = table.index + 1; seats.length < table.places; index += 1) {
    const seat = all[index]
    if (seat?.kind !== 'seat' || seat.parent?.type !== 'table') break
    seats.push({
      ...interactive(core, seat),
      center: { x: seat.x, y: seat.y },
      restrictedView: seat.traits?.hasRestrictedView === true,
      companionSeat: seat.traits?.isCompanionSeat === true,
      accessible: seat.traits?.isAccessible === true,
      parent: { type: 'table' },
    })
  }
  return seats
}

function pulses({ warn }: Core) {
  const pulse = (name: string) => () => {
    warn(name)
    return Promise.resolve()
  }
  return { pulse: pulse('pulse'), unpulse: pulse('unpulse') }
}
