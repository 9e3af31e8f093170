// Lists of numbers that were seen before, by a hash of 64 bits: of ten million lists, two have the same hash with a probability
// of three in a million, and then one state would be left out.

/** A set that only grows. */
export interface Visited {
  /** False when it is in it already. */
  add(numbers: readonly number[]): boolean
  /** The place in the order of arrival of the list last asked for, new or not. */
  last(): number
  size(): number
}

const START_SIZE = 1 << 16

/** An empty one. */
export function openVisited(): Visited {
  let size = START_SIZE
  let count = 0
  let last = 0
  let high = new Uint32Array(size)
  let low = new Uint32Array(size)
  let places = new Uint32Array(size)

  /** The slot that holds the hash, or the free one where it belongs; 0 in `places` is free. */
  function slotOf(h: number, l: number): number {
    let slot = l & (size - 1)
    while (places[slot] !== 0 && (high[slot] !== h || low[slot] !== l))
      slot = (slot + 1) & (size - 1)
    return slot
  }

  function grow(): void {
    const [oldHigh, oldLow, oldPlaces] = [high, low, places]
    size *= 2
    high = new Uint32Array(size)
    low = new Uint32Array(size)
    places = new Uint32Array(size)
    for (let old = 0; old < oldPlaces.length; old += 1) {
      const place = oldPlaces[old] ?? 0
      if (place === 0) continue
      const [h, l] = [oldHigh[old] ?? 0, oldLow[old] ?? 0]
      const slot = slotOf(h, l)
      high[slot] = h
      low[slot] = l
      places[slot] = place
    }
  }

  return {
    add(numbers) {
      const [h, l] = hashOf(numbers)
      const slot = slotOf(h, l)
      const place = places[slot] ?? 0
      if (place !== 0) {
        last = place - 1
        return false
      }
      last = count
      count += 1
      high[slot] = h
      low[slot] = l
      places[slot] = count
      if (count * 2 > size) grow()
      return true
    },
    last: () => last,
    size: () => count,
  }
}

/** Two hashes of 32 bits, each mixed in its own way. */
function hashOf(numbers: readonly number[]): [number, number] {
  let one = 0x9e3779b9
  let two = 0x85ebca6b
  for (const number of numbers) {
    // Times do not fit into 32 bits.
    const upper = Math.floor(number / 0x1_0000_0000)
    one = mix(one ^ number, 0xcc9e2d51)
    two = mix(two + number + upper, 0x2545f491)
    if (upper !== 0) one = mix(one ^ upper, 0x1b873593)
  }
  return [mix(one ^ numbers.length, 0x85ebca6b) >>> 0, mix(two, 0xc2b2ae35) >>> 0]
}

function mix(value: number, factor: number): number {
  const turned = Math.imul(value ^ (value >>> 15), factor)
  return turned ^ (turned >>> 13)
}
