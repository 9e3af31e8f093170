import type { Scene, SceneObject } from '../scene/scene.ts'

/** What people look for seats by: a section, or all that stands in none. */
export interface Group {
  readonly key: string
  /** Index into `Scene.sections`. */
  readonly section: number | undefined
  readonly rows: readonly Row[]
  readonly objects: readonly number[]
}

/** A row or table with its seats, or one object that is in neither. */
export interface Row {
  readonly key: string
  readonly parent: SceneObject['parent']
  readonly objects: readonly number[]
}

/** Everything on sale by section and row, in the order of the drawing. */
export function groupsOf(scene: Scene): readonly Group[] {
  const bySection = new Map<number | undefined, number[]>()
  for (const { section, index } of scene.objects) {
    const known = bySection.get(section)
    if (known === undefined) bySection.set(section, [index])
    else known.push(index)
  }
  return [...bySection].map(([section, objects]) => ({
    key: String(section ?? 'none'),
    section,
    objects,
    rows: rowsOf(scene, objects),
  }))
}

function rowsOf(scene: Scene, objects: readonly number[]): Row[] {
  const rows = new Map<string, { parent: SceneObject['parent']; objects: number[] }>()
  for (const index of objects) {
    const object = scene.objects[index]
    if (object === undefined) continue
    const { parent, floor } = object
    const key = parent ? JSON.stringify([floor, parent.type, parent.label]) : object.label
    const known = rows.get(key)
    if (known === undefined) rows.set(key, { parent, objects: [index] })
    else known.objects.push(index)
  }
  return [...rows].map(([key, row]) => ({ key, ...row }))
}

/** Whether a name has all the words that somebody looks for, however they are written. */
export function isFound(name: string, wanted: string): boolean {
  const words = plain(wanted)
    .split(/\s+/)
    .filter((word) => word !== '')
  const parts = plain(name).split(/[\s,]+/)
  return words.length > 0 && words.every((word) => parts.some((part) => part.startsWith(word)))
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
