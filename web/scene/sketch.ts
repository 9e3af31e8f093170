import type { Floor, Section } from '../../lib/venue/chart.ts'
import { drawn, elements, text, type Drawn } from '../../lib/venue/drawing.ts'
import type { Site } from '../../lib/venue/chart-site.ts'
import type { Notes } from './notes.ts'
import type { Decoration, Outline, RowLabel, SceneCategory, SceneObject } from './scene.ts'
import { readOutline } from './shapes.ts'

/** An object whose place may still have to be found. */
export type SketchedObject = { -readonly [Name in keyof SceneObject]: SceneObject[Name] }

/** A section before its outline is known. */
export interface SketchedSection {
  readonly floor: number
  readonly label: string
  readonly display: string
  readonly drawnOutline: Outline
  /** As it was drawn; nothing for one that only rows name. */
  readonly fields: Drawn | undefined
  readonly entrance: string | undefined
  readonly objects: number[]
}

/** What is read of a drawing so far. */
export interface Sketch {
  readonly categories: ReadonlyMap<string, SceneCategory>
  /** Keys of categories by label, as the event has them. */
  readonly objectCategories: Readonly<Record<string, unknown>>
  readonly floors: Map<Floor | undefined, number>
  readonly sections: SketchedSection[]
  /** A section of the drawing by what its objects know of it, and one that only rows name by its floor and label. */
  readonly sectionIndexes: Map<Section | string, number>
  readonly objects: SketchedObject[]
  readonly byLabel: Map<string, number>
  /** Objects of which the drawing does not say where they are. */
  readonly lost: SketchedObject[]
  readonly decorations: Decoration[]
  readonly rowLabels: RowLabel[]
  readonly notes: Notes
}

/** The index of the floor that a plane is on, in the order in which floors are met. */
export function floorIndex({ floors }: Sketch, { floor }: Pick<Site, 'floor'>): number {
  const known = floors.get(floor)
  if (known !== undefined) return known
  floors.set(floor, floors.size)
  return floors.size - 1
}

/** Notes the section that a plane is in, and those of its sections that have no plane of their own. */
export function sketchSections(sketch: Sketch, site: Site): void {
  const floor = floorIndex(sketch, site)
  if (site.frame && site.section) {
    const { fields, origin } = site.frame
    const { label, displayLabel: display } = site.section
    const drawnOutline = readOutline(fields.points, origin)
    const facts = { floor, label, display, drawnOutline, fields, entrance: site.entrance }
    sketch.sectionIndexes.set(site.section, sketch.sections.push({ ...facts, objects: [] }) - 1)
  }
  for (const element of elements(site.plane.sections)) {
    const fields = drawn(element)
    if (!fields || drawn(fields.subChart)) continue
    const drawnOutline = readOutline(fields.points, site.origin)
    if (drawnOutline.length < 6) continue
    const label = text(fields.label) ?? ''
    const display = text(fields.displayLabel) ?? label
    const entrance = text(fields.entrance) ?? site.entrance
    sketch.sections.push({ floor, label, display, drawnOutline, fields, entrance, objects: [] })
  }
}

/** The index of an object's section. Rows outside of sections may name one, and rows that name the same are in the same. */
export function sectionIndex(
  sketch: Sketch,
  site: Site,
  section: Section | undefined,
): number | undefined {
  if (!section) return undefined
  const floor = floorIndex(sketch, site)
  const name = site.section === section && site.frame ? section : `${floor} ${section.label}`
  const known = sketch.sectionIndexes.get(name)
  if (known !== undefined) return known
  const { label, displayLabel: display } = section
  const facts = { drawnOutline: [], fields: undefined, entrance: undefined, objects: [] }
  const index = sketch.sections.push({ floor, label, display, ...facts }) - 1
  sketch.sectionIndexes.set(name, index)
  return index
}
