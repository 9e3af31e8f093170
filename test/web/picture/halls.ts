import type { Look, Looks } from '../../../web/picture/picture.ts'
import type { Scene, SceneObject, SceneSection } from '../../../web/scene/scene.ts'

/** Seats stand 20 apart and are 16 wide. */
const PITCH = 20
const RADIUS = 8

export interface HallSize {
  readonly sections: number
  readonly rows: number
  readonly seats: number
  /** Added to all coordinates. */
  readonly offset?: number
  /** No sections, only their seats. */
  readonly isLoose?: boolean
}

/** Sections beside each other; the next ones stand below. */
const SECTIONS_A_LINE = 8

/** A hall of equal sections. */
export function makeHall({ sections, rows, seats, offset = 0, isLoose = false }: HallSize): Scene {
  const objects: SceneObject[] = []
  const width = seats * PITCH
  const height = rows * PITCH
  const made: SceneSection[] = []
  for (let section = 0; section < sections; section += 1) {
    const left = offset + (section % SECTIONS_A_LINE) * (width + PITCH)
    const top = offset + Math.floor(section / SECTIONS_A_LINE) * (height + PITCH)
    const from = objects.length
    for (let row = 0; row < rows; row += 1) {
      for (let number = 0; number < seats; number += 1) {
        const x = left + (number + 0.5) * PITCH
        const y = top + (row + 0.5) * PITCH
        const index = objects.length
        objects.push({
          ...seatAt({ index, x, y }),
          label: `S${section}-${row}-${number}`,
          own: String(number + 1),
          section: isLoose ? undefined : section,
        })
      }
    }
    made.push(sectionAt({ index: section, left, top, width, height, from, to: objects.length }))
  }
  return {
    name: 'Hall',
    floors: [
      {
        index: 0,
        name: '',
        display: '',
        box: {
          minX: offset,
          minY: offset,
          maxX: offset + Math.min(sections, SECTIONS_A_LINE) * (width + PITCH) - PITCH,
          maxY: offset + Math.ceil(sections / SECTIONS_A_LINE) * (height + PITCH) - PITCH,
        },
        focalPoint: undefined,
      },
    ],
    sections: isLoose ? [] : made,
    categories: [{ key: '1', label: 'All', color: '#2f6fb0', isAccessible: false }],
    objects,
    byLabel: new Map(objects.map(({ label, index }) => [label, index])),
    decorations: [],
    rowLabels: [],
    notes: [],
  }
}

/** A round seat, in no section. */
export function seatAt({
  index,
  x,
  y,
}: {
  readonly index: number
  readonly x: number
  readonly y: number
}): SceneObject {
  return {
    index,
    kind: 'seat',
    label: `seat ${index}`,
    own: String(index),
    parent: undefined,
    floor: 0,
    section: undefined,
    category: '1',
    entrance: undefined,
    zone: undefined,
    x,
    y,
    shape: { kind: 'disc', x, y, radius: RADIUS },
    box: { minX: x - RADIUS, minY: y - RADIUS, maxX: x + RADIUS, maxY: y + RADIUS },
    places: 1,
    traits: undefined,
    occupancy: undefined,
    isByPlaces: false,
    left: undefined,
    right: undefined,
    distance: undefined,
  }
}

function sectionAt({
  index,
  left,
  top,
  width,
  height,
  from,
  to,
}: {
  readonly index: number
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly from: number
  readonly to: number
}): SceneSection {
  const [right, bottom] = [left + width, top + height]
  return {
    index,
    floor: 0,
    label: `Block ${index}`,
    display: `Block ${index}`,
    outline: [left, top, right, top, right, bottom, left, bottom],
    box: { minX: left, minY: top, maxX: right, maxY: bottom },
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    labelAngle: 0,
    objects: Array.from({ length: to - from }, (_, at) => from + at),
    entrance: undefined,
  }
}

export interface AskedLooks extends Looks {
  /** How often they were asked. */
  asked: number
  /** What was answered last. */
  readonly seen: Map<number, Look['state']>
}

/** Looks that count how often they are asked; free unless told otherwise. */
export function openLooks(states: Record<number, Look['state']> = {}): AskedLooks {
  return {
    asked: 0,
    seen: new Map(),
    of(index) {
      const state = states[index] ?? 'free'
      this.asked += 1
      this.seen.set(index, state)
      return { state, fill: '#2f6fb0' }
    },
    section: () => ({ fill: '#2f6fb0', share: 0.5, note: 'half left', isDimmed: false }),
  }
}
