import type {
  BookableObject,
  ChartRendererConfigOptions,
  SelectableObject,
} from '@seatsio/seatsio-types'
import type { Settings } from '../element/public.ts'
import type { Letter } from '../sale/sale.ts'

/** Names that the vendor has given up and still serves, as do we. */
type Former = 'holdOnSelect' | 'tooltipInfo' | 'isObjectSelectable' | 'onSelectedObjectBooked'

/** What a page configures. Pages are not compiled against the types, so that each value is looked at before it is used. */
export type Config = Omit<Partial<ChartRendererConfigOptions>, Former> & {
  readonly holdOnSelect?: boolean
  readonly tooltipInfo?: (object: SelectableObject) => string
  readonly isObjectSelectable?: (object: SelectableObject) => boolean
  readonly onSelectedObjectBooked?: (object: BookableObject) => void
  /** Where the API is, if not where the script came from. */
  readonly apiUrl?: string
  /** The former name of `workspaceKey`. */
  readonly publicKey?: string
  /** As the map takes it: ours. */
  readonly admissionToken?: Settings['admissionToken']
}

/** The event that a page shows. */
export function eventOf({ event, events }: Config): string {
  return event ?? events?.[0] ?? ''
}

/** The key that a page has. */
export function keyOf({ workspaceKey, publicKey }: Config): string {
  return workspaceKey ?? publicKey ?? ''
}

/** How a page holds; the former `holdOnSelect` went on over a reload. */
export function sessionOf({
  session,
  holdOnSelect,
}: Config): NonNullable<ChartRendererConfigOptions['session']> {
  const given = session ?? (holdOnSelect === true ? 'continue' : 'none')
  return ['start', 'continue', 'manual'].includes(given) ? given : 'none'
}

/** Keys and labels of categories as texts, which is how they are compared. */
export function categoryTexts(
  keys: readonly (string | number)[] | undefined,
): string[] | undefined {
  return Array.isArray(keys) ? keys.map(String) : undefined
}

/** Whether a list names a category, by its key or its label; no list names them all. */
export function namesCategory(
  list: readonly (string | number)[] | undefined,
  category: { readonly key: string; readonly label: string } | undefined,
): boolean {
  const texts = categoryTexts(list)
  if (texts === undefined) return true
  return category !== undefined && (texts.includes(category.key) || texts.includes(category.label))
}

const forced = new WeakMap<object, ReadonlySet<string>>()

/** Whether the page lets this be selected whoever has it. */
export function isSelectableAnyway({ selectableObjects }: Config, label: string): boolean {
  if (!Array.isArray(selectableObjects)) return false
  const known = forced.get(selectableObjects)
  if (known) return known.has(label)
  const labels = selectableObjects.map((each) => (typeof each === 'string' ? each : each.label))
  forced.set(selectableObjects, new Set(labels))
  return labels.includes(label)
}

/** Letters of what somebody has. */
export const TAKEN: readonly Letter[] = ['h', 'b', 't']
