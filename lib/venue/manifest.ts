import { numbering } from './chart-columns.ts'
import { hasFocalPoints } from './chart-lists.ts'
import type { Numberings, SharedLists } from './chart-pack.ts'
import { packRuns, unpackRun, type Run } from './chart-runs.ts'
import type { Chart, Floor, Location, Point } from './chart.ts'

/** Raised whenever the form changes; a process that meets a form it does not know must not guess. */
const manifestVersion = 1

/**
 * A chart as compact text. What follows from the rest is not written: labels, distances, neighbours
 * and seat counts are worked out again. A run is a row, a table with its seats, a booth or an area.
 */
interface Manifest {
  readonly v: typeof manifestVersion
  readonly chart: Pick<Chart, ChartField>
  readonly locations: readonly PackedLocation[]
  readonly texts: readonly string[]
  readonly runs: readonly Run[]
}

type ChartField =
  'name' | 'venueType' | 'categories' | 'zones' | 'floors' | 'focalPoint' | 'isTruncated'
type PackedLocation = Omit<Location, 'floor'> & { readonly floor: number }

/** Writes a chart as text that compresses well and gives back the same chart. */
export function encodeManifest(chart: Chart): string {
  const numbers: Numberings = {
    locations: numbering(),
    categories: numbering(chart.categories),
    texts: numbering(),
  }
  const floors = numbering(chart.floors)
  const runs = packRuns(chart.objects, numbers)
  const { name, venueType, categories, zones, focalPoint, isTruncated } = chart
  const manifest: Manifest = {
    v: manifestVersion,
    chart: { name, venueType, categories, zones, floors: chart.floors, focalPoint, isTruncated },
    locations: numbers.locations.values.map((at) => ({ ...at, floor: floors.indexOf(at.floor) })),
    texts: numbers.texts.values,
    runs,
  }
  return JSON.stringify(manifest)
}

/** Reads such a text. Throws for a version it does not know, and for text that is no manifest. */
export function decodeManifest(text: string): Chart {
  const manifest = parse(text)
  const { name, venueType, categories, isTruncated, focalPoint } = manifest.chart
  const zones = manifest.chart.zones.map(withFocalPoint)
  const floors = manifest.chart.floors.map(withFocalPoint)
  const shared: SharedLists = {
    locations: manifest.locations.map((at) => unpackLocation(at, floors)),
    categories,
    texts: manifest.texts,
  }
  const facts = { name, venueType, categories, zones, floors, focalPoint, isTruncated }
  return {
    ...facts,
    supportsBestAvailable: hasFocalPoints(facts),
    objects: manifest.runs.flatMap((run) => unpackRun(run, shared)),
  }
}

function parse(text: string): Manifest {
  const value = JSON.parse(text) as { readonly v?: unknown } | null
  if (value?.v !== manifestVersion) {
    const found = String(value?.v)
    throw new Error(`Manifest version ${found} is unknown; only ${manifestVersion} can be read.`)
  }
  return value as Manifest
}

/** JSON leaves out what is undefined; it is put back. */
function withFocalPoint<Entry extends { readonly focalPoint: Point | undefined }>(entry: Entry) {
  return { ...entry, focalPoint: entry.focalPoint }
}

function unpackLocation(at: PackedLocation, floors: readonly Floor[]): Location {
  const { section, zone, focalPoint } = at
  return { section, zone, floor: floors[at.floor], focalPoint }
}
