// Tables, booths and areas: each with its name, what is said below it, and how many places of it are chosen.

import type { SceneObject } from '../../scene/scene.ts'
import { drawSign } from './draw-seat.ts'
import { hatchPath, hatchWays } from './hatch.ts'
import type { Painting, Steps } from './painting.ts'
import { overlapOf, toPixels } from '../pixels.ts'
import type { Look } from '../picture.ts'
import { traceShape } from '../shapes.ts'
import { CAPITAL_HALF, fitText, uprightAngle } from './texts.ts'
import { areTouching } from '../view.ts'

const OBJECTS_A_STEP = 10
/** Letters in CSS pixels. */
const NAME_SIZE_MAX = 17
const NAME_SIZE_MIN = 9
const NOTE_SHARE = 0.8

/** Paints what is no seat. From afar sections stand for what they hold. */
export function* paintOthers(painting: Painting): Steps {
  const { floor, box, scene, level } = painting
  const indexes = [...floor.others(box)].sort((a, b) => a - b)
  for (const [at, index] of indexes.entries()) {
    if (at % OBJECTS_A_STEP === 0) yield
    const object = scene.objects[index]
    if (!object || (level.seats === 'none' && object.section !== undefined)) continue
    paintOther(painting, object)
  }
}

interface Tone {
  readonly fill: string
  readonly edge: string
  readonly text: string
  readonly hatch: string | undefined
}

function paintOther(painting: Painting, object: SceneObject): void {
  const { brush, view, ratio, looks, box } = painting
  const look = looks.of(object.index)
  if (look.state === 'hidden') return
  const tone = toneOf(painting, look)
  traceShape(brush, object.shape, { view })
  brush.fillStyle = tone.fill
  brush.fill()
  hatchOther(painting, object, { look, tone })
  brush.strokeStyle = tone.edge
  brush.lineWidth = (look.state === 'mine' ? 2.5 : 1) * ratio
  if (look.state === 'busy') brush.setLineDash([4 * ratio, 4 * ratio])
  brush.stroke()
  brush.setLineDash([])
  if (areTouching(object.box, box)) nameOther(painting, object, { look, tone })
}

function toneOf({ paint, colors }: Painting, { state, fill }: Look): Tone {
  const { background } = paint
  const on = (ground: string, edge: string) => ({
    fill: ground,
    edge,
    text: colors.readableOn(ground),
    hatch: undefined,
  })
  switch (state) {
    case 'free':
      return on(fill, colors.mix(fill, paint.text, 0.18))
    case 'mine':
      return { ...on(paint.selected, paint.text), text: paint.selectedText }
    case 'busy':
      return on(colors.mix(background, paint.selected, 0.25), paint.selected)
    case 'taken': {
      const pale = colors.mix(background, fill, 0.22)
      const hatch = colors.mix(background, fill, 0.5)
      return { ...on(pale, hatch), hatch }
    }
    case 'off':
      return on(colors.mix(background, fill, 0.1), colors.mix(background, fill, 0.35))
    case 'dimmed':
      return on(colors.mix(background, fill, 0.22), colors.mix(background, fill, 0.3))
    case 'unsold':
    case 'hidden':
      return on(colors.mix(background, paint.line, 0.35), paint.line)
  }
}

function hatchOther(
  { brush, view, ratio, scene, paint, colors, box }: Painting,
  object: SceneObject,
  { look, tone }: { readonly look: Look; readonly tone: Tone },
): void {
  const inPixels = overlapOf(toPixels(object.box, view), toPixels(box, view))
  if (tone.hatch !== undefined) {
    const hatch = { color: tone.hatch, gap: 6 * ratio, width: ratio, way: 'rising' } as const
    hatchPath(brush, inPixels, hatch)
  } else if (paint.hasHatches && look.state === 'free') {
    const number = scene.categories.findIndex(({ color }) => color === look.fill)
    const way = hatchWays[Math.max(0, number) % hatchWays.length]
    if (!way) return
    const color = colors.mix(tone.fill, tone.text, 0.35)
    hatchPath(brush, inPixels, { color, gap: 9 * ratio, width: 1.5 * ratio, way })
  } else return
  traceShape(brush, object.shape, { view })
}

/** How wide and high the room for words is in an object, and how it is turned. */
function roomIn({ shape, box }: SceneObject): { width: number; height: number; angle: number } {
  if (shape.kind === 'disc')
    return { width: shape.radius * 1.7, height: shape.radius * 1.2, angle: 0 }
  if (shape.kind === 'rectangle') {
    const isTall = shape.height > 1.6 * shape.width
    return {
      width: 0.92 * (isTall ? shape.height : shape.width),
      height: 0.92 * (isTall ? shape.width : shape.height),
      angle: uprightAngle(shape.angle + (isTall ? 90 : 0)),
    }
  }
  const share = shape.kind === 'ellipse' ? 0.75 : 0.7
  return { width: share * (box.maxX - box.minX), height: share * (box.maxY - box.minY), angle: 0 }
}

function nameOther(
  painting: Painting,
  object: SceneObject,
  { look, tone }: { readonly look: Look; readonly tone: Tone },
): void {
  const { brush, view, ratio, texts } = painting
  const { width, height, angle } = roomIn(object)
  const [name = '', note = ''] = (look.text ?? object.own).split('\n')
  const isChosen = look.state === 'mine'
  const shown = isChosen && look.count !== undefined ? `${name} × ${look.count}` : name
  const size = Math.min(NAME_SIZE_MAX * ratio, height * view.k * 0.62)
  const fitted = fitText(texts, shown, {
    width: width * view.k,
    sizeMax: size,
    sizeMin: Math.min(NAME_SIZE_MIN * ratio, size),
    weight: 600,
    mayCut: object.kind === 'area',
  })
  if (!fitted || fitted.size < 7 * ratio) return
  const noted = fitText(texts, note, {
    width: width * view.k,
    sizeMax: fitted.size * NOTE_SHARE,
    sizeMin: 8 * ratio,
  })
  const hasNote = noted !== undefined && height * view.k > fitted.size * 2.2
  brush.save()
  brush.translate(object.x * view.k + view.x, object.y * view.k + view.y)
  brush.rotate((angle * Math.PI) / 180)
  brush.fillStyle = tone.text
  brush.textAlign = 'center'
  brush.textBaseline = 'alphabetic'
  brush.font = texts.font(fitted.size, 600)
  brush.fillText(fitted.text, 0, fitted.size * (hasNote ? -0.15 : CAPITAL_HALF))
  if (hasNote) {
    brush.font = texts.font(noted.size, 400)
    brush.fillText(noted.text, 0, fitted.size * 0.35 + noted.size * 0.72)
  }
  if (isChosen && height * view.k > fitted.size * 3.4) {
    const at = { x: 0, y: -fitted.size * 1.7, radius: fitted.size * 0.7 }
    drawSign(brush, 'check', { ...at, color: tone.text, ratio })
  }
  brush.restore()
}
