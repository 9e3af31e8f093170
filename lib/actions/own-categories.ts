import type { EventHead } from '../inventory/records.ts'
import type { SeatsRead } from '../store/read-seats.ts'
import type { Context } from './context.ts'

/** The category of an object, where its event says another than its chart. */
export interface OwnCategory {
  readonly key: string
  /** Undefined where neither chart nor event has such a category. */
  readonly label: string | undefined
}

/** Finds the category that an event gives an object of its own accord; undefined where it gives none. */
export type FindCategory = (event: EventHead, label: string) => OwnCategory | undefined

/** Reads which categories events give their objects; reads nothing for events that give none. */
export async function ownCategories(
  { store }: Pick<Context, 'store'>,
  reads: readonly SeatsRead[],
): Promise<FindCategory> {
  const telling = reads.filter(({ event }) => event.details !== undefined)
  if (telling.length === 0) return () => undefined
  const charts = telling.flatMap(({ chart }) => chart ?? [])
  const [details, facts] = await Promise.all([
    store.readEventDetails(telling.map(({ event }) => event)),
    store.readChartFacts(charts),
  ])
  return ({ eventId, chartId }, label) => {
    const { objectCategories = {}, categories = [] } = details.get(eventId) ?? {}
    const key = Object.hasOwn(objectCategories, label) ? objectCategories[label] : undefined
    if (key === undefined) return undefined
    const known = [...(facts.get(chartId)?.categories ?? []), ...categories]
    // Two keys are the same category when they read the same.
    const found = known.find((category) => String(category.key) === String(key))
    return { key: String(key), label: found?.label }
  }
}
