// Seats: what each looks like is asked first, then they are stamped, then numbers and signs are written into those with room.

import type { SceneObject } from '../../scene/scene.ts'
import { drawSeat } from './draw-seat.ts'
import { paintSeatLabels } from './paint-seat-labels.ts'
import type { SeatToPaint } from './paint-seat-labels.ts'
import type { Painting, Steps } from './painting.ts'
import type { SeatStyle } from './seat-style.ts'
import { openStyles } from './seat-style.ts'
import type { SeatKind } from './sprites.ts'
import { makeSprites } from './sprites.ts'

/** Seats between two steps. */
const SEATS_A_STEP = 100
/** Fewer seats are drawn each by itself. */
const STAMPED_MIN = 100
/** Seats in more ways than these, each coloured by somebody's function, are drawn each by itself. */
const KINDS_MAX = 400

/** Paints the seats that touch the box. */
export function* paintSeats(painting: Painting): Steps {
  const { brush, floor, level, box, ratio, studio } = painting
  const indexes = (level.seats === 'none' ? floor.looseSeats : floor.seats)(box)
  if (indexes.length === 0) return
  const kinds = openKinds(painting)
  const seats: SeatToPaint[] = []
  for (let at = 0; at < indexes.length; at += 1) {
    if (at % SEATS_A_STEP === SEATS_A_STEP - 1) yield
    const seat = readSeat(painting, indexes[at] ?? 0, kinds)
    if (seat) seats.push(seat)
  }
  const areStamped = seats.length >= STAMPED_MIN && kinds.list.length <= KINDS_MAX
  const sprites = areStamped ? makeSprites(studio, kinds.list, ratio) : undefined
  for (const [at, seat] of seats.entries()) {
    if (at % SEATS_A_STEP === 0) yield
    if (sprites) sprites.stamp(brush, seat.kind, seat)
    else drawSeat(brush, { ...seat, ratio })
  }
  yield* paintSeatLabels(painting, seats)
}

interface Kinds {
  readonly list: SeatKind[]
  readonly styleOf: ReturnType<typeof openStyles>
  numberOf(kind: SeatKind): number
}

function openKinds({ paint, colors, scene }: Painting): Kinds {
  const colorNumbers = new Map(scene.categories.map(({ color }, number) => [color, number]))
  const styleOf = openStyles({ paint, colors, colorNumber: (fill) => colorNumbers.get(fill) ?? 0 })
  const list: SeatKind[] = []
  const known = new Map<SeatStyle, Map<number, number>>()
  return {
    list,
    styleOf,
    numberOf: (kind) => {
      let ofStyle = known.get(kind.style)
      if (!ofStyle) known.set(kind.style, (ofStyle = new Map<number, number>()))
      const found = ofStyle.get(kind.radius)
      if (found !== undefined) return found
      ofStyle.set(kind.radius, list.length)
      return list.push(kind) - 1
    },
  }
}

function readSeat(
  { scene, looks, view }: Painting,
  index: number,
  kinds: Kinds,
): SeatToPaint | undefined {
  const seat = scene.objects[index]
  if (!seat) return undefined
  const look = looks.of(index)
  const style = kinds.styleOf(look)
  if (!style) return undefined
  // Quarters of a pixel: seats that nearly agree are stamped from one drawing.
  const radius = Math.max(0.5, Math.round(radiusOf(seat) * view.k * 4) / 4)
  return {
    seat,
    text: style.textColor === undefined ? undefined : (look.text ?? seat.own),
    style,
    kind: kinds.numberOf({ style, radius }),
    x: seat.x * view.k + view.x,
    y: seat.y * view.k + view.y,
    radius,
  }
}

/** Half the shorter side, whatever its shape. */
export function radiusOf({ shape, box }: SceneObject): number {
  if (shape.kind === 'disc') return shape.radius
  return Math.min(box.maxX - box.minX, box.maxY - box.minY) / 2
}
