import { groupingsWithin, type GroupKeys, type Grouping, type ReportType } from './groupings.ts'

// From objects to reports. An object is listed once; it is counted by its places, which may be in several states at once, and so
// falls into portions.

/** Places that are alike in everything that is counted by. */
export interface Portion {
  readonly places: number
  readonly keys: GroupKeys
}

/** How many places a group has, and how they are divided by something else. */
export type Summary = { readonly count: number } & Partial<Record<Grouping, Counts>>
type Counts = Record<string, number>

/** The same, with a summary of each inner group. */
export type DeepSummary = { readonly count: number } & Partial<
  Record<Grouping, Record<string, Summary>>
>

/** What is counted: by what, within which groups that are always told, and by what else inside. */
export interface Counting {
  readonly by: Grouping
  readonly always: readonly string[]
  readonly groupings: readonly Grouping[]
}

/** Lists of objects by group, in the order in which the objects came; of one group where only that is wanted. */
export function listBy<Info>(
  objects: readonly { readonly info: Info; readonly keys: GroupKeys }[],
  { by, always, only }: { by: ReportType; always: readonly string[]; only?: string | undefined },
): Record<string, Info[]> {
  const wanted = only === undefined ? objects : objects.filter(({ keys }) => keys[by] === only)
  return grouped(wanted, { by, always: only === undefined ? always : [only] }, (ofGroup) =>
    ofGroup.map(({ info }) => info),
  )
}

/** Counts of all groups. */
export function summarize(portions: readonly Portion[], counting: Counting) {
  const { by, groupings } = counting
  const within = groupingsWithin(groupings, by)
  return grouped(merged(portions), counting, (ofGroup) => summaryOf(ofGroup, within))
}

/** Counts of all groups, and of the groups inside of those. */
export function summarizeDeeply(portions: readonly Portion[], counting: Counting) {
  const { by, groupings } = counting
  const within = groupingsWithin(groupings, by)
  return grouped(merged(portions), counting, (ofGroup): DeepSummary => {
    const inner: Partial<Record<Grouping, Record<string, Summary>>> = {}
    for (const grouping of within) {
      const rest = groupingsWithin(within, grouping)
      inner[grouping] = grouped(ofGroup, { by: grouping }, (deeper) => summaryOf(deeper, rest))
    }
    return { count: sum(ofGroup), ...inner }
  })
}

function summaryOf(portions: readonly Portion[], within: readonly Grouping[]): Summary {
  const inner: Partial<Record<Grouping, Counts>> = {}
  for (const grouping of within) inner[grouping] = grouped(portions, { by: grouping }, sum)
  return { count: sum(portions), ...inner }
}

function sum(portions: readonly Portion[]): number {
  return portions.reduce((all, { places }) => all + places, 0)
}

/** Most seats of a hall are like many others: each kind is then counted once. Places that there are none of are in no group. */
function merged(portions: readonly Portion[]): Portion[] {
  const kinds = new Map<string, { places: number; keys: GroupKeys }>()
  for (const { places, keys } of portions) {
    if (places === 0) continue
    const { byLabel, byOrderId, ...counted } = keys
    const name = JSON.stringify(Object.values(counted))
    const kind = kinds.get(name)
    if (kind === undefined) kinds.set(name, { places, keys: counted })
    else kind.places += places
  }
  return [...kinds.values()]
}

/** A group may be called anything, `__proto__` too. */
function grouped<Item extends { readonly keys: GroupKeys }, Told>(
  items: readonly Item[],
  { by, always = [] }: { by: ReportType; always?: readonly string[] },
  tell: (ofGroup: readonly Item[]) => Told,
): Record<string, Told> {
  const groups = new Map<string, Item[]>(always.map((key) => [key, []]))
  for (const item of items) {
    const key = item.keys[by] ?? ''
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return Object.fromEntries([...groups].map(([key, ofGroup]) => [key, tell(ofGroup)]))
}
