// Which parts of a sheet are out of date when objects look otherwise.

import type { Box } from '../scene/scene.ts'
import type { Level } from './level.ts'
import type { Subject } from './paint/painting.ts'

/** How much larger than its box an object may be drawn: the mark of a chosen seat. */
const GROWTH = 0.25
/** Half the size of the plate with a section's name, in CSS pixels. */
const PLATE_WIDTH_HALF = 110
const PLATE_HEIGHT_HALF = 26

/** The parts of the drawing in which an object shows, each under a name; `k` is CSS pixels a unit. */
export function partsShowing(
  { scene }: Pick<Subject, 'scene'>,
  index: number,
  { level, k }: { readonly level: Level; readonly k: number },
): readonly (readonly [name: string, box: Box])[] {
  const object = scene.objects[index]
  if (!object) return []
  const section = object.section === undefined ? undefined : scene.sections[object.section]
  if (section && level.seats === 'none') {
    const box = grown(section.box, PLATE_WIDTH_HALF / k, (2 * PLATE_HEIGHT_HALF) / k)
    return [[`section ${section.index}`, box]]
  }
  const reach =
    GROWTH * Math.max(object.box.maxX - object.box.minX, object.box.maxY - object.box.minY)
  const own = [`object ${index}`, grown(object.box, reach, reach)] as const
  if (!section || level.sectionNames !== 'on plates') return [own]
  const at = { minX: section.x, maxX: section.x, minY: section.y, maxY: section.y }
  const isTurned = section.labelAngle % 180 !== 0
  const high = isTurned ? PLATE_WIDTH_HALF : PLATE_HEIGHT_HALF
  const plate = grown(at, PLATE_WIDTH_HALF / k, high / k)
  return [own, [`plate ${section.index}`, plate]]
}

function grown({ minX, minY, maxX, maxY }: Box, x: number, y: number): Box {
  return { minX: minX - x, minY: minY - y, maxX: maxX + x, maxY: maxY + y }
}
