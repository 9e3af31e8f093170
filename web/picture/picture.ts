// The hall as a picture on a canvas, which is moved, zoomed and pointed at. It knows no sale: whoever shows it says how each object looks.

import type { Scene } from '../scene/scene.ts'

/** How one object looks now. */
export interface Look {
  /**
   * `free` may be chosen; `mine` is chosen; `busy` is being held this moment; `taken` is sold or held by others; `off` is not for sale, or not to this
   * buyer; `dimmed` is filtered out; `hidden` is not drawn; `unsold` is drawn as furniture (a table whose seats are sold, or the seats of one that is sold whole).
   */
  readonly state: 'free' | 'mine' | 'busy' | 'taken' | 'off' | 'dimmed' | 'hidden' | 'unsold'
  /** A CSS colour. */
  readonly fill: string
  /** Inside it where there is room; its own label unless told otherwise. */
  readonly text?: string
  /** Chosen places of an area, shown beside its name. */
  readonly count?: number
}

/** How a section looks from far away. */
export interface SectionLook {
  readonly fill: string
  /** Between 0, sold out, and 1. */
  readonly share: number
  /** Below its name: what is left, in words, or a price. */
  readonly note: string
  readonly isDimmed: boolean
}

/** What the picture asks for whenever it paints. */
export interface Looks {
  of(index: number): Look
  section(index: number): SectionLook
}

/** Colours of everything else, read from CSS custom properties by whoever shows it. */
export interface Paint {
  readonly background: string
  readonly text: string
  readonly mutedText: string
  readonly line: string
  readonly focus: string
  readonly selected: string
  readonly selectedText: string
  readonly taken: string
  readonly decoration: string
  readonly font: string
  /** Patterns beside colours, for people who tell few colours apart. */
  readonly hasHatches: boolean
  /** No animation. */
  readonly isStill: boolean
}

/** What is under the pointer. */
export type Hit =
  | { readonly kind: 'object'; readonly index: number }
  | { readonly kind: 'section'; readonly index: number }

export type ZoomTarget =
  | { readonly to: 'all' }
  | { readonly to: 'floor'; readonly index: number }
  | { readonly to: 'section'; readonly index: number }
  | { readonly to: 'object'; readonly index: number }

export interface PictureHandlers {
  /** A click or tap that was no drag; `at` in CSS pixels of the canvas. */
  onPick(hit: Hit | undefined, at: { readonly x: number; readonly y: number }): void
  onHover(hit: Hit | undefined, at: { readonly x: number; readonly y: number }): void
  /** After each move: which floor is shown, how close, and whether seats can be told apart. */
  onView(view: { readonly floor: number; readonly scale: number; readonly isClose: boolean }): void
}

export interface Picture {
  /** Shows a drawing from the beginning. */
  show(scene: Scene, looks: Looks): void
  /** These objects look otherwise now; all where none are named. */
  repaint(indexes?: readonly number[]): void
  setPaint(paint: Paint): void
  /** Marks an object as focused by the keyboard. */
  focus(index: number | undefined): void
  zoomTo(target: ZoomTarget): void
  /** By a factor, around the middle. */
  zoomBy(factor: number): void
  panBy(x: number, y: number): void
  showFloor(index: number): void
  /** The size of the canvas in CSS pixels has changed. */
  resize(): void
  /** Paints at once and says when what is seen is drawn in full. */
  settled(): Promise<void>
  destroy(): void
}
