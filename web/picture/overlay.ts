// What lies above the sheets and changes with every movement of the pointer: hover and the focus of the keyboard.

import type { Paint, Hit } from './picture.ts'
import type { Scene } from '../scene/scene.ts'
import { traceOutline, traceShape } from './shapes.ts'
import type { Brush } from './surface.ts'
import type { View } from './view.ts'

export interface Overlay {
  readonly scene: Scene
  readonly floor: number
  readonly paint: Paint
  /** In pixels of the canvas. */
  readonly view: View
  readonly ratio: number
  readonly hover: Hit | undefined
  readonly focus: number | undefined
}

/** Paints it. */
export function paintOverlay(brush: Brush, overlay: Overlay): void {
  const { hover, focus, ratio, paint } = overlay
  if (hover && traceHit(brush, overlay, { hit: hover, grow: 1.5 * ratio })) {
    ring(brush, [paint.background, 4 * ratio], [paint.text, 2 * ratio])
  }
  if (focus === undefined) return
  if (traceHit(brush, overlay, { hit: { kind: 'object', index: focus }, grow: 4 * ratio })) {
    ring(brush, [paint.background, 6 * ratio], [paint.focus, 3 * ratio])
  }
}

/** Two strokes, so that it is seen on light and on dark. */
function ring(
  brush: Brush,
  ...strokes: readonly (readonly [color: string, width: number])[]
): void {
  brush.setLineDash([])
  brush.lineJoin = 'round'
  for (const [color, width] of strokes) {
    brush.strokeStyle = color
    brush.lineWidth = width
    brush.stroke()
  }
}

function traceHit(
  brush: Brush,
  { scene, floor, view }: Overlay,
  { hit, grow }: { readonly hit: Hit; readonly grow: number },
): boolean {
  if (hit.kind === 'section') {
    const section = scene.sections[hit.index]
    if (section?.floor !== floor) return false
    traceOutline(brush, section.outline, view)
    brush.closePath()
    return true
  }
  const object = scene.objects[hit.index]
  if (object?.floor !== floor) return false
  traceShape(brush, object.shape, { view, grow })
  return true
}
