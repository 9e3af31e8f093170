import { hasFocalPoints } from './chart-lists.ts'
import { drawn, elements } from './drawing.ts'
import { isPlainText } from '../plain-text.ts'
import { sellableObjects, type Chart, type ChartObject } from './chart.ts'
import { LABEL_LENGTH_MAX, NAME_LENGTH_MAX } from '../limits/limits.ts'

/** A rule that a chart breaks. */
export interface RuleFailure {
  readonly rule: ValidationRule
  /** The objects at fault, in walk order, each label once; empty where the chart as a whole is. */
  readonly labels: readonly string[]
}

/** What a rule looks at. Tables count as the chart itself sells them. */
interface Inventory {
  readonly chart: Chart
  readonly objects: readonly ChartObject[]
}

/** What a rule finds: the objects at fault, none if it holds; or, for the chart as a whole, whether it fails. */
type Finding = readonly string[] | boolean

/** The rules, in the order in which answers name them. */
const rules = {
  VALIDATE_DUPLICATE_LABELS: ({ objects }) => duplicateLabels(objects),
  VALIDATE_UNLABELED_OBJECTS: ({ objects }) => labelsWhere(objects, isUnlabeled),
  VALIDATE_OBJECTS_WITHOUT_CATEGORIES: ({ chart }) => labelsWithoutCategory(chart),
  VALIDATE_FOCAL_POINT: ({ chart }) => !hasFocalPoints(chart),
  VALIDATE_OBJECT_TYPES_PER_CATEGORY: ({ objects }) => mixesKindsInCategory(objects),
  VALIDATE_EMPTY_FLOOR: ({ chart, objects }) => hasEmptyFloor(chart, objects),
} satisfies Record<string, (inventory: Inventory) => Finding>

export type ValidationRule = keyof typeof rules
export type ValidationLevel = 'OFF' | 'WARNING' | 'ERROR'

/** All rule names, in the order in which answers name them. */
export const validationRules = Object.keys(rules) as readonly ValidationRule[]

/** The rules that a chart breaks, whatever their levels. */
export function validateChart(chart: Chart): RuleFailure[] {
  const inventory = { chart, objects: sellableObjects(chart) }
  return validationRules.flatMap((rule) => {
    const finding: Finding = rules[rule](inventory)
    const labels = typeof finding === 'boolean' ? [] : finding
    return finding === true || labels.length > 0 ? { rule, labels } : []
  })
}

/** Sorts failures by the account's levels; a rule without a level is off, and off is not told. */
export function sortByLevel(
  failures: readonly Pick<RuleFailure, 'rule'>[],
  levels: Readonly<Partial<Record<ValidationRule, ValidationLevel>>>,
): { readonly errors: ValidationRule[]; readonly warnings: ValidationRule[] } {
  const rulesAt = (level: ValidationLevel) =>
    failures.map(({ rule }) => rule).filter((rule) => levels[rule] === level)
  return { errors: rulesAt('ERROR'), warnings: rulesAt('WARNING') }
}

/** Why a chart cannot be published to be sold by label: its objects could not be told apart or asked for. */
export type PublishFault =
  | { readonly code: LabelFaultCode; readonly label: string }
  | { readonly code: 'category-key-unusable'; readonly label: string }
  | { readonly code: 'no-objects' | 'too-many-objects' | 'too-much-text' }
export type LabelFaultCode =
  'duplicate-label' | 'missing-label' | 'label-too-long' | 'label-malformed'

/** A chart that was labelled wrongly throughout needs no list of all its seats. */
export const publishFaultsMax = 100

/**
 * The faults that keep a chart from being published, and its drawing with it where that is given: the first hundred of them, and how many there
 * are. Tables and their seats are both looked at, since events may sell either.
 */
export function publishFaults(
  chart: Chart,
  drawing?: unknown,
): {
  readonly faults: readonly PublishFault[]
  readonly total: number
} {
  const faults: PublishFault[] = [
    ...(chart.isTruncated ? [{ code: 'too-many-objects' } as const] : []),
    ...(sellableObjects(chart).length === 0 ? [{ code: 'no-objects' } as const] : []),
    ...duplicateLabels(chart.objects).map((label) => ({ code: 'duplicate-label', label }) as const),
    ...labelFaults(chart.objects),
    ...categoryFaults(drawing),
  ]
  return { faults: faults.slice(0, publishFaultsMax), total: faults.length }
}

/**
 * The faults that keep a drawing from being taken at any door, whatever the account's rules are: labels and keys of categories that
 * no request could say. The first hundred of them, and how many there are.
 */
export function namingFaults(chart: Chart, drawing?: unknown): ReturnType<typeof publishFaults> {
  const unsayable = new Map<string, PublishFault>()
  for (const { label } of chart.objects) {
    const code = unsayableFault(label)
    if (code !== undefined && !unsayable.has(label)) unsayable.set(label, { code, label })
  }
  const faults = [...unsayable.values(), ...categoryFaults(drawing)]
  return { faults: faults.slice(0, publishFaultsMax), total: faults.length }
}

/** Whether requests can say that label. No drawing with another is taken, but there may be older ones. */
export function isSayable(label: string): boolean {
  return unsayableFault(label) === undefined
}

/** Keys of categories that reading the drawing would cut, or requests could not say; those that are none at all are no categories. */
function categoryFaults(drawing: unknown): PublishFault[] {
  const list = elements(drawn(drawn(drawing)?.categories)?.list)
  return list.flatMap((element): PublishFault[] => {
    const key = drawn(element)?.key
    if (typeof key === 'number') return Number.isFinite(key) ? [] : [unusable(String(key))]
    if (typeof key !== 'string') return []
    return key.length > NAME_LENGTH_MAX || !isPlainText(key) ? [unusable(key)] : []
  })
}

function unusable(label: string): PublishFault {
  return { code: 'category-key-unusable', label }
}

/** Labels that several of these objects have, by first appearance. */
function duplicateLabels(objects: readonly ChartObject[]): string[] {
  const seen = new Map<string, boolean>()
  for (const { label } of objects) seen.set(label, seen.has(label))
  return [...seen].flatMap(([label, isRepeated]) => (isRepeated ? label : []))
}

/** Whether this part of a label was never filled in; designers write a question mark there. */
function isBlank(part: string): boolean {
  return part === '' || part === '?'
}

/** One fault a label: the first that applies. */
function labelFaults(objects: readonly ChartObject[]): PublishFault[] {
  const faults = new Map<string, PublishFault>()
  for (const object of objects) {
    const code = labelFault(object)
    if (code && !faults.has(object.label)) faults.set(object.label, { code, label: object.label })
  }
  return [...faults.values()]
}

function labelFault(object: ChartObject): LabelFaultCode | undefined {
  const { section } = object.location
  if (isUnlabeled(object) || (section && isBlank(section.label))) return 'missing-label'
  return unsayableFault(object.label)
}

function unsayableFault(label: string): LabelFaultCode | undefined {
  if (label.length > LABEL_LENGTH_MAX) return 'label-too-long'
  // It would not survive being sent.
  return isPlainText(label) ? undefined : 'label-malformed'
}

function isUnlabeled(object: ChartObject): boolean {
  return isBlank(object.ownLabel) || (object.kind === 'seat' && isBlank(object.parent.label))
}

function labelsWhere(
  objects: readonly ChartObject[],
  isAtFault: (object: ChartObject) => boolean,
): string[] {
  return [...new Set(objects.filter(isAtFault).map(({ label }) => label))]
}

/** Of tables the seats are examined, also where the table is sold whole; without seats, the table. */
function labelsWithoutCategory({ objects }: Chart): string[] {
  return labelsWhere(objects, (object) => {
    if (object.category) return false
    return object.kind !== 'table' || (object.bookAsAWhole && object.numSeats === 0)
  })
}

function mixesKindsInCategory(objects: readonly ChartObject[]): boolean {
  const kinds = new Map<string, ChartObject['kind']>()
  return objects.some(({ category, kind }) => {
    if (!category) return false
    const known = kinds.get(category.key) ?? kind
    kinds.set(category.key, known)
    return known !== kind
  })
}

function hasEmptyFloor({ floors }: Chart, objects: readonly ChartObject[]): boolean {
  const used = new Set(objects.map((object) => object.location.floor))
  return floors.some((floor) => !used.has(floor))
}
