import type { Category, Floor, Location, Point, Section, Zone } from './chart.ts'
import { drawn, elements, point, text, type Drawn } from './drawing.ts'

/** What a drawing says once for all its objects. */
export interface Lists {
  readonly categories: ReadonlyMap<string, Category>
  readonly zones: ReadonlyMap<string, Zone>
}

/** A plane, and what its objects take over from the sections and the floor around it. */
export interface Site {
  readonly plane: Drawn
  /** The section that the plane is in, as it was drawn, and where the plane around it has its zero. */
  readonly frame: { readonly fields: Drawn; readonly origin: Point } | undefined
  /** Where the plane's own zero lies on the floor. */
  readonly origin: Point
  readonly section: Section | undefined
  readonly zone: string | undefined
  readonly floor: Floor | undefined
  readonly focalPoint: Point | undefined
  readonly category: Category | undefined
  readonly entrance: string | undefined
  /** Locations handed out so far, so that objects in one place share one value. */
  readonly locations: Map<string | undefined, Location>
}

/** The site of a whole floor, or of the only plane. */
export function floorSite(plane: Drawn, floor?: Floor): Site {
  return {
    plane,
    frame: undefined,
    origin: { x: 0, y: 0 },
    section: undefined,
    zone: undefined,
    floor,
    focalPoint: point(plane.focalPoint),
    category: undefined,
    entrance: undefined,
    locations: new Map(),
  }
}

/**
 * The sites of the sections drawn on a plane; a section without a plane of its own has no objects.
 * In a section within a section the inner one names the objects, and the outer one fills the gaps.
 */
export function sectionSites(site: Site, lists: Lists): Site[] {
  return elements(site.plane.sections).flatMap((element) => {
    const section = drawn(element)
    const plane = drawn(section?.subChart)
    return section && plane ? [sectionSite(site, section, { plane, lists })] : []
  })
}

function sectionSite(
  outer: Site,
  section: Drawn,
  { plane, lists }: { plane: Drawn; lists: Lists },
) {
  const topLeft = point(section.topLeft) ?? { x: 0, y: 0 }
  const origin = onFloor(outer, topLeft)
  const focalPoint = point(plane.focalPoint)
  const label = text(section.label) ?? ''
  return {
    plane,
    frame: { fields: section, origin: outer.origin },
    origin,
    section: { label, displayLabel: text(section.displayLabel) ?? label },
    zone: text(section.zone) ?? outer.zone,
    floor: outer.floor,
    // Distances should compare across sections: a section's own point counts only where there is no wider one.
    focalPoint: outer.focalPoint ?? (focalPoint && onFloor({ origin }, focalPoint)),
    category: categoryOf(section, lists, outer.category),
    entrance: text(section.entrance) ?? outer.entrance,
    locations: new Map<string | undefined, Location>(),
  }
}

/** The site as a row sees it that names its own section, as rows outside of sections may. */
export function rowSite(site: Site, row: Drawn): Site {
  const label = site.section ? undefined : text(row.sectionLabel)
  if (label === undefined) return site
  const displayLabel = text(row.sectionDisplayedLabel) ?? label
  return { ...site, section: { label, displayLabel }, locations: new Map() }
}

/** The location of an object that says it is in this zone, where the sections around it say nothing. */
export function locationAt(site: Site, lists: Lists, ownZone: string | undefined): Location {
  const zone = site.zone ?? ownZone
  const known = site.locations.get(zone)
  if (known) return known
  const zonePoint = zone === undefined ? undefined : lists.zones.get(zone)?.focalPoint
  const focalPoint = zonePoint ?? site.focalPoint
  const location = { section: site.section, zone, floor: site.floor, focalPoint }
  site.locations.set(zone, location)
  return location
}

/** The object's own category, or the inherited one if it names none. A key not in the list is no category. */
export function categoryOf(
  fields: Drawn,
  lists: Lists,
  inherited: Category | undefined,
): Category | undefined {
  const key = text(fields.categoryKey)
  return key === undefined ? inherited : lists.categories.get(key)
}

/** A point of the site's plane in coordinates of the floor. */
export function onFloor({ origin }: Pick<Site, 'origin'>, local: Point): Point {
  return { x: withoutNoise(origin.x + local.x), y: withoutNoise(origin.y + local.y) }
}

/**
 * Adding two decimals leaves noise beyond the tenth digit, and noise does not compress. A sum that is
 * within a ten-millionth of a thousandth is that thousandth; digits that were drawn stay.
 */
function withoutNoise(sum: number): number {
  const rounded = Math.round(sum * 1000) / 1000
  return Math.abs(sum - rounded) < 1e-7 ? rounded + 0 : sum
}
