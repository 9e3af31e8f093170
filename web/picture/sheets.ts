// A hall is painted on sheets somewhat larger than the view, in steps over several frames, while the last finished one is shown:
// 1. who moves the view sees the sheet moved, whatever the hall holds;
// 2. a sheet that does not serve any more is followed by another, painted on the other bitmap, and shown when it is finished;
// 3. objects that look otherwise are painted anew within their boxes, on the sheet that is shown and on the one that comes;
// 4. a small overview of the whole floor lies below, for what a fast movement uncovers.

import type { Box } from '../scene/scene.ts'
import { levelAt } from './level.ts'
import type { Level } from './level.ts'
import { paintHall } from './paint/paint-hall.ts'
import type { Steps, Subject } from './paint/painting.ts'
import { toPixels } from './pixels.ts'
import type { Goal, SheetPlan } from './plan-sheet.ts'
import { covers, doesServe, planSheet } from './plan-sheet.ts'
import { partsShowing } from './spoilt.ts'
import type { Bitmap, Studio } from './surface.ts'

export interface Sheet extends SheetPlan {
  readonly bitmap: Bitmap
  readonly level: Level
  readonly subject: Subject
  /** Parts of the drawing that look otherwise by now. */
  readonly spoilt: Map<string, Box>
}

export interface Sheets {
  front(): Sheet | undefined
  /** The whole floor, small. */
  overview(): Pick<Sheet, 'bitmap' | 'view'> | undefined
  /** Another subject; what is shown stays until there is something else if it `mayStay`. */
  begin(subject: Subject, mayStay: boolean): void
  /** These look otherwise; all where none are named. */
  spoil(indexes?: readonly number[]): void
  /** Rises whenever what is shown changes. */
  changes(): number
  /** Paints while there is time, and says whether there is more to do. */
  work(goal: Goal, hasTime: () => boolean): boolean
  /** Bitmaps have lost what was painted on them. */
  forget(): void
}

/** More parts than these are not painted one by one: the whole is. */
const PARTS_MAX = 300
const OVERVIEW_SIDE_MAX = 1_024

interface State {
  subject: Subject | undefined
  front: Sheet | undefined
  /** The front shows another subject, or is out of date all over. */
  isStale: boolean
  job: { readonly sheet: Sheet; readonly steps: Steps } | undefined
  overview: Pick<Sheet, 'bitmap' | 'view'> | undefined
  readonly spare: Bitmap[]
  changes: number
}

/** Two bitmaps, and what is painted on them. */
export function openSheets(studio: Studio): Sheets {
  const state: State = {
    subject: undefined,
    front: undefined,
    isStale: true,
    job: undefined,
    overview: undefined,
    spare: [],
    changes: 0,
  }
  return {
    front: () => state.front,
    overview: () => state.overview,
    changes: () => state.changes,
    begin: (subject, mayStay) => {
      state.subject = subject
      state.isStale = true
      drop(state, 'job')
      if (mayStay) return
      drop(state, 'front')
      state.overview = undefined
      state.changes += 1
    },
    spoil: (indexes) => {
      if (!indexes) state.isStale = true
      else spoil(state, indexes)
    },
    work: (goal, hasTime) => work(state, studio, { goal, hasTime }),
    forget: () => {
      drop(state, 'job')
      drop(state, 'front')
      state.overview = undefined
      state.spare.length = 0
    },
  }
}

function drop(state: State, which: 'job' | 'front'): void {
  const sheet = which === 'job' ? state.job?.sheet : state.front
  if (sheet) state.spare.push(sheet.bitmap)
  state[which] = undefined
}

function spoil(state: State, indexes: readonly number[]): void {
  for (const sheet of [state.front, state.job?.sheet]) {
    if (!sheet) continue
    for (const index of indexes) {
      if (sheet.spoilt.size > PARTS_MAX) break
      const seen = { level: sheet.level, k: sheet.view.k / sheet.ratio }
      for (const [name, box] of partsShowing(sheet.subject, index, seen)) {
        sheet.spoilt.set(name, box)
      }
    }
    // A sheet that is not finished yet is followed by another.
    if (sheet.spoilt.size > PARTS_MAX) state.isStale = true
  }
}

interface Working {
  readonly goal: Goal
  readonly hasTime: () => boolean
}

function work(state: State, studio: Studio, { goal, hasTime }: Working): boolean {
  const { subject } = state
  if (!subject || goal.size.width <= 0 || goal.size.height <= 0) return false
  if (state.front && !state.isStale && state.front.spoilt.size > 0) {
    mend(state.front, studio, hasTime)
    state.changes += 1
  }
  const content = subject.floor.box
  if (state.job && !goal.isMoving && !doesServe(state.job.sheet, goal, content)) drop(state, 'job')
  const doesFrontServe = state.front && !state.isStale && doesServe(state.front, goal, content)
  if (!state.job && !doesFrontServe) beginJob(state, studio, goal)
  if (!state.job) return (state.front?.spoilt.size ?? 0) > 0
  do {
    if (state.job.steps.next().done) {
      finishJob(state, studio)
      return true
    }
  } while (hasTime())
  return true
}

/** Paints anew what looks otherwise. */
function mend(sheet: Sheet, studio: Studio, hasTime: () => boolean): void {
  for (const [name, box] of sheet.spoilt) {
    sheet.spoilt.delete(name)
    paintPart(sheet, studio, box)
    if (!hasTime()) return
  }
}

function paintPart(sheet: Sheet, studio: Studio, part: Box): void {
  const { view, ratio, width, height } = sheet
  const inPixels = toPixels(part, view)
  const left = Math.max(0, Math.floor(inPixels.minX - 2 * ratio))
  const top = Math.max(0, Math.floor(inPixels.minY - 2 * ratio))
  const right = Math.min(width, Math.ceil(inPixels.maxX + 2 * ratio))
  const bottom = Math.min(height, Math.ceil(inPixels.maxY + 2 * ratio))
  if (right <= left || bottom <= top) return
  const { brush } = sheet.bitmap
  brush.save()
  brush.beginPath()
  brush.rect(left, top, right - left, bottom - top)
  brush.clip()
  const box = {
    minX: (left - view.x) / view.k,
    minY: (top - view.y) / view.k,
    maxX: (right - view.x) / view.k,
    maxY: (bottom - view.y) / view.k,
  }
  // At once: nobody is to see half of it.
  const steps = stepsOn(sheet, studio, box)
  while (steps.next().done !== true) continue
  brush.restore()
}

function beginJob(state: State, studio: Studio, goal: Goal): void {
  const { subject } = state
  if (!subject) return
  const plan = planSheet(goal)
  const bitmap = state.spare.pop() ?? studio.makeBitmap(plan.width, plan.height)
  if (!bitmap) return
  if (bitmap.width !== plan.width || bitmap.height !== plan.height) {
    bitmap.resize(plan.width, plan.height)
  }
  const { floor } = subject
  const level = levelAt(floor.seatSize * goal.view.k, floor.hasSections)
  const sheet: Sheet = { ...plan, bitmap, level, subject, spoilt: new Map() }
  state.isStale = false
  state.job = { sheet, steps: stepsOn(sheet, studio, sheet.box) }
}

function stepsOn({ subject, bitmap, view, ratio, level }: Sheet, studio: Studio, box: Box): Steps {
  return paintHall({ ...subject, brush: bitmap.brush, view, ratio, level, box, studio })
}

function finishJob(state: State, studio: Studio): void {
  const sheet = state.job?.sheet
  if (!sheet) return
  drop(state, 'front')
  state.front = sheet
  state.job = undefined
  state.changes += 1
  if (covers(sheet.box, sheet.subject.floor.box)) keepOverview(state, studio, sheet)
}

/** Keeps a small copy of a sheet that shows the whole floor. */
function keepOverview(state: State, studio: Studio, sheet: Sheet): void {
  const share = Math.min(1, OVERVIEW_SIDE_MAX / Math.max(sheet.width, sheet.height))
  const width = Math.max(1, Math.round(sheet.width * share))
  const height = Math.max(1, Math.round(sheet.height * share))
  const bitmap = state.overview?.bitmap ?? studio.makeBitmap(width, height)
  if (!bitmap) return
  if (bitmap.width !== width || bitmap.height !== height) bitmap.resize(width, height)
  bitmap.brush.imageSmoothingEnabled = true
  bitmap.brush.drawImage(sheet.bitmap.source, 0, 0, sheet.width, sheet.height, 0, 0, width, height)
  const { k, x, y } = sheet.view
  state.overview = { bitmap, view: { k: k * share, x: x * share, y: y * share } }
}
