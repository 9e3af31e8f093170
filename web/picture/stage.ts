// What happens in a frame: some painting on the sheets, then the canvas is filled by copying them; and no frame where there is nothing to do.

import type { Scene } from '../scene/scene.ts'
import { openColors } from './colors.ts'
import type { Colors } from './colors.ts'
import type { FloorIndex } from './index-scene.ts'
import { overlapOf } from './pixels.ts'
import { paintOverlay } from './overlay.ts'
import type { Hit, Looks, Paint } from './picture.ts'
import type { Goal } from './plan-sheet.ts'
import { covers, ratioFor } from './plan-sheet.ts'
import type { Sheet, Sheets } from './sheets.ts'
import { openSheets } from './sheets.ts'
import type { Bitmap, Studio } from './surface.ts'
import type { Texts } from './paint/texts.ts'
import { openTexts } from './paint/texts.ts'
import type { Size, View } from './view.ts'
import { boxInView } from './view.ts'

/** Of the 16 that a frame lasts, painting takes no more: the rest is for the page, and for slower machines. */
const PAINTING_MILLISECONDS = 4

/** What is to be shown. */
export interface Play {
  readonly scene: Scene
  readonly floors: readonly FloorIndex[]
  readonly looks: Looks
  readonly floor: number
}

/** Where it is seen from, asked in each frame. */
export interface Sight {
  readonly view: View
  /** Where a flight ends, so that its end is painted while it lasts. */
  readonly target: View
  readonly size: Size
  /** By hand. */
  readonly isMoving: boolean
  /** By itself. */
  readonly isFlying: boolean
}

export interface Stage {
  show(play: Play, mayStay: boolean): void
  setPaint(paint: Paint): void
  spoil(indexes?: readonly number[]): void
  setHover(hit: Hit | undefined): void
  setFocus(index: number | undefined): void
  /** Something has moved: a frame is wanted. */
  wake(): void
  /** The canvas has another size, or lost its pixels; filled at once, so that it is never seen empty. */
  refill(): void
  /** Paints all at once. */
  finish(): void
  forget(): void
  close(): void
}

interface State {
  play: Play | undefined
  paint: Paint
  texts: Texts
  hover: Hit | undefined
  focus: number | undefined
  callOff: (() => void) | undefined
  /** What the canvas shows, to know when to fill it anew. */
  shown: string
  overlays: number
  isClosed: boolean
}

interface Rig {
  readonly canvas: Bitmap | undefined
  readonly studio: Studio
  readonly sheets: Sheets
  readonly colors: Colors
  readonly beforeFrame: () => Sight
}

/** A stage that paints on a canvas; `beforeFrame` moves what moves by itself and says what is to be seen. */
export function openStage(
  canvas: Bitmap | undefined,
  studio: Studio,
  { paint, beforeFrame }: { readonly paint: Paint; readonly beforeFrame: () => Sight },
): Stage {
  const rig: Rig = {
    canvas,
    studio,
    beforeFrame,
    sheets: openSheets(studio),
    colors: openColors((color) => normalize(canvas, color)),
  }
  const state: State = {
    play: undefined,
    paint,
    texts: openTexts(canvas?.brush, paint.font),
    hover: undefined,
    focus: undefined,
    callOff: undefined,
    shown: '',
    overlays: 0,
    isClosed: false,
  }
  return controls(rig, state)
}

function controls(rig: Rig, state: State): Stage {
  const wake = () => {
    wakeUp(rig, state)
  }
  const changeOverlay = (change: Partial<Pick<State, 'hover' | 'focus'>>) => {
    Object.assign(state, change)
    state.overlays += 1
    wake()
  }
  return {
    show: (play, mayStay) => {
      state.play = play
      begin(rig, state, mayStay)
      wake()
    },
    setPaint: (next) => {
      if (next.font !== state.paint.font) state.texts = openTexts(rig.canvas?.brush, next.font)
      state.paint = next
      state.overlays += 1
      begin(rig, state, true)
      wake()
    },
    spoil: (indexes) => {
      rig.sheets.spoil(indexes)
      wake()
    },
    setHover: (hover) => {
      changeOverlay({ hover })
    },
    setFocus: (focus) => {
      changeOverlay({ focus })
    },
    wake,
    refill: () => {
      state.shown = ''
      runFrame(rig, state, () => false)
    },
    finish: () => {
      finish(rig, state)
    },
    forget: () => {
      rig.sheets.forget()
      state.shown = ''
      wake()
    },
    close: () => {
      state.isClosed = true
      state.callOff?.()
      rig.sheets.forget()
    },
  }
}

/** A canvas reads all colours that CSS knows, and says them in numbers. */
function normalize(canvas: Bitmap | undefined, color: string): string {
  if (!canvas) return color
  const { brush } = canvas
  brush.save()
  brush.fillStyle = '#888888'
  brush.fillStyle = color
  const { fillStyle } = brush
  brush.restore()
  return typeof fillStyle === 'string' ? fillStyle : color
}

function begin({ sheets, colors }: Rig, { play, paint, texts }: State, mayStay: boolean): void {
  const floor = play?.floors[play.floor]
  if (!play || !floor) return
  const { scene, looks } = play
  sheets.begin({ scene, looks, floor, paint, colors, texts }, mayStay)
}

function wakeUp(rig: Rig, state: State): void {
  if (state.callOff || state.isClosed) return
  state.callOff = rig.studio.nextFrame(() => {
    state.callOff = undefined
    if (state.isClosed) return
    const started = rig.studio.now()
    const hasTime = () => rig.studio.now() - started < PAINTING_MILLISECONDS
    if (runFrame(rig, state, hasTime)) wakeUp(rig, state)
  })
}

/** Everything at once, for whoever cannot wait; bounded, since a hall is painted in a known number of sheets. */
function finish(rig: Rig, state: State): void {
  const SHEETS_MAX = 4
  for (let round = 0; round < SHEETS_MAX; round += 1) {
    if (!runFrame(rig, state, () => true)) return
  }
}

/** Says whether there is more to do. */
function runFrame(rig: Rig, state: State, hasTime: () => boolean): boolean {
  const { canvas, sheets, studio } = rig
  const sight = rig.beforeFrame()
  const { size } = sight
  if (!canvas || size.width <= 0 || size.height <= 0) return false
  if (!Number.isFinite(sight.view.k + sight.view.x + sight.view.y)) return false
  const ratio = ratioFor(studio.pixelRatio(), size)
  const width = Math.max(1, Math.round(size.width * ratio))
  const height = Math.max(1, Math.round(size.height * ratio))
  const isResized = canvas.width !== width || canvas.height !== height
  if (isResized) canvas.resize(width, height)
  const goal: Goal = { view: sight.target, size, ratio, isMoving: sight.isMoving }
  const hasMore = state.play !== undefined && sheets.work(goal, hasTime)
  const { k, x, y } = sight.view
  const shown = `${k} ${x} ${y} ${sheets.changes()} ${state.overlays}`
  if (isResized || shown !== state.shown) {
    fill(rig, state, { k: k * ratio, x: x * ratio, y: y * ratio })
    state.shown = shown
  }
  return hasMore || sight.isFlying
}

function fill({ canvas, sheets }: Rig, state: State, view: View): void {
  if (!canvas) return
  const { brush, width, height } = canvas
  const { play, paint } = state
  brush.fillStyle = paint.background
  brush.fillRect(0, 0, width, height)
  const front = sheets.front()
  const overview = sheets.overview()
  const content = play?.floors[play.floor]?.box
  const seen = boxInView(view, { width, height })
  const isCovered = front && content && covers(front.box, overlapOf(seen, content))
  if (overview && !isCovered) copySheet(canvas, overview, view)
  if (front) copySheet(canvas, front, view)
  if (!play || !front) return
  const { scene, floor } = play
  const { hover, focus } = state
  paintOverlay(brush, { scene, floor, paint, view, ratio: front.ratio, hover, focus })
}

/** Pixel by pixel where the scale is the same, so that it stays sharp. */
function copySheet({ brush }: Bitmap, sheet: Pick<Sheet, 'bitmap' | 'view'>, view: View): void {
  const grown = view.k / sheet.view.k
  const left = view.x - sheet.view.x * grown
  const top = view.y - sheet.view.y * grown
  const { source, width, height } = sheet.bitmap
  if (Math.abs(grown - 1) < 1e-6) {
    brush.drawImage(source, Math.round(left), Math.round(top))
    return
  }
  brush.imageSmoothingEnabled = true
  brush.drawImage(source, 0, 0, width, height, left, top, width * grown, height * grown)
}
