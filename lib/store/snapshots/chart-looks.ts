import { SECOND_MS } from '../../limits/durations.ts'
import type { ChartHead } from '../../records/records.ts'
import { readChartItem } from '../table/heads.ts'
import { getItemSoon } from '../table/read.ts'
import { memoryOf, type Store } from '../table/store.ts'
import { keys } from '../table/table.ts'

// Publishing a chart counts for no event, since a chart may have hundreds: whoever polls one of them looks at the head of the chart,
// once in a while and for all of them.

/** Milliseconds for which what was seen of a chart is good enough: a process that is polled all the time pays half a unit for it then. */
export const CHART_LOOK_MS = 2 * SECOND_MS

/** Charts of which a process remembers what it saw. */
const LOOKS_MAX = 10_000

/** Where a chart is found. */
type ChartName = Pick<ChartHead, 'workspaceId' | 'chartKey'>

interface Remembered {
  readonly at: number
  readonly look: Promise<ChartHead | undefined>
}

const noLooks = () => new Map<string, Remembered>()

/** The head of a chart, as it was seen a moment ago or is seen now; undefined where there is none. */
export async function lookAtChart(store: Store, chart: ChartName): Promise<ChartHead | undefined> {
  const looks = memoryOf(store, noLooks)
  const known = looks.get(nameOf(chart))
  const ageMs = known === undefined ? Infinity : store.clock.now() - known.at
  if (known !== undefined && ageMs >= 0 && ageMs < CHART_LOOK_MS) return known.look
  const look = lookNow(store, chart)
  remember(store, chart, look)
  // What failed is not worth remembering.
  look.catch(() => {
    if (looks.get(nameOf(chart))?.look === look) looks.delete(nameOf(chart))
  })
  return look
}

/** What was just read of a chart is what was seen last. */
export function rememberChart(store: Store, chart: ChartHead): void {
  remember(store, chart, Promise.resolve(chart))
}

async function lookNow(
  store: Store,
  { workspaceId, chartKey }: ChartName,
): Promise<ChartHead | undefined> {
  const item = await getItemSoon(store, keys.chartHead(workspaceId, chartKey))
  return item && readChartItem(item)
}

function remember(store: Store, chart: ChartName, look: Remembered['look']): void {
  const looks = memoryOf(store, noLooks)
  looks.delete(nameOf(chart))
  looks.set(nameOf(chart), { at: store.clock.now(), look })
  const [oldest] = looks.keys()
  if (looks.size > LOOKS_MAX && oldest !== undefined) looks.delete(oldest)
}

function nameOf({ workspaceId, chartKey }: ChartName): string {
  return `${workspaceId}\n${chartKey}`
}
