// What there is to draw and to buy: a drawing once read, in units of the drawing, x to the right and y downwards.

import type { SeatTraits } from '../../lib/venue/chart.ts'

export interface Box {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** An outline, closed: x and y in turn. */
export type Outline = readonly number[]

export interface SceneCategory {
  readonly key: string
  readonly label: string
  /** A colour that CSS understands; grey where the drawing's is none. */
  readonly color: string
  readonly isAccessible: boolean
}

/** How an object is drawn. Angles are degrees, clockwise. */
export type Shape =
  | { readonly kind: 'disc'; readonly x: number; readonly y: number; readonly radius: number }
  | {
      readonly kind: 'ellipse'
      readonly x: number
      readonly y: number
      readonly radiusX: number
      readonly radiusY: number
      readonly angle: number
    }
  | {
      readonly kind: 'rectangle'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly cornerRadius: number
      readonly angle: number
    }
  | { readonly kind: 'polygon'; readonly outline: Outline }
  | { readonly kind: 'line'; readonly outline: Outline }

/** What can be bought under one label: a seat, a table as a whole, a booth, an area. */
export interface SceneObject {
  /** Its place in `Scene.objects`, which is its name everywhere in `web/`. */
  readonly index: number
  readonly kind: 'seat' | 'table' | 'booth' | 'area'
  readonly label: string
  /** What people read: of a seat its number, of others their own label. */
  readonly own: string
  /** The row or table of a seat, as people read it. */
  readonly parent: { readonly type: 'row' | 'table'; readonly label: string } | undefined
  readonly floor: number
  /** Index into `Scene.sections`. */
  readonly section: number | undefined
  /** Key of the category that holds for this event. */
  readonly category: string | undefined
  readonly entrance: string | undefined
  readonly zone: string | undefined
  /** Where it is, or its middle. */
  readonly x: number
  readonly y: number
  readonly shape: Shape
  readonly box: Box
  /** People that it takes: 1, the seats of a table, the capacity of an area. */
  readonly places: number
  readonly traits: SeatTraits | undefined
  /** Of tables and areas that are sold as a whole, to more people or fewer. */
  readonly occupancy: { readonly min: number; readonly max: number } | undefined
  /** An area of which places are sold one by one. */
  readonly isByPlaces: boolean
  /** Neighbours on the left and right, by index. */
  readonly left: number | undefined
  readonly right: number | undefined
  readonly distance: number | undefined
}

export interface SceneSection {
  readonly index: number
  readonly floor: number
  readonly label: string
  /** What people read. */
  readonly display: string
  readonly outline: Outline
  readonly box: Box
  /** Where its name goes. */
  readonly x: number
  readonly y: number
  readonly labelAngle: number
  /** Indexes of its objects. */
  readonly objects: readonly number[]
  readonly entrance: string | undefined
}

export interface Decoration {
  readonly floor: number
  readonly shape: Shape | undefined
  readonly fill: string | undefined
  readonly stroke: string | undefined
  readonly strokeWidth: number
  readonly text: SceneText | undefined
  /** Above the seats. */
  readonly isForeground: boolean
}

export interface SceneText {
  readonly text: string
  readonly x: number
  readonly y: number
  /** In units of the drawing. */
  readonly size: number
  readonly angle: number
  readonly color: string | undefined
}

/** The name of a row, beside it. */
export interface RowLabel {
  readonly floor: number
  readonly section: number | undefined
  readonly text: SceneText
}

export interface SceneFloor {
  readonly index: number
  readonly name: string
  readonly display: string
  /** Around everything on it. */
  readonly box: Box
  readonly focalPoint: { readonly x: number; readonly y: number } | undefined
}

/** What of a drawing is not shown as it was meant, for whoever drew it. */
export interface SceneNote {
  readonly code:
    | 'duplicate-label'
    | 'no-category'
    | 'no-position'
    | 'image-left-out'
    | 'unknown-decoration'
    | 'too-large'
    | 'nothing-to-sell'
  readonly label?: string
}

/** Everything of one event's drawing; made once and never changed. */
export interface Scene {
  readonly name: string
  /** At least one. */
  readonly floors: readonly SceneFloor[]
  readonly sections: readonly SceneSection[]
  readonly categories: readonly SceneCategory[]
  /** In walk order. Each label once: of several objects with one label the first is sold. */
  readonly objects: readonly SceneObject[]
  readonly byLabel: ReadonlyMap<string, number>
  readonly decorations: readonly Decoration[]
  readonly rowLabels: readonly RowLabel[]
  readonly notes: readonly SceneNote[]
}

/** What an event says of its own about the objects of a drawing. */
export interface EventFacts {
  readonly categories?: readonly {
    readonly key: number | string
    readonly label: string
    readonly color: string
    readonly accessible: boolean
  }[]
  readonly objectCategories?: Readonly<Record<string, number | string>>
}
