import {
  hasFocalPoints,
  readCategories,
  readFloors,
  readVenueType,
  readZones,
} from './chart-lists.ts'
import { floorSite } from './chart-site.ts'
import { chartElementsMax, walkSites, type Onlooker, type Walk } from './chart-walk.ts'
import { drawn, point, text } from './drawing.ts'
import type { Chart } from './chart.ts'

/**
 * Reads the inventory out of a drawing. Refuses nothing: what is missing or of the wrong type counts
 * as absent, and what a chart cannot hold is left out and told by `isTruncated`.
 * An onlooker sees the drawing beside the chart that it becomes.
 */
export function readChart(drawing: unknown, onlooker?: Onlooker): Chart {
  const fields = drawn(drawing) ?? {}
  const categories = readCategories(fields)
  const zones = readZones(fields)
  const plane = drawn(fields.subChart) ?? {}
  const floors = readFloors(fields)
  const focalPoint = floors.length > 0 ? undefined : point(plane.focalPoint)
  const walk: Walk = {
    lists: { categories, zones },
    onlooker,
    objects: [],
    elementsLeft: chartElementsMax,
    isTruncated: false,
  }
  walkSites(walk, floors.length > 0 ? floors : [floorSite(plane)])
  const facts = {
    name: text(fields.name) ?? '',
    venueType: readVenueType(fields),
    categories: [...categories.values()],
    zones: [...zones.values()],
    floors: floors.flatMap(({ floor }) => floor ?? []),
    focalPoint,
  }
  const { objects, isTruncated } = walk
  return { ...facts, supportsBestAvailable: hasFocalPoints(facts), objects, isTruncated }
}
