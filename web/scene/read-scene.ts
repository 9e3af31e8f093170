import { readCategories } from '../../lib/venue/chart-lists.ts'
import type { Chart, ChartObject } from '../../lib/venue/chart.ts'
import { drawn, text } from '../../lib/venue/drawing.ts'
import { readChart } from '../../lib/venue/read-chart.ts'
import { cssColor } from './colors.ts'
import { boxOfText, isFilled, isWithin } from './boxes.ts'
import { sketchDecorations } from './decorations.ts'
import {
  findLost,
  groundsOf,
  include,
  includeDecoration,
  placeLost,
  type Ground,
} from './grounds.ts'
import { note, noNotes } from './notes.ts'
import { sketchObjects } from './read-objects.ts'
import { drawnOutlines, readSections } from './read-sections.ts'
import type { Decoration, EventFacts, Scene, SceneCategory, SceneFloor } from './scene.ts'
import { sketchSections, type Sketch } from './sketch.ts'

/** Of a category whose colour is none. */
const GREY = '#868e96'

/** Of a floor with nothing on it. */
const EMPTY_FLOOR = { minX: 0, minY: 0, maxX: 100, maxY: 100 }

/**
 * Reads what there is to draw and to buy, in the walk that reads what is sold. Takes anything for a drawing: what is missing or of a wrong type counts
 * as absent, and what cannot be shown as it was meant is noted.
 */
export function readScene(drawing: unknown, facts: EventFacts = {}): Scene {
  const categories = categoriesOf(drawing, facts)
  const sketch: Sketch = {
    categories,
    objectCategories: facts.objectCategories ?? {},
    floors: new Map(),
    sections: [],
    sectionIndexes: new Map(),
    objects: [],
    byLabel: new Map(),
    lost: [],
    decorations: [],
    rowLabels: [],
    notes: noNotes(),
  }
  const chart = readChart(drawing, {
    plane: (site) => {
      sketchSections(sketch, site)
      sketchDecorations(sketch, site)
    },
    objects: (read) => {
      sketchObjects(sketch, read)
    },
  })
  if (chart.isTruncated) note(sketch.notes, 'too-large')
  if (sketch.objects.length === 0) note(sketch.notes, 'nothing-to-sell')
  introduceNeighbours(sketch, chart.objects)
  const placed = place(sketch)
  return {
    name: chart.name,
    floors: floorsOf(chart, placed.grounds),
    sections: placed.sections,
    categories: [...categories.values()],
    objects: sketch.objects,
    byLabel: sketch.byLabel,
    decorations: placed.decorations,
    rowLabels: placed.rowLabels,
    notes: sketch.notes.list,
  }
}

function categoriesOf(drawing: unknown, facts: EventFacts): Map<string, SceneCategory> {
  const listed = facts.categories ?? [...readCategories(drawn(drawing) ?? {}).values()]
  const categories = new Map<string, SceneCategory>()
  for (const { key: given, label, color, accessible } of listed) {
    const key = text(given)
    if (key === undefined || categories.has(key)) continue
    categories.set(key, { key, label, color: cssColor(color) ?? GREY, isAccessible: accessible })
  }
  return categories
}

/** Gives everything its place; the floors grow around what they have. */
function place(sketch: Sketch) {
  const grounds = groundsOf(sketch)
  const lost = findLost(sketch, grounds)
  for (const { label } of lost) note(sketch.notes, 'no-position', label)
  const outlines = drawnOutlines(sketch, grounds)
  const decorations = sketch.decorations.filter((decoration) =>
    isInReach(decoration, sketch, grounds),
  )
  const rowLabels = sketch.rowLabels.filter(({ floor, text: name }) => {
    const ground = grounds[floor]
    if (ground === undefined || !isWithin(ground.reach, name)) return false
    include(ground, boxOfText(name))
    return true
  })
  placeLost(lost, grounds)
  const sections = readSections(sketch, outlines, { grounds, lost: new Set(lost) })
  return { grounds, sections, decorations, rowLabels }
}

function isInReach(decoration: Decoration, { notes }: Sketch, grounds: readonly Ground[]): boolean {
  const ground = grounds[decoration.floor]
  const isKept = ground !== undefined && includeDecoration(ground, decoration)
  if (!isKept) note(notes, 'unknown-decoration', decoration.text?.text)
  return isKept
}

/** Neighbours by index; a label that several objects have stands for the first. */
function introduceNeighbours(sketch: Sketch, all: readonly ChartObject[]): void {
  let next = 0
  for (const object of all) {
    const sketched = sketch.objects[next]
    // Of several objects with one label only the first was sketched, and that one came first.
    if (sketched?.label !== object.label) continue
    next += 1
    if (object.kind !== 'seat') continue
    const { leftNeighbour, rightNeighbour } = object
    sketched.left = leftNeighbour === undefined ? undefined : sketch.byLabel.get(leftNeighbour)
    sketched.right = rightNeighbour === undefined ? undefined : sketch.byLabel.get(rightNeighbour)
  }
}

function floorsOf(chart: Chart, grounds: readonly Ground[]): SceneFloor[] {
  return grounds.map(({ box, reach }, index) => {
    const floor = chart.floors[index]
    const focalPoint = floor ? floor.focalPoint : chart.focalPoint
    return {
      index,
      name: floor?.name ?? '',
      display: floor?.displayName ?? '',
      box: isFilled(box) ? box : EMPTY_FLOOR,
      focalPoint: focalPoint && isWithin(reach, focalPoint) ? focalPoint : undefined,
    }
  })
}
