// What is shown and from where, and how it follows hands and calls.

import type { Scene } from '../scene/scene.ts'
import { aimAt } from './aim.ts'
import { findHit } from './find-hit.ts'
import { viewDuring, type Flight } from './flight.ts'
import type { Gestures, Point } from './gestures.ts'
import { indexScene, type FloorIndex } from './index-scene.ts'
import { SEAT_PIXELS_CLOSE, SEAT_PIXELS_FINGERS, levelAt, type Level } from './level.ts'
import type { Hit, Looks, Paint, PictureHandlers, ZoomTarget } from './picture.ts'
import type { Sight, Stage } from './stage.ts'
import type { Studio } from './surface.ts'
import type { Size, View } from './view.ts'
import {
  areTouching,
  boxInView,
  centreOn,
  clamp,
  constrainView,
  fitView,
  limitsOf,
  toDrawing,
} from './view.ts'

/** How far beside a seat still hits it, in CSS pixels. */
const NEAR_MOUSE = 2
const NEAR_TOUCH = 10
/** Seats of this many pixels are what a tap from afar zooms to. */
const SEAT_PIXELS_TAPPED = 2.6 * SEAT_PIXELS_CLOSE
const DOUBLE_TAP_FACTOR = 2
/** The second click of two that is late for a movement begun by the first, in milliseconds. */
const SECOND_CLICK_MILLISECONDS = 500

export const plainPaint: Paint = {
  background: '#ffffff',
  text: '#1b1f27',
  mutedText: '#5d6675',
  line: '#c9ced8',
  focus: '#1a56db',
  selected: '#1a56db',
  selectedText: '#ffffff',
  taken: '#a3abb9',
  decoration: '#e9ecf1',
  font: 'system-ui, sans-serif',
  hasHatches: false,
  isStill: false,
}

export interface Parts {
  readonly host: HTMLElement
  readonly handlers: PictureHandlers
  readonly studio: Studio
  readonly gestures: Gestures
  readonly stage: Stage
  readonly setCursor: (cursor: string) => void
  readonly state: {
    scene: Scene | undefined
    floors: readonly FloorIndex[]
    looks: Looks | undefined
    floor: number
    paint: Paint
    size: Size
    flight: Flight | undefined
    /** Where the pointer is. */
    pointer: Point | undefined
    hover: Hit | undefined
    /** Where somebody has tapped last, in units of the drawing. */
    tapped: Point | undefined
    /** When a flight or leap was last begun. */
    movedAt: number
    /** What was told last. */
    told: string
    /** Whether a finger scrolls the page. */
    isScrolling: boolean | undefined
  }
}

/** Shows a scene from the beginning. */
export function showScene(parts: Parts, scene: Scene, looks: Looks): void {
  const { state, stage } = parts
  Object.assign(state, {
    scene,
    looks,
    floors: indexScene(scene),
    floor: 0,
    hover: undefined,
    tapped: undefined,
  })
  stage.setHover(undefined)
  stage.setFocus(undefined)
  enterFloor(parts, 0)
}

/** Shows another floor as a whole. */
export function showFloor(parts: Parts, index: number): void {
  if (parts.state.floors[index] && index !== parts.state.floor) enterFloor(parts, index)
}

function enterFloor({ state, stage, gestures }: Parts, floor: number): void {
  const { scene, looks, floors } = state
  const entered = floors[floor]
  if (!scene || !looks || !entered) return
  state.floor = floor
  state.flight = undefined
  stage.show({ scene, floors, looks, floor }, false)
  gestures.setLimits(limitsOf(entered.box, state.size, entered.seatSize))
  gestures.moveTo(
    fitView(entered.box, state.size, limitsOf(entered.box, state.size, entered.seatSize)),
  )
}

/** Takes the size of the host; what was in the middle stays there, and a hall seen as a whole stays whole. */
export function measure({ host, state, stage, gestures }: Parts): void {
  const before = state.size
  const size = { width: host.clientWidth, height: host.clientHeight }
  state.size = size
  const floor = state.floors[state.floor]
  if (floor && size.width > 0 && size.height > 0) {
    const wasWhole = state.isScrolling !== false || before.width <= 0 || before.height <= 0
    const limits = limitsOf(floor.box, size, floor.seatSize)
    const view = gestures.view()
    const middle = toDrawing(view, { x: before.width / 2, y: before.height / 2 })
    const kept = centreOn(middle, size, clamp(view.k, limits.min, limits.max))
    state.flight = undefined
    gestures.setLimits(limits)
    gestures.moveTo(
      wasWhole ? fitView(floor.box, size, limits) : constrainView(kept, size, floor.box),
    )
  }
  stage.refill()
}

/** What the next frame shows: flights go on, and whoever listens is told. */
export function nextSight(parts: Parts): Sight {
  const { state, gestures, studio } = parts
  const { flight } = state
  if (flight) {
    const view = viewDuring(flight, studio.now())
    if (view === flight.to) state.flight = undefined
    gestures.moveTo(view)
  }
  const view = gestures.view()
  tellView(parts, view)
  tellHover(parts, view)
  return {
    view,
    target: state.flight?.to ?? view,
    size: state.size,
    isMoving: gestures.isMoving(),
    isFlying: state.flight !== undefined,
  }
}

function tellView({ state, gestures, handlers }: Parts, view: View): void {
  const floor = state.floors[state.floor]
  if (!floor || state.size.width <= 0) return
  const { min } = limitsOf(floor.box, state.size, floor.seatSize)
  const isWhole = view.k <= min * 1.001
  if (isWhole !== state.isScrolling) gestures.setTouch(isWhole)
  state.isScrolling = isWhole
  const { isClose } = levelOf(floor, view)
  const told = `${state.floor} ${view.k} ${view.x} ${view.y}`
  if (told === state.told) return
  state.told = told
  handlers.onView({ floor: state.floor, scale: view.k, isClose })
}

function tellHover({ state, handlers, stage, setCursor, gestures }: Parts, view: View): void {
  const { pointer } = state
  const isStill = !state.flight && !gestures.isMoving()
  const hit = pointer && isStill ? hitAt(state, view, { at: pointer, near: NEAR_MOUSE }) : undefined
  if (hit?.kind === state.hover?.kind && hit?.index === state.hover?.index) return
  state.hover = hit
  stage.setHover(hit)
  setCursor(!hit ? 'grab' : isForSale(state, hit) ? 'pointer' : 'default')
  handlers.onHover(hit, pointer ?? { x: 0, y: 0 })
}

function isForSale({ looks }: Parts['state'], hit: Hit): boolean {
  if (hit.kind === 'section') return true
  const look = looks?.of(hit.index).state
  return look === 'free' || look === 'mine'
}

function levelOf(floor: FloorIndex, view: View): Level {
  return levelAt(floor.seatSize * view.k, floor.hasSections)
}

function hitAt(
  state: Parts['state'],
  view: View,
  { at, near }: { readonly at: Point; readonly near: number },
): Hit | undefined {
  const { scene, looks } = state
  const floor = state.floors[state.floor]
  if (!scene || !looks || !floor) return undefined
  const pointing = { scene, floor, looks, level: levelOf(floor, view), k: view.k }
  return findHit(pointing, toDrawing(view, at), near / view.k)
}

/** A tap picks what is seen there; where seats are too small to be meant one by one, it goes nearer. */
export function tap(parts: Parts, at: Point, isTouch: boolean): void {
  const { state, gestures, handlers } = parts
  const view = gestures.view()
  const floor = state.floors[state.floor]
  const hit = hitAt(state, view, { at, near: isTouch ? NEAR_TOUCH : NEAR_MOUSE })
  const tapped = toDrawing(view, at)
  state.tapped = tapped
  if (!floor || !isTooSmall(parts, hit, isTouch) || !isOver(floor, tapped)) {
    handlers.onPick(hit, at)
    return
  }
  const limits = limitsOf(floor.box, state.size, floor.seatSize)
  const k = Math.min(limits.max, SEAT_PIXELS_TAPPED / floor.seatSize)
  fly(parts, zoomed(view, k, at))
}

function isTooSmall({ state, gestures }: Parts, hit: Hit | undefined, isTouch: boolean): boolean {
  const floor = state.floors[state.floor]
  if (!floor) return false
  const seatPixels = floor.seatSize * gestures.view().k
  if (!hit) return seatPixels < SEAT_PIXELS_CLOSE
  const isSeat = hit.kind === 'object' && state.scene?.objects[hit.index]?.kind === 'seat'
  return isTouch && isSeat && seatPixels < SEAT_PIXELS_FINGERS
}

function isOver({ box, seats }: FloorIndex, { x, y }: Point): boolean {
  const at = { minX: x, minY: y, maxX: x, maxY: y }
  return areTouching(box, at) && seats(box).length > 0
}

/** Goes nearer to where two taps were, unless they were picks. */
export function doubleTap(parts: Parts, at: Point, isBackwards: boolean): void {
  const { state, gestures, studio } = parts
  if (studio.now() - state.movedAt < SECOND_CLICK_MILLISECONDS) return
  const view = gestures.view()
  if (hitAt(state, view, { at, near: NEAR_MOUSE })?.kind === 'object') return
  fly(parts, zoomed(view, view.k * (isBackwards ? 1 / DOUBLE_TAP_FACTOR : DOUBLE_TAP_FACTOR), at))
}

/** Goes to something, on another floor too. */
export function zoomTo(parts: Parts, target: ZoomTarget): void {
  const { scene, floors, floor, size, tapped } = parts.state
  if (!scene || size.width <= 0) return
  const aim = aimAt(target, { scene, floors, floor, size, tapped, view: parts.gestures.view() })
  if (!aim) return
  if (aim.floor !== floor) enterFloor(parts, aim.floor)
  fly(parts, aim.view)
}

/** Goes nearer, or further, around the middle. */
export function zoomBy(parts: Parts, factor: number): void {
  const { width, height } = parts.state.size
  const from = parts.state.flight?.to ?? parts.gestures.view()
  fly(parts, zoomed(from, from.k * factor, { x: width / 2, y: height / 2 }))
}

/** What is further to the right, or further down, comes into sight. */
export function panBy(parts: Parts, x: number, y: number): void {
  const from = parts.state.flight?.to ?? parts.gestures.view()
  fly(parts, { k: from.k, x: from.x - x, y: from.y - y })
}

/** Brings an object into sight. */
export function seek(parts: Parts, index: number): void {
  const { scene, floor, size, flight } = parts.state
  const object = scene?.objects[index]
  if (!object || size.width <= 0) return
  const view = flight?.to ?? parts.gestures.view()
  if (object.floor !== floor) zoomTo(parts, { to: 'object', index })
  else if (!areTouching(object.box, boxInView(view, size)))
    fly(parts, centreOn(object, size, view.k))
}

function zoomed(view: View, k: number, at: Point): View {
  const point = toDrawing(view, at)
  return { k, x: at.x - point.x * k, y: at.y - point.y * k }
}

/** Goes to a view, by way of what lies between unless movement is not wanted. */
function fly({ state, gestures, stage, studio }: Parts, wanted: View): void {
  const floor = state.floors[state.floor]
  if (!floor || state.size.width <= 0) return
  const limits = limitsOf(floor.box, state.size, floor.seatSize)
  const k = clamp(wanted.k, limits.min, limits.max)
  const middle = toDrawing(wanted, { x: state.size.width / 2, y: state.size.height / 2 })
  const to = constrainView(
    k === wanted.k ? wanted : centreOn(middle, state.size, k),
    state.size,
    floor.box,
  )
  state.movedAt = studio.now()
  if (state.paint.isStill) {
    state.flight = undefined
    gestures.moveTo(to)
  } else {
    state.flight = { from: gestures.view(), to, startedAt: studio.now() }
  }
  stage.wake()
}
