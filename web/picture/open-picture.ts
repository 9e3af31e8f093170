// The picture as whoever shows it knows it: a canvas in a host, moved by hands and by calls.

import { openGestures } from './gestures.ts'
import type { Picture, PictureHandlers } from './picture.ts'
import type { Parts } from './play.ts'
import {
  doubleTap,
  measure,
  nextSight,
  panBy,
  plainPaint,
  seek,
  showFloor,
  showScene,
  tap,
  zoomBy,
  zoomTo,
} from './play.ts'
import { openStage } from './stage.ts'
import type { Studio } from './surface.ts'
import { browserStudio } from './surface.ts'
import { constrainView } from './view.ts'

/** Opens a picture that fills its host; where the browser gives no canvas, nothing is seen and everything else works. */
export function openPicture(
  host: HTMLElement,
  handlers: PictureHandlers,
  studio: Studio = browserStudio(host.ownerDocument),
): Picture {
  const canvas = makeCanvas(host)
  const parts = assemble({ host, canvas, handlers, studio })
  const { state, stage, gestures } = parts
  const restored = () => {
    stage.forget()
  }
  canvas.addEventListener('contextrestored', restored)
  measure(parts)
  return {
    show: (scene, looks) => {
      showScene(parts, scene, looks)
    },
    repaint: (indexes) => {
      stage.spoil(indexes)
    },
    setPaint: (paint) => {
      state.paint = paint
      stage.setPaint(paint)
    },
    focus: (index) => {
      stage.setFocus(index)
      if (index !== undefined) seek(parts, index)
    },
    zoomTo: (target) => {
      zoomTo(parts, target)
    },
    zoomBy: (factor) => {
      zoomBy(parts, factor)
    },
    panBy: (x, y) => {
      panBy(parts, x, y)
    },
    showFloor: (index) => {
      showFloor(parts, index)
    },
    resize: () => {
      measure(parts)
    },
    settled: () => {
      stage.finish()
      return Promise.resolve()
    },
    destroy: () => {
      canvas.removeEventListener('contextrestored', restored)
      gestures.close()
      stage.close()
      canvas.remove()
    },
  }
}

/** It is a picture of what is told elsewhere in words: whoever shows it has a list for those who do not see it. */
function makeCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = host.ownerDocument.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  canvas.style.display = 'block'
  canvas.style.width = '100%'
  canvas.style.height = '100%'
  host.append(canvas)
  return canvas
}

function assemble({
  host,
  canvas,
  handlers,
  studio,
}: Pick<Parts, 'host' | 'handlers' | 'studio'> & { readonly canvas: HTMLCanvasElement }): Parts {
  const state = emptyState()
  const stage = openStage(studio.openCanvas(canvas), studio, {
    paint: plainPaint,
    beforeFrame: () => nextSight(parts),
  })
  const gestures = openGestures(canvas, {
    size: () => state.size,
    constrain: (view) => {
      const floor = state.floors[state.floor]
      return floor ? constrainView(view, state.size, floor.box) : view
    },
    isWhole: () => state.isScrolling !== false,
    doesPageScroll: () => {
      const page = host.ownerDocument.documentElement
      return page.scrollHeight > page.clientHeight
    },
    hasFocus: () => host.matches(':focus-within'),
    onGrab: () => {
      state.flight = undefined
    },
    onMove: () => {
      stage.wake()
    },
    onTap: (at, isTouch) => {
      tap(parts, at, isTouch)
    },
    onDoubleTap: (at, isBackwards) => {
      doubleTap(parts, at, isBackwards)
    },
    onPoint: (at) => {
      state.pointer = at
      canvas.style.cursor = at ? canvas.style.cursor : 'grab'
      stage.wake()
    },
  })
  const parts: Parts = {
    host,
    handlers,
    studio,
    state,
    gestures,
    stage,
    setCursor: (cursor) => {
      canvas.style.cursor = cursor
    },
  }
  return parts
}

function emptyState(): Parts['state'] {
  return {
    scene: undefined,
    floors: [],
    looks: undefined,
    floor: 0,
    paint: plainPaint,
    size: { width: 0, height: 0 },
    flight: undefined,
    pointer: undefined,
    hover: undefined,
    tapped: undefined,
    movedAt: -Infinity,
    told: '',
    isScrolling: undefined,
  }
}
