import type { Point } from './chart.ts'

/**
 * An object somewhere in a drawing. Drawings come from many tools and years of versions, so every
 * field is unknown until read, and a value of the wrong type counts as absent.
 */
export type Drawn = Readonly<Partial<Record<DrawnField, unknown>>>

/** No name here is also a property of Object.prototype: reading a field never finds an inherited one. */
type DrawnField =
  ChartField | PlaneField | LabelField | PlaceField | ShapeField | SaleField | TraitField
type ChartField =
  'name' | 'venueType' | 'categories' | 'zones' | 'list' | 'subChart' | 'subChartFloors'
type PlaneField =
  'rows' | 'tables' | 'booths' | 'generalAdmissionAreas' | 'sections' | 'seats' | DecorationField
type DecorationField =
  'shapes' | 'texts' | 'icons' | 'imageObjects' | 'backgroundImage' | PaintField
type PaintField = 'fillColor' | 'strokeColor' | 'strokeWidth' | 'foreground' | CaptionField
type CaptionField = 'text' | 'size' | 'fontSize' | 'textColor' | 'icon' | CaptionPlace
type CaptionPlace = 'labelSize' | 'labelRotationAngle' | CaptionOffset | RowCaptionField
type CaptionOffset = 'labelHorizontalOffset' | 'labelVerticalOffset'
type RowCaptionField = 'rowLabelPosition' | 'rowLabelDisabled' | 'showOnRenderedCharts'
type LabelField = 'key' | 'label' | 'displayLabel' | 'color' | 'displayObjectType' | 'categoryKey'
type PlaceField =
  'floorName' | 'floorDisplayName' | 'sectionLabel' | 'sectionDisplayedLabel' | 'zone'
type ShapeField = 'type' | 'x' | 'y' | 'center' | 'points' | 'topLeft' | 'focalPoint' | BoxField
type BoxField = 'width' | 'height' | 'rotationAngle' | 'cornerRadius' | RadiusField
type RadiusField = 'radius' | 'radius1' | 'radius2'
type SaleField = 'entrance' | 'bookAsAWhole' | 'capacity' | OccupancyField
type OccupancyField = 'variableOccupancy' | 'minOccupancy' | 'maxOccupancy'

/** The seat flags in both spellings in use: as drawn, and as in answers. */
export type TraitField = AccessField | ViewField | ComfortField
type AccessField = 'accessible' | 'isAccessible' | 'semiAmbulatorySeat' | 'isSemiAmbulatorySeat'
type ViewField =
  'restrictedView' | 'hasRestrictedView' | 'companionSeat' | 'isCompanionSeat' | SignField
type SignField = 'signLanguageInterpretation' | 'hasSignLanguageInterpretation' | HearingField
type HearingField = 'hearingImpaired' | 'isHearingImpaired'
type ComfortField = 'liftUpArmrests' | 'hasLiftUpArmrests' | 'plusSize' | 'isPlusSize'

/**
 * Longer texts are cut here. No label above 200 characters can be sold, so the cut never shows in
 * one that works; without it a drawing could repeat a text of megabytes in each of its labels.
 */
export const textLengthMax = 255

/** Far above any drawn coordinate, and small enough that sums and squares stay exact enough. */
const coordinateMax = 1e9

/** Far above any real area, and small enough that sums over a whole chart stay exact integers. */
const countMax = 1_000_000_000

/** The fields of a drawn object, or nothing for what is not an object. */
export function drawn(value: unknown): Drawn | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
}

/** The elements of a drawn array; none for what is not an array. Elements are not checked. */
export function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A text or number as text; nothing for the empty text and everything else. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string' || value === '') return undefined
  return value.length > textLengthMax ? value.slice(0, textLengthMax) : value
}

/** A finite number of bearable size, never negative zero; nothing for everything else. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) <= coordinateMax ? value + 0 : undefined
}

/** A count of at least zero, without fraction; nothing for everything else. */
export function count(value: unknown): number | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined
  return Math.trunc(Math.min(Math.max(value, 0), countMax))
}

/** A point with both coordinates, or nothing. */
export function point(value: unknown): Point | undefined {
  const fields = drawn(value)
  const x = number(fields?.x)
  const y = number(fields?.y)
  return x === undefined || y === undefined ? undefined : { x, y }
}

/** The mean of the drawn points, skipping what is not a point; nothing if none is. */
export function centroid(values: readonly unknown[]): Point | undefined {
  let [x, y, points] = [0, 0, 0]
  for (const value of values) {
    const corner = point(value)
    if (!corner) continue
    x += corner.x
    y += corner.y
    points += 1
  }
  return points === 0 ? undefined : { x: x / points, y: y / points }
}

/** Only the literal `true` counts. */
export function flag(value: unknown): boolean {
  return value === true
}
