import type {
  BookableObject,
  Booth,
  CategoryToJSON,
  GeneralAdmissionArea,
  InteractiveObject,
  NonBookableTableSeat,
  Seat,
  Section,
  Table,
} from '@seatsio/seatsio-types'
import { defined } from '../../lib/defined.ts'
import type { Letter } from '../sale/sale.ts'
import type { SceneCategory, SceneObject, SceneSection } from '../scene/scene.ts'
import { namesCategory } from './config.ts'
import { categoryOf, costOf, isFree, isOffered, linesOf, seatsOf, type Core } from './core.ts'
import { priceOfCategory, pricingJson, type Prices } from './prices.ts'
import { isOrphan } from './validators.ts'

type Labels = InteractiveObject['labels']

/** An object as callbacks of the page get it. */
export function bookableOf(core: Core, object: SceneObject): BookableObject {
  // Assigned and not spread: pages ask for thousands of these at once, and spreading took most of it.
  const common = Object.assign(named(core, object), ofSale(core, object))
  const { x, y } = object
  switch (object.kind) {
    case 'seat':
      return Object.assign(common, {
        objectType: 'Seat',
        center: { x, y },
        parent: { type: object.parent?.type ?? 'row' },
        isOrphan: isLeftAlone(core, object),
        pulse: pulse(core, 'pulse'),
        unpulse: pulse(core, 'unpulse'),
      } as const) satisfies Seat
    case 'table':
      return Object.assign(common, {
        objectType: 'Table',
        center: { x, y },
        seats: seatsAt(core, object),
      } as const) satisfies Table
    case 'booth':
      return Object.assign(common, { objectType: 'Booth' } as const) satisfies Booth
    case 'area':
      return Object.assign(common, areaOf(core, object)) satisfies GeneralAdmissionArea
  }
}

function isLeftAlone(core: Core, object: SceneObject): boolean {
  if (core.selection.length === 0) return false
  const seats = seatsOf(core)
  return seats !== undefined && isOrphan(seats, object)
}

/** Categories as callbacks get them, by the prices that they were made with: most halls have a handful, and thousands of seats. */
const made = new WeakMap<Prices, Map<SceneCategory, CategoryToJSON>>()

function categoryJson(core: Core, category: SceneCategory): CategoryToJSON {
  const prices = core.prices()
  const known = made.get(prices) ?? new Map<SceneCategory, CategoryToJSON>()
  made.set(prices, known)
  const json = known.get(category) ?? makeCategory(core, category)
  known.set(category, json)
  return json
}

function makeCategory(core: Core, category: SceneCategory): CategoryToJSON {
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

/** What it is called, and where it is. */
function named({ map }: Core, { label, own, parent, zone, ...object }: SceneObject) {
  const section = map.scene?.sections[object.section ?? -1]?.display
  const floors = map.scene?.floors ?? []
  const floor = floors.length > 1 ? floors[object.floor]?.name : undefined
  const inRow = parent ? `${parent.label}-${own}` : own
  const displayedLabel = section === undefined ? inRow : `${section}-${inRow}`
  const labels: { -readonly [Name in keyof Labels]: Labels[Name] } = { own, displayedLabel }
  if (parent) labels.parent = parent.label
  if (section !== undefined) labels.section = section
  const place: { floor?: string; zone?: string } = {}
  if (floor !== undefined) place.floor = floor
  if (zone !== undefined) place.zone = zone
  return Object.assign({ id: label, label, labels }, place)
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
} as const satisfies Record<Letter, string>

/** What it is, what it costs and how it is for this buyer. */
function ofSale(core: Core, object: SceneObject) {
  const { label, traits, kind } = object
  const { element, sale } = core.map
  const lines = linesOf(core, label)
  const category = categoryOf(core, object)
  const letter = sale?.letterOf(label) ?? '-'
  const isOpen = isFree(core, object)
  const isMine = letter !== 'a' && lines.some(({ isHeld }) => isHeld)
  const isSoldOut = letter === 'a' && !isOpen
  const trait = (value: boolean | undefined) => (kind === 'seat' ? value === true : undefined)
  const facts = {
    selected: lines.length > 0,
    selectedTicketType: lines[0]?.ticketType,
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
    pricing: pricingJson(core.prices(), costOf(core, object)),
    selectable: isOpen && isOffered(core, object),
    select: async (ticketType?: string) => {
      const { refused } = await element.select([{ label, ...defined({ ticketType }) }])
      if (refused[0]) throw new Error(`${label} cannot be selected: ${refused[0].reason}`)
    },
    deselect: async () => element.deselect(label),
    status: isMine ? statuses.h : isSoldOut ? statuses.b : statuses[letter],
    forSale: letter !== 'n' && letter !== '-',
    inSelectableChannel: letter !== 'c',
    extraData: undefined,
    dataPerEvent: {},
    seasonStatusOverriddenQuantity: 0,
    entrance: object.entrance ?? null,
  }
  const own: { category?: CategoryToJSON } = category
    ? { category: categoryJson(core, category) }
    : {}
  return Object.assign(facts, own)
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
      ...named(core, seat),
      center: { x: seat.x, y: seat.y },
      restrictedView: seat.traits?.hasRestrictedView === true,
      companionSeat: seat.traits?.isCompanionSeat === true,
      accessible: seat.traits?.isAccessible === true,
      parent: { type: 'table' },
    })
  }
  return seats
}

function pulse({ warn }: Core, name: string): () => Promise<void> {
  return () => {
    warn(name)
    return Promise.resolve()
  }
}
