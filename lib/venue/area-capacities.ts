import { HEAD_AREAS_BYTES_MAX } from '../limits/limits.ts'
import type { AreaCapacities, EventHead } from '../records/records.ts'
import type { Chart } from './chart.ts'
import { isByPlaces } from './chart.ts'

// What is kept of a chart's areas apart from their drawing: of those whose places are sold one by one, how many there are.

/** Bytes that a label and a capacity take in a list beyond the letters of the label. */
const ENTRY_BYTES = 6

/** The capacities of a chart's areas, in walk order. */
export function capacitiesOf({ objects }: Chart): AreaCapacities {
  return objects.flatMap((object): AreaCapacities => {
    return isByPlaces(object) ? [[object.label, object.capacity]] : []
  })
}

/** What a new event keeps of them in its head: the first that there is room for, nothing where there are none. */
export function capacitiesKept(areas: AreaCapacities): Pick<EventHead, 'capacities'> {
  const kept: (readonly [string, number])[] = []
  let bytes = 0
  for (const [label, capacity] of areas) {
    bytes += Buffer.byteLength(label) + ENTRY_BYTES
    if (bytes > HEAD_AREAS_BYTES_MAX) break
    kept.push([label, capacity])
  }
  return kept.length === 0 ? {} : { capacities: kept }
}

/** The capacity that an area had when the event was created; undefined where the event does not know it. */
export function capacityAtCreation(
  { capacities = [] }: Pick<EventHead, 'capacities'>,
  label: string,
): number | undefined {
  return capacities.find(([known]) => known === label)?.[1]
}
