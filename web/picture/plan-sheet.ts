// When a sheet still serves, and what the next one covers.

import type { Box } from '../scene/scene.ts'
import { overlapOf } from './pixels.ts'
import type { Size, View } from './view.ts'
import { boxInView } from './view.ts'

/** What is to be seen. */
export interface Goal {
  /** In CSS pixels. */
  readonly view: View
  readonly size: Size
  /** Pixels of the bitmap in a CSS pixel. */
  readonly ratio: number
  /** Somebody is moving it: what is nearly right will do. */
  readonly isMoving: boolean
}

export interface SheetPlan {
  /** In pixels of the sheet. */
  readonly view: View
  readonly width: number
  readonly height: number
  readonly ratio: number
  /** What of the drawing it shows. */
  readonly box: Box
}

/** A sheet reaches so far beyond each side of the view: twice the view's area in all. */
const MARGIN = 0.2
/** While it is moved, a sheet may be shown so much smaller or larger than it was painted. */
const SHRUNK_MIN = 0.6
const GROWN_MAX = 1.6
/** How much of the margin is used up, in the middle of a movement, before the next sheet is begun. */
const MARGIN_USED = 0.6
/** Halls are painted with no more pixels a view than this; on screens that have more, less sharply. */
const VIEW_PIXELS_MAX = 5_000_000
const RATIO_MAX = 3

/** Pixels of a bitmap in one CSS pixel, bounded so that memory is. */
export function ratioFor(pixelRatio: number, { width, height }: Size): number {
  const bound = Math.sqrt(VIEW_PIXELS_MAX / Math.max(1, width * height))
  return Math.max(0.25, Math.min(pixelRatio > 0 ? pixelRatio : 1, RATIO_MAX, bound))
}

/** The sheet with the view in its middle. */
export function planSheet({ view, size, ratio }: Goal): SheetPlan {
  const left = Math.ceil(size.width * MARGIN * ratio)
  const top = Math.ceil(size.height * MARGIN * ratio)
  const width = Math.ceil(size.width * ratio) + 2 * left
  const height = Math.ceil(size.height * ratio) + 2 * top
  const own = { k: view.k * ratio, x: view.x * ratio + left, y: view.y * ratio + top }
  return { view: own, width, height, ratio, box: boxInView(own, { width, height }) }
}

/** Whether a sheet will do for what is to be seen of a hall within `content`. */
export function doesServe(sheet: SheetPlan, goal: Goal, content: Box): boolean {
  if (sheet.ratio !== goal.ratio) return false
  const grown = (goal.view.k * goal.ratio) / sheet.view.k
  const isSharp = Math.abs(grown - 1) < 1e-6
  if (!goal.isMoving && !isSharp) return false
  if (grown < SHRUNK_MIN || grown > GROWN_MAX) return false
  const seen = boxInView(goal.view, goal.size)
  if (!covers(sheet.box, overlapOf(seen, content))) return false
  if (!goal.isMoving || !isSharp) return true
  const ahead = MARGIN * (1 - MARGIN_USED)
  return covers(sheet.box, overlapOf(widened(seen, ahead), content))
}

/** Whether one box holds another; what holds nothing is held by all. */
export function covers(box: Box, inner: Box): boolean {
  if (inner.maxX < inner.minX || inner.maxY < inner.minY) return true
  // A thousandth more or less is rounding.
  const near = 1e-3 * Math.max(box.maxX - box.minX, box.maxY - box.minY)
  return (
    inner.minX >= box.minX - near &&
    inner.maxX <= box.maxX + near &&
    inner.minY >= box.minY - near &&
    inner.maxY <= box.maxY + near
  )
}

function widened({ minX, minY, maxX, maxY }: Box, share: number): Box {
  const x = share * (maxX - minX)
  const y = share * (maxY - minY)
  return { minX: minX - x, minY: minY - y, maxX: maxX + x, maxY: maxY + y }
}
