import fc from 'fast-check'
import { anyDrawing } from '../../support/any-drawing.ts'
import {
  drawArea,
  drawBooth,
  drawChart,
  drawRow,
  drawSeats,
  drawSection,
  drawTable,
} from '../../support/drawings.ts'
import type { Chance } from './chance.ts'

/** A drawing, and what can be sold of it once it is published. */
export interface Venue {
  readonly drawing: unknown
  /** None where nobody knows. */
  readonly labels: readonly string[]
  /** Areas that it sells by places, and how many these have. */
  readonly areas: ReadonlyMap<string, number>
}

/** Nothing is known of it. */
export const unknownVenue: Venue = { drawing: undefined, labels: [], areas: new Map() }

const rowNames = ['A', 'B', 'C', '1', 'é', '座席', 'GA 1/2', 'row', '🎭', '__proto__', "O'Hara %2F"]
const categories = [1, 2, 'lounge']
/** What areas are called that are sold by places: nothing else is. */
export const areaLabels = ['Pier', 'Field']
/** Soon full, in one block, and in several. */
const capacities = [4, 25, 120]
const list = [
  { key: 1, label: 'Standard', color: '#2b8a3e', accessible: false },
  { key: 2, label: 'Cheap', color: '#1971c2', accessible: false },
  { key: 'lounge', label: 'Lounge', color: '#862e9c', accessible: true },
]

/** A small venue that can be published: rows, and sometimes tables, a booth, areas and a section. */
export function drawVenue(chance: Chance): Venue {
  const labels: string[] = []
  const place = chance.pick([
    [60, 0],
    [0.5, -30],
    [1e6, 3],
  ] as const)
  const rows = chance.some(rowNames, 4).map((name, index) => {
    const count = 1 + chance.below(8)
    labels.push(...numbered(name, count))
    const fields = { y: place[0] + index * 30, categoryKey: chance.pick(categories) }
    return drawRow(name, drawSeats(count, fields))
  })
  const extra = { accessible: chance.percent(20), zone: 'x', shapes: [null, 7] }
  const plane: Record<string, unknown> = { focalPoint: { x: 0, y: place[1] }, rows, ...extra }
  if (chance.percent(30)) {
    plane['tables'] = [drawTable('T1', 3, { bookAsAWhole: chance.percent(50) })]
    labels.push('T1', ...numbered('T1', 3))
  }
  if (chance.percent(30)) {
    plane['booths'] = [drawBooth('Booth')]
    labels.push('Booth')
  }
  const areas = new Map(
    areaLabels.filter(() => chance.percent(40)).map((label) => [label, chance.pick(capacities)]),
  )
  const drawn = [...areas].map(([label, capacity]) => drawArea(label, capacity))
  if (chance.percent(20)) {
    drawn.push(drawArea('Lawn', 12, { bookAsAWhole: true }))
    labels.push('Lawn')
  }
  plane['generalAdmissionAreas'] = drawn
  if (chance.percent(30)) {
    plane['sections'] = [drawSection('East', { rows: [drawRow('C', drawSeats(2))] })]
    labels.push('East-C-1', 'East-C-2')
  }
  return { drawing: drawChart(plane, { name: 'Venue', list }), labels, areas }
}

/** A drawing by somebody who was not paying attention: some can be published all the same. */
export function drawGarbage(chance: Chance): Venue {
  const [drawing] = fc.sample(anyDrawing, { seed: chance.below(2 ** 31), numRuns: 1 })
  return { ...unknownVenue, drawing }
}

/** What an empty draft looks like: valid, and with nothing to sell. */
export const emptyVenue: Venue = { ...unknownVenue, drawing: {} }

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index + 1}`)
}
