import { defined } from '../../lib/defined.ts'
import type { SceneNote } from './scene.ts'

/** Who reads notes has seen enough by then; a drawing of a hundred thousand twins would have as many. */
export const NOTES_OF_ONE_CODE_MAX = 100

/** What is noted of a drawing, of each code no more than anybody reads. */
export interface Notes {
  readonly list: SceneNote[]
  readonly counts: Map<SceneNote['code'], number>
}

/** No notes yet. */
export function noNotes(): Notes {
  return { list: [], counts: new Map() }
}

/** Adds a note while there is room for its code. */
export function note({ list, counts }: Notes, code: SceneNote['code'], label?: string): void {
  const count = (counts.get(code) ?? 0) + 1
  counts.set(code, count)
  if (count <= NOTES_OF_ONE_CODE_MAX) list.push({ code, ...defined({ label }) })
}
