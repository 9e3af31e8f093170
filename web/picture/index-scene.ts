// What lies where on each floor, so that painting and pointing look only at what is near.

import Flatbush from 'flatbush'
import type { Box, Decoration, RowLabel, Scene, SceneSection } from '../scene/scene.ts'
import { boxOfShape } from './shapes.ts'
import { soundBox } from './view.ts'

/** Finds what touches a box, in no order. */
export type Finder = (box: Box) => readonly number[]

export interface FloorIndex {
  readonly box: Box
  /** How wide a usual seat is, in units of the drawing. */
  readonly seatSize: number
  readonly hasSections: boolean
  /** Indexes into `Scene.objects`. */
  readonly seats: Finder
  /** Seats in no section, which nothing stands for from afar. */
  readonly looseSeats: Finder
  readonly others: Finder
  readonly sections: readonly SceneSection[]
  readonly decorations: readonly { readonly decoration: Decoration; readonly box: Box }[]
  readonly rowLabels: readonly RowLabel[]
}

/** Looks through a scene once. */
export function indexScene(scene: Scene): readonly FloorIndex[] {
  return scene.floors.map((floor) => {
    const objects = scene.objects.filter((it) => it.floor === floor.index)
    const seats = objects.filter(({ kind }) => kind === 'seat')
    const others = objects.filter(({ kind }) => kind !== 'seat')
    const sections = scene.sections.filter((it) => it.floor === floor.index)
    const box = soundBox(floor.box)
    return {
      box,
      seatSize: usualSize(seats) ?? usualSize(others) ?? (box.maxX - box.minX) / 10,
      hasSections: sections.length > 0,
      seats: makeFinder(seats),
      looseSeats: makeFinder(seats.filter(({ section }) => section === undefined)),
      others: makeFinder(others),
      sections,
      decorations: scene.decorations
        .filter((it) => it.floor === floor.index)
        .map((decoration) => ({ decoration, box: boxOfDecoration(decoration) })),
      rowLabels: scene.rowLabels.filter((it) => it.floor === floor.index),
    }
  })
}

interface Placed {
  readonly index: number
  readonly box: Box
}

function makeFinder(items: readonly Placed[]): Finder {
  const placed = items.filter(({ box }) =>
    Number.isFinite(box.minX + box.minY + box.maxX + box.maxY),
  )
  if (placed.length === 0) return () => []
  const tree = new Flatbush(placed.length)
  for (const { box } of placed) tree.add(box.minX, box.minY, box.maxX, box.maxY)
  tree.finish()
  return ({ minX, minY, maxX, maxY }) =>
    tree.search(minX, minY, maxX, maxY).map((at) => placed[at]?.index ?? 0)
}

/** The shorter side of the one in the middle. */
function usualSize(items: readonly Placed[]): number | undefined {
  const sizes = items
    .map(({ box }) => Math.min(box.maxX - box.minX, box.maxY - box.minY))
    .filter((size) => size > 0 && Number.isFinite(size))
    .sort((a, b) => a - b)
  return sizes[Math.floor(sizes.length / 2)]
}

function boxOfDecoration({ shape, text, strokeWidth }: Decoration): Box {
  const boxes = [
    ...(shape ? [boxOfShape(shape)] : []),
    ...(text ? [boxAround(text, text.size * Math.max(1, text.text.length))] : []),
  ]
  return {
    minX: Math.min(...boxes.map(({ minX }) => minX)) - strokeWidth,
    minY: Math.min(...boxes.map(({ minY }) => minY)) - strokeWidth,
    maxX: Math.max(...boxes.map(({ maxX }) => maxX)) + strokeWidth,
    maxY: Math.max(...boxes.map(({ maxY }) => maxY)) + strokeWidth,
  }
}

/** The box around a point. */
export function boxAround(at: { readonly x: number; readonly y: number }, reach: number): Box {
  return { minX: at.x - reach, minY: at.y - reach, maxX: at.x + reach, maxY: at.y + reach }
}
