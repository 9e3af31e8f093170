import { number } from '../../lib/venue/drawing.ts'
import { boxOfOutline } from './boxes.ts'
import { include, includeOutline, type Ground } from './grounds.ts'
import { hullOf, middleOf } from './hull.ts'
import type { Box, Outline, SceneSection } from './scene.ts'
import { angleOf } from './shapes.ts'
import type { Sketch, SketchedSection } from './sketch.ts'

/** Room around what is in a section that was drawn without an outline. */
const ROOM = 6

/** The outlines that were drawn, within reach; a section without one has none yet. */
export function drawnOutlines(sketch: Sketch, grounds: readonly Ground[]): Outline[] {
  return sketch.sections.map(({ floor, drawnOutline }) => {
    const ground = grounds[floor]
    return ground && drawnOutline.length >= 6 ? includeOutline(ground, drawnOutline) : []
  })
}

/**
 * The sections, each with an outline: its own, or one around its objects. One that has neither is left out, and the objects of
 * all others are told their section's new index.
 */
export function readSections(
  sketch: Sketch,
  outlines: readonly Outline[],
  { grounds, lost }: { grounds: readonly Ground[]; lost: ReadonlySet<unknown> },
): SceneSection[] {
  const sections: SceneSection[] = []
  for (const [at, section] of sketch.sections.entries()) {
    const drawn = outlines[at] ?? []
    const outline = drawn.length > 0 ? drawn : hullOf(boxesIn(sketch, section, lost), ROOM)
    if (outline.length === 0) continue
    const index = sections.length
    const { floor, label, display, entrance, objects } = section
    const box = boxOfOutline(outline)
    const ground = grounds[floor]
    if (ground) include(ground, box)
    for (const member of objects) {
      const object = sketch.objects[member]
      if (object) object.section = index
    }
    const facts = { index, floor, label, display, entrance, objects, outline, box }
    sections.push({ ...facts, ...nameAt(section, outline, box) })
  }
  return sections
}

/** What has a place of its own, or, where nothing has, everything. */
function boxesIn(sketch: Sketch, { objects }: SketchedSection, lost: ReadonlySet<unknown>): Box[] {
  const all = objects.flatMap((index) => sketch.objects[index] ?? [])
  const placed = all.filter((object) => !lost.has(object))
  return (placed.length > 0 ? placed : all).map(({ box }) => box)
}

/** In the middle, moved as it was drawn, as long as it stays in the section. */
function nameAt({ fields }: SketchedSection, outline: Outline, box: Box) {
  const middle = middleOf(outline)
  const x = middle.x + (number(fields?.labelHorizontalOffset) ?? 0)
  const y = middle.y + (number(fields?.labelVerticalOffset) ?? 0)
  return {
    x: Math.min(Math.max(x, box.minX), box.maxX),
    y: Math.min(Math.max(y, box.minY), box.maxY),
    labelAngle: angleOf(fields?.labelRotationAngle),
  }
}
