import type { Picture } from '../picture/picture.ts'
import type { Connection, Sale } from '../sale/sale.ts'
import type { Choice } from './choice.ts'
import type { Hall } from './hall.ts'
import type { Make } from './make.ts'
import type { Price } from './prices.ts'
import type { SceneCategory, SceneObject } from '../scene/scene.ts'
import type { Selected, Settings } from './public.ts'
import type { Words } from './words/words.ts'

/** What a person is told of the connection, and that a drawing cannot be shown at all. */
export type Status = Connection | 'broken'

/** What all parts of a map share while it is on a page. */
export interface Desk {
  readonly document: Document
  readonly make: Make
  /** Ends with the map. */
  readonly signal: AbortSignal
  /** Shows now, and again whenever something has changed. */
  readonly keep: (show: () => void) => void
  /** Something has changed: what is kept is shown again, soon and once. */
  readonly refresh: () => void
  /** Calls back later, unless the map has ended; the answer calls it off. */
  readonly later: (milliseconds: number, call: () => void) => () => void
  readonly words: () => Words
  readonly settings: () => Settings
  readonly status: () => Status
  readonly sale: Sale
  readonly choice: Choice
  readonly picture: Picture
  /** Undefined until the event was read. */
  readonly hall: () => Hall | undefined
  /** Keys of the categories that the person looks for; all when empty. */
  readonly wanted: Set<string>
  /** Says something to people who do not see it. */
  readonly say: (text: string, urgency?: 'urgent') => void
  /** What a category costs, or one object of it. */
  readonly priceOf: (category: SceneCategory | undefined, label?: string) => Price
  readonly money: (price: number) => string
  /** The basket as the page and the person see it. */
  readonly selection: () => readonly Selected[]
  readonly nameOf: (object: SceneObject) => string
}
