import type { Draft } from './attempt.ts'
import { pickRecent, type Mind } from './invent.ts'
import type { KnownChart } from './memory.ts'

// Requests about charts of the second surface that should work, as far as the lane knows.

/** What an operation asks: variables of the path, query and body. */
export interface Wanted {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Draft['query']
  readonly body?: Readonly<Record<string, unknown>>
  readonly venue?: Draft['venue']
}

const tags = ['indoor', 'a/b', '<b> "quoted" \'x\'', 'é 🎭', '%2F', '+', '__proto__', ':?#[]@']
const names = ['Hall', 'Große Halle', '座席 🎭', '"quoted" \\', ' ', '__proto__']
const categoryKeys = ['1', '2', 'lounge']

/** By what operations are called. */
export const chartMakers: Readonly<Record<string, (mind: Mind) => Wanted>> = {
  updateChart: (mind) => ({
    params: paramsOf(anyChart(mind)),
    body: mind.chance.percent(60)
      ? { name: mind.chance.pick(names) }
      : { categories: [category(mind), { key: 'lounge', label: 'Lounge' }] },
  }),
  listCharts: (mind) => ({ query: [...page(mind), ...chartFilters(mind)] }),
  listArchivedCharts: (mind) => ({ query: [...page(mind), ...chartFilters(mind)] }),
  archiveChart: (mind) => ({ params: paramsOf(pick(mind, ({ isArchived }) => !isArchived)) }),
  unarchiveChart: (mind) => ({ params: paramsOf(pick(mind, ({ isArchived }) => isArchived)) }),
  addTag: (mind) => {
    const tag = mind.chance.pick(tags)
    return { params: { ...paramsOf(anyChart(mind)), tag } }
  },
  removeTag: (mind) => {
    const chart = pick(mind, (it) => it.tags.length > 0)
    return { params: { ...paramsOf(chart), tag: chart?.tags[0] ?? 'none' } }
  },
  addCategory: (mind) => ({ params: paramsOf(anyChart(mind)), body: category(mind) }),
  updateCategory: (mind) => ({
    params: { ...paramsOf(anyChart(mind)), categoryKey: mind.chance.pick(categoryKeys) },
    body: { label: mind.chance.pick(names) },
  }),
  removeCategory: (mind) => ({
    params: { ...paramsOf(anyChart(mind)), categoryKey: mind.chance.pick(categoryKeys) },
  }),
  copyDraftVersion: (mind) => ({ params: paramsOf(pick(mind, hasDraft)) }),
  validateDraftVersion: (mind) => ({ params: paramsOf(pick(mind, hasDraft)) }),
  publishDraft: (mind) => ({ params: paramsOf(pick(mind, hasDraft)) }),
  discardDraft: (mind) => {
    const isDraftOfPublished = (chart: KnownChart) =>
      hasDraft(chart) && chart.published !== undefined
    return { params: paramsOf(pick(mind, isDraftOfPublished)) }
  },
}

/** A chart of which something can be sold. */
export function anyChart(mind: Mind): KnownChart | undefined {
  return pick(mind, ({ published }) => (published?.labels.length ?? 0) > 0)
}

/** Whether a chart has a draft that is not what is published, as far as is known. */
export function hasDraft({ draft, published }: KnownChart): boolean {
  return draft !== published
}

/** The key of a chart as a path has it. */
export function paramsOf(chart: KnownChart | undefined): { readonly chartKey: string } {
  return { chartKey: chart?.chartKey ?? 'chart_none' }
}

/** Which page of a list. */
export function page({ chance }: Mind): Draft['query'] {
  const cursor = chance.pick(['start_after_id', 'end_before_id'])
  const place = chance.pick(['0', '561109401607871', '9007199254740991'])
  return [
    ...(chance.percent(50) ? [['limit', String(1 + chance.below(5))] as const] : []),
    ...(chance.percent(40) ? [[cursor, place] as const] : []),
  ]
}

function pick(
  { memory, chance }: Mind,
  isWanted: (chart: KnownChart) => boolean,
): KnownChart | undefined {
  return pickRecent(memory.charts.filter(isWanted), chance)
}

function category({ chance }: Mind) {
  const key = chance.percent(50) ? 3 + chance.below(1_000) : `own ${chance.below(1_000)}`
  const color = chance.percent(50) ? { color: chance.pick(['blue', '#fff', 'nothing']) } : {}
  return { key, label: chance.pick(names), ...color }
}

function chartFilters({ chance }: Mind): Draft['query'] {
  const expand = ['events', 'validation', 'venueType', 'zones'].filter(() => chance.percent(30))
  return [
    ...(chance.percent(30) ? [['filter', chance.pick(['h', 'VENUE', '座', 'x'])] as const] : []),
    ...(chance.percent(20) ? [['tag', chance.pick(tags)] as const] : []),
    ...expand.map((word) => ['expand', word] as const),
    ...(chance.percent(20) ? [['eventsLimit', String(1 + chance.below(3))] as const] : []),
  ]
}
