// What is painted upon, and when. A browser gives it; tests count with one of their own.

/** What of a canvas's context is used. */
export type Brush = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'clearRect'
  | 'clip'
  | 'closePath'
  | 'drawImage'
  | 'ellipse'
  | 'fill'
  | 'fillRect'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'globalAlpha'
  | 'imageSmoothingEnabled'
  | 'lineCap'
  | 'lineJoin'
  | 'lineTo'
  | 'lineWidth'
  | 'measureText'
  | 'moveTo'
  | 'rect'
  | 'restore'
  | 'rotate'
  | 'roundRect'
  | 'save'
  | 'setLineDash'
  | 'setTransform'
  | 'stroke'
  | 'strokeStyle'
  | 'strokeText'
  | 'textAlign'
  | 'textBaseline'
  | 'translate'
>

/** Pixels to paint upon and to copy from. */
export interface Bitmap {
  readonly brush: Brush
  readonly source: CanvasImageSource
  readonly width: number
  readonly height: number
  /** Empties it. */
  resize(width: number, height: number): void
}

/** What a picture needs of the browser. */
export interface Studio {
  /** A canvas as a bitmap; undefined where it has no context. */
  openCanvas(canvas: HTMLCanvasElement): Bitmap | undefined
  /** Undefined where the browser gives no more canvases. */
  makeBitmap(width: number, height: number): Bitmap | undefined
  /** Calls once before the next picture is shown, never while the page is hidden; the answer calls it off. */
  nextFrame(call: () => void): () => void
  /** Milliseconds, for measuring. */
  now(): number
  pixelRatio(): number
}

/** The studio of a browser. */
export function browserStudio(owner: Document): Studio {
  const window = owner.defaultView
  return {
    openCanvas: bitmapOf,
    makeBitmap: (width, height) => {
      const canvas = owner.createElement('canvas')
      canvas.width = width
      canvas.height = height
      return bitmapOf(canvas)
    },
    nextFrame: (call) => {
      const id = window?.requestAnimationFrame(call) ?? 0
      return () => window?.cancelAnimationFrame(id)
    },
    now: () => performance.now(),
    pixelRatio: () => window?.devicePixelRatio ?? 1,
  }
}

function bitmapOf(canvas: HTMLCanvasElement): Bitmap | undefined {
  const brush = canvas.getContext('2d')
  if (!brush) return undefined
  return {
    brush,
    source: canvas,
    get width() {
      return canvas.width
    },
    get height() {
      return canvas.height
    },
    resize: (width, height) => {
      canvas.width = width
      canvas.height = height
    },
  }
}
