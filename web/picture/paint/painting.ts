// What every painter is given, and how long work is cut into steps.

import type { Box, Scene } from '../../scene/scene.ts'
import type { Colors } from '../colors.ts'
import type { FloorIndex } from '../index-scene.ts'
import type { Level } from '../level.ts'
import type { Looks, Paint } from '../picture.ts'
import type { Brush, Studio } from '../surface.ts'
import type { Texts } from './texts.ts'
import type { View } from '../view.ts'

export interface Painting {
  readonly brush: Brush
  /** In pixels of the bitmap, as everything that is painted. */
  readonly view: View
  /** Pixels of the bitmap in a CSS pixel. */
  readonly ratio: number
  /** What is to be painted, in units of the drawing. */
  readonly box: Box
  readonly scene: Scene
  readonly floor: FloorIndex
  readonly looks: Looks
  readonly paint: Paint
  readonly level: Level
  readonly colors: Colors
  readonly texts: Texts
  readonly studio: Pick<Studio, 'makeBitmap'>
}

/** What is painted, wherever it is seen from. */
export type Subject = Pick<Painting, 'scene' | 'floor' | 'looks' | 'paint' | 'colors' | 'texts'>

/** Work that may stop at each step and go on in another frame. */
export type Steps = Generator<undefined, void, undefined>
