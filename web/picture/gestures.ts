// What hands do: drag, wheel, pinch, double click and tap, each told as a view, a pick or a hover.

import { select } from 'd3-selection'
import type { ZoomTransform } from 'd3-zoom'
import { zoom, zoomIdentity, zoomTransform } from 'd3-zoom'
import type { Size, View } from './view.ts'
import { clamp } from './view.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

export interface GestureHandlers {
  size(): Size
  constrain(view: View): View
  /** Whether the whole floor is in view, so that a finger scrolls the page and not the picture. */
  isWhole(): boolean
  /** Whether the wheel does anything for the page. */
  doesPageScroll(): boolean
  hasFocus(): boolean
  /** Somebody begins to move it. */
  onGrab(): void
  onMove(): void
  onTap(at: Point, isTouch: boolean): void
  onDoubleTap(at: Point, isBackwards: boolean): void
  onPoint(at: Point | undefined): void
}

export interface Gestures {
  view(): View
  isMoving(): boolean
  /** Puts the view somewhere. */
  moveTo(view: View): void
  setLimits(limits: { readonly min: number; readonly max: number }): void
  /** A finger scrolls the page, or it moves the picture. */
  setTouch(doesScroll: boolean): void
  close(): void
}

/** A mouse that moved less than this was meant to click, in pixels. */
const CLICK_DISTANCE = 4
/** One notch of a wheel, or one step of a pinch on a trackpad, doubles the scale at most in three. */
const WHEEL_STEP_MAX = 0.35
/** A double tap that browsers also tell as a double click, in milliseconds. */
const ECHO_MILLISECONDS = 500

/** Listens to an element. */
export function openGestures(element: HTMLElement, handlers: GestureHandlers): Gestures {
  let isMoving = false
  // Whoever has pressed the picture means it with the wheel too, until the pointer leaves.
  let isEngaged = false
  const behavior = zoom<HTMLElement, unknown>()
    // Asked of the browser by default, through a global that is not everywhere.
    .touchable(() => true)
    .clickDistance(CLICK_DISTANCE)
    .extent(() => {
      const { width, height } = handlers.size()
      return [
        [0, 0],
        [width, height],
      ]
    })
    .constrain((transform) => toTransform(handlers.constrain(toView(transform))))
    .filter((event: Event) => isForPicture(event, handlers, isEngaged))
    .wheelDelta(wheelDelta)
    .on('zoom', ({ sourceEvent }: { readonly sourceEvent: unknown }) => {
      // By hand; what is moved by a call has no event.
      if (sourceEvent) {
        isMoving = true
        handlers.onGrab()
      }
      handlers.onMove()
    })
    .on('end', () => {
      isMoving = false
      handlers.onMove()
    })
  const selection = select(element)
  selection.call(behavior)
  const stop = listen(element, handlers, {
    engage: (isIn) => {
      isEngaged = isIn
    },
    isMoving: () => isMoving,
  })
  selection.on('dblclick.zoom', doubleTaps(element, handlers))
  return {
    view: () => toView(zoomTransform(element)),
    isMoving: () => isMoving,
    moveTo: (view) => {
      behavior.transform(selection, toTransform(view))
    },
    setLimits: ({ min, max }) => {
      behavior.scaleExtent([min, max])
    },
    setTouch: (doesScroll) => {
      element.style.touchAction = doesScroll ? 'pan-x pan-y' : 'none'
    },
    close: () => {
      selection.on('.zoom', null)
      stop()
    },
  }
}

/** How much nearer an event of the wheel goes, in doublings. Trackpads tell a pinch as a wheel with Ctrl, in small steps. */
function wheelDelta({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const unit = deltaMode === 1 ? 0.05 : deltaMode === 2 ? 1 : 0.002
  return clamp(-deltaY * unit * (ctrlKey ? 10 : 1), -WHEEL_STEP_MAX, WHEEL_STEP_MAX)
}

/** Whether an event moves the picture; otherwise it is left to the page. */
function isForPicture(event: Event, handlers: GestureHandlers, isEngaged: boolean): boolean {
  if (isWheel(event)) {
    const isMeant = event.ctrlKey || event.metaKey || isEngaged || handlers.hasFocus()
    return isMeant || !handlers.doesPageScroll()
  }
  if (isTouches(event)) return event.touches.length > 1 || !handlers.isWhole()
  return isMouse(event) && event.button === 0 && !event.ctrlKey
}

function listen(
  element: HTMLElement,
  handlers: GestureHandlers,
  hand: { engage(isIn: boolean): void; isMoving(): boolean },
): () => void {
  const pressed = () => {
    hand.engage(true)
  }
  const left = () => {
    hand.engage(false)
    handlers.onPoint(undefined)
  }
  const moved = (event: PointerEvent) => {
    if (event.pointerType === 'touch') return
    handlers.onPoint(hand.isMoving() && event.buttons > 0 ? undefined : placeOf(element, event))
  }
  const clicked = (event: MouseEvent) => {
    const isTouch = 'pointerType' in event && event.pointerType === 'touch'
    handlers.onTap(placeOf(element, event), isTouch)
  }
  element.addEventListener('pointerdown', pressed)
  element.addEventListener('pointerleave', left)
  element.addEventListener('pointermove', moved)
  element.addEventListener('click', clicked)
  return () => {
    element.removeEventListener('pointerdown', pressed)
    element.removeEventListener('pointerleave', left)
    element.removeEventListener('pointermove', moved)
    element.removeEventListener('click', clicked)
  }
}

/** Tells of double clicks, and of double taps once even where browsers tell them as both. */
function doubleTaps(element: HTMLElement, handlers: GestureHandlers): (event: Event) => void {
  let lastAt = -Infinity
  return (event) => {
    event.preventDefault()
    const isEcho = event.timeStamp - lastAt < ECHO_MILLISECONDS
    if (isTouches(event)) {
      lastAt = event.timeStamp
      const touch = event.changedTouches[0]
      if (touch) handlers.onDoubleTap(placeOf(element, touch), false)
    } else if (isMouse(event) && !isEcho) {
      handlers.onDoubleTap(placeOf(element, event), event.shiftKey)
    }
  }
}

function placeOf(
  element: HTMLElement,
  at: { readonly clientX: number; readonly clientY: number },
): Point {
  const { left, top } = element.getBoundingClientRect()
  return { x: at.clientX - left, y: at.clientY - top }
}

function isWheel(event: Event): event is WheelEvent {
  return event.type === 'wheel'
}

function isTouches(event: Event): event is TouchEvent {
  return event.type.startsWith('touch')
}

function isMouse(event: Event): event is MouseEvent {
  return 'shiftKey' in event && 'clientX' in event
}

function toView({ k, x, y }: ZoomTransform): View {
  return { k, x, y }
}

function toTransform({ k, x, y }: View): ZoomTransform {
  return zoomIdentity.translate(x, y).scale(k)
}
