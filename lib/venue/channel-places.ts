import type { AreaCapacities, Channel } from '../records/records.ts'
import { refuse, type Refused } from '../refusals.ts'

// What channels may have of areas. A chart may lose places after they were given away, so only what a change adds is judged.

type Channels = readonly Channel[]

/** Refuses an area that comes to be in channels as a whole and by places, and places that come to more than an area has. */
export function refuseAreaPlaces(
  before: Channels,
  after: Channels,
  areas: AreaCapacities,
): Refused | undefined {
  const former = twiceIn(before)
  const label = [...twiceIn(after)].find((it) => !former.has(it))
  if (label !== undefined) return refuse({ code: 'area-in-channels-twice', label })
  const capacities = new Map(areas)
  const placesBefore = placesIn(before)
  for (const [area, places] of placesIn(after)) {
    const capacity = capacities.get(area) ?? Infinity
    if (places <= capacity || places <= (placesBefore.get(area) ?? 0)) continue
    return refuse({ code: 'too-many-area-places', label: area, places, capacity })
  }
  return undefined
}

/** Places by area, over all channels. */
function placesIn(channels: Channels): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { areaPlaces } of channels) {
    for (const [label, places] of Object.entries(areaPlaces)) {
      sums.set(label, (sums.get(label) ?? 0) + places)
    }
  }
  return sums
}

function twiceIn(channels: Channels): Set<string> {
  const places = placesIn(channels)
  if (places.size === 0) return new Set()
  return new Set(channels.flatMap(({ objects }) => objects.filter((label) => places.has(label))))
}
