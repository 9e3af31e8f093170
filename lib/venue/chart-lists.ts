import type { Category, Chart, Floor, VenueType, Zone } from './chart.ts'
import { floorSite, type Site } from './chart-site.ts'
import { drawn, elements, flag, point, text, type Drawn } from './drawing.ts'

/** Older drawings name their kind otherwise; everything not listed is a simple chart. */
const venueTypes: ReadonlyMap<unknown, VenueType> = new Map([
  ['WITH_SECTIONS_AND_FLOORS', 'WITH_SECTIONS_AND_FLOORS'],
  ['ROWS_WITH_SECTIONS', 'WITH_SECTIONS_AND_FLOORS'],
  ['WITH_ZONES', 'WITH_ZONES'],
  ['ZONES', 'WITH_ZONES'],
])

/** What kind of venue the drawing says it is, in today's words. */
export function readVenueType(fields: Drawn): VenueType {
  return venueTypes.get(fields.venueType) ?? 'SIMPLE'
}

/** The drawing's categories by key, in display order. */
export function readCategories(fields: Drawn): Map<string, Category> {
  return readList(fields.categories, (category) => {
    const key = text(category.key)
    return (
      key !== undefined && {
        key,
        // Adding zero makes zero of negative zero, which JSON cannot write.
        originalKey: typeof category.key === 'number' ? category.key + 0 : key,
        label: text(category.label) ?? '',
        color: text(category.color) ?? '',
        accessible: flag(category.accessible),
      }
    )
  })
}

/** The drawing's zones by key. */
export function readZones(fields: Drawn): Map<string, Zone> {
  return readList(fields.zones, (zone) => {
    const key = text(zone.key)
    const label = text(zone.label) ?? key ?? ''
    return key !== undefined && { key, label, focalPoint: point(zone.focalPoint) }
  })
}

/** The sites of the drawing's floors, in order; none for a drawing with a single plane. */
export function readFloors(fields: Drawn): Site[] {
  return elements(fields.subChartFloors).flatMap((element) => {
    const plane = drawn(element)
    return plane ? [floorSite(plane, readFloor(plane))] : []
  })
}

/** Whether there is a point to measure from: on the plane, on any floor, or in every zone. */
export function hasFocalPoints(chart: Pick<Chart, 'focalPoint' | 'floors' | 'zones'>): boolean {
  return (
    chart.focalPoint !== undefined ||
    chart.floors.some((floor) => floor.focalPoint) ||
    (chart.zones.length > 0 && chart.zones.every((zone) => zone.focalPoint))
  )
}

/** A drawn list by key, in drawn order. Entries without a key are left out; of equal keys the first stays. */
function readList<Entry extends { readonly key: string }>(
  value: unknown,
  read: (entry: Drawn) => Entry | false,
): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const element of elements(drawn(value)?.list)) {
    const fields = drawn(element)
    const entry = fields && read(fields)
    if (entry && !entries.has(entry.key)) entries.set(entry.key, entry)
  }
  return entries
}

function readFloor(plane: Drawn): Floor {
  const name = text(plane.floorName) ?? ''
  const displayName = text(plane.floorDisplayName) ?? name
  return { name, displayName, focalPoint: point(plane.focalPoint) }
}
