import type { Bitmap, Brush, Studio } from '../../../web/picture/surface.ts'

/** A studio whose canvases count what is painted on them, whose frames are let pass by hand, and whose clock goes by what is painted. */
export interface Recording {
  readonly studio: Studio
  readonly screen: Bitmap
  /** What was painted since the last look, on the screen and on all other bitmaps. */
  take(): { readonly screen: Counts; readonly others: Counts; readonly texts: readonly string[] }
  /** Lets one frame pass; false where none was asked for. */
  frame(): boolean
  bitmaps(): readonly Bitmap[]
  pass(milliseconds: number): void
}

export type Counts = Readonly<Record<string, number>>

/** How long one drawing call takes on the clock of this studio, in milliseconds: a slow machine. */
const CALL_MILLISECONDS = 0.01

/** A studio whose calls are counted. */
export function openRecording({ pixelRatio = 1 } = {}): Recording {
  let now = 0
  let waiting: (() => void) | undefined
  const bitmaps: Bitmap[] = []
  const texts: string[] = []
  let screenCounts: Record<string, number> = {}
  let otherCounts: Record<string, number> = {}
  const count = (isScreen: boolean) => (name: string) => {
    now += CALL_MILLISECONDS
    const counts = isScreen ? screenCounts : otherCounts
    counts[name] = (counts[name] ?? 0) + 1
  }
  const makeBitmap = (width: number, height: number) => {
    const bitmap = bitmapOf(recordingBrush(count(false), texts), width, height)
    bitmaps.push(bitmap)
    return bitmap
  }
  const screen = bitmapOf(recordingBrush(count(true), texts), 0, 0)
  return {
    studio: {
      openCanvas: () => screen,
      makeBitmap,
      nextFrame: (call) => {
        waiting = call
        return () => {
          waiting = undefined
        }
      },
      now: () => now,
      pixelRatio: () => pixelRatio,
    },
    screen,
    take: () => {
      const taken = { screen: screenCounts, others: otherCounts, texts: [...texts] }
      screenCounts = {}
      otherCounts = {}
      texts.length = 0
      return taken
    },
    frame: () => {
      const call = waiting
      waiting = undefined
      call?.()
      return call !== undefined
    },
    bitmaps: () => bitmaps,
    pass: (milliseconds) => {
      now += milliseconds
    },
  }
}

function bitmapOf(brush: Brush, width: number, height: number): Bitmap {
  const size = { width, height }
  return {
    brush,
    // Nothing looks at its pixels.
    source: {} as CanvasImageSource,
    get width() {
      return size.width
    },
    get height() {
      return size.height
    },
    resize: (wide, high) => {
      size.width = wide
      size.height = high
    },
  }
}

/** Letters are as wide as six tenths of their height. */
const LETTER_WIDTH = 0.6

function recordingBrush(count: (name: string) => void, texts: string[]): Brush {
  const call = (name: string) => () => {
    count(name)
  }
  const settings = {
    fillStyle: '#000000' as Brush['fillStyle'],
    strokeStyle: '#000000' as Brush['strokeStyle'],
    font: '10px sans-serif',
    globalAlpha: 1,
    imageSmoothingEnabled: true,
    lineCap: 'butt' as CanvasLineCap,
    lineJoin: 'miter' as CanvasLineJoin,
    lineWidth: 1,
    textAlign: 'start' as CanvasTextAlign,
    textBaseline: 'alphabetic' as CanvasTextBaseline,
  }
  return {
    ...settings,
    arc: call('arc'),
    beginPath: call('beginPath'),
    clearRect: call('clearRect'),
    clip: call('clip'),
    closePath: call('closePath'),
    drawImage: call('drawImage'),
    ellipse: call('ellipse'),
    fill: call('fill'),
    fillRect: call('fillRect'),
    fillText: (text: string) => {
      texts.push(text)
      count('fillText')
    },
    lineTo: call('lineTo'),
    measureText(text: string) {
      const size = Number(/([\d.]+)px/.exec(this.font)?.[1] ?? 10)
      return { width: text.length * size * LETTER_WIDTH } as TextMetrics
    },
    moveTo: call('moveTo'),
    rect: call('rect'),
    restore: call('restore'),
    rotate: call('rotate'),
    roundRect: call('roundRect'),
    save: call('save'),
    setLineDash: call('setLineDash'),
    setTransform: call('setTransform'),
    stroke: call('stroke'),
    strokeText: call('strokeText'),
    translate: call('translate'),
  }
}
