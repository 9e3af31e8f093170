import type { Entry, Fields, Images } from './timeline.ts'

// Rows of areas whose places are sold by their number, as the stream tells them: blocks, and how the places were divided over them.

/** One change of a block of an area, or of its plan, which has no number. */
export interface PlacesChange {
  readonly eventId: string
  readonly label: string
  readonly block: number | undefined
  readonly before: Fields | undefined
  readonly after: Fields
  /** The clock of whoever decided what it becomes: a large commit is entered with the moment of its decision, which comes later. */
  readonly decidedAt: number
  /** Number of the stream record, and of the first of its commit. */
  readonly place: number
  readonly order: number
  /** True time from which it counts. */
  readonly time: number
}

/** Those that were read, each with the large commit that it came by, if it did. */
export interface PlacesReading {
  readonly placesRaw: (PlacesChange & { readonly lock: string | undefined })[]
  readonly faults: string[]
}

/** What stands between the label of an area and the number of a block. */
const MARK = '\uffff'

const HIDDEN = new Set(['pk', 'sk', 'lk', 'ln', 'lt'])

/** Reads one stream record of a row; says whether it is one of an area. */
export function readPlaces(
  reading: PlacesReading,
  { place, landing }: Entry,
  { before, after }: Images,
): boolean {
  const { pk, sk } = (after ?? before ?? {}) as Record<string, string>
  const mark = sk?.lastIndexOf(MARK) ?? -1
  if (sk === undefined || mark < 0) return false
  const [label, number] = [sk.slice(0, mark), sk.slice(mark + 1)]
  if (after === undefined) {
    reading.faults.push(`a row of ${label} was removed`)
  } else if (after['v'] !== before?.['v'] && after['v'] !== undefined) {
    const time = landing?.landed?.at ?? 0
    reading.placesRaw.push({
      eventId: pk?.split('#')[1] ?? '',
      label,
      block: number === '' ? undefined : Number(number),
      before: before?.['v'] === undefined ? undefined : before,
      after,
      decidedAt: Number(((before?.['ln'] ?? {}) as Fields)['at'] ?? after['at']),
      place,
      order: landing?.landed?.from ?? place,
      time,
      lock: before?.['lk'] as string | undefined,
    })
  } else if (shown(before) !== shown(after)) {
    reading.faults.push(`a row of ${label} changed without a new version`)
  }
  return true
}

function shown(item: Fields | undefined): string {
  const left = Object.entries(item ?? {}).filter(([name]) => !HIDDEN.has(name))
  return JSON.stringify(left.sort(([a], [b]) => (a < b ? -1 : 1)))
}
