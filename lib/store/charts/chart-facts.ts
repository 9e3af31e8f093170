import { factsOf } from '../../venue/chart-facts.ts'
import type { ChartFacts, ChartHead } from '../../records/records.ts'
import { readDrawing } from './drawings.ts'
import { packText, unpackText, type Item } from '../table/items.ts'
import type { ChartAddress } from './manifests.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import { memoryOf, type Store } from '../table/store.ts'
import { keys, keyText } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'
import { WeighedCache } from '../../weighed-cache.ts'
import { readChart } from '../../venue/read-chart.ts'

/** Categories, zones and areas of all charts that a process remembers, each chart counted as ten: some 20 MB at worst. */
const FACTS_CACHED_MAX = 100_000
const CHART_WEIGHT = 10

/** Facts by drawing, which never changes. */
type FactsCache = WeighedCache<ChartFacts>

const noFacts = (): FactsCache => new WeighedCache(FACTS_CACHED_MAX)

/** The puts that make a drawing's facts those of its chart; for the transaction that publishes. */
export function factsWrites(
  port: Port,
  { workspaceId, chartKey }: ChartAddress,
  { drawingId, facts }: { drawingId: string; facts: ChartFacts },
): TransactItem[] {
  const parts = packText(JSON.stringify(facts))
  return parts.map((data, part) => ({
    Put: {
      TableName: port.tableName,
      Item: {
        ...keys.chartFacts(workspaceId, chartKey, part),
        d: drawingId,
        parts: parts.length,
        data,
      },
    },
  }))
}

/** Reads the facts of published charts, in one batch at first sight, by chart id; absent where nothing is published. */
export async function readChartFacts(
  store: Store,
  charts: readonly ChartHead[],
): Promise<Map<string, ChartFacts>> {
  const cache = memoryOf(store, noFacts)
  const unknown = charts.filter(
    ({ published }) => published !== undefined && !cache.has(published.drawingId),
  )
  const firstKeys = unknown.map(({ workspaceId, chartKey }) =>
    keys.chartFacts(workspaceId, chartKey, 0),
  )
  const items = firstKeys.length === 0 ? new Map<string, Item>() : await batchGet(store, firstKeys)
  const found = new Map<string, ChartFacts>()
  for (const chart of charts) {
    const facts = await factsOfOne(store, cache, { chart, items })
    if (facts !== undefined) found.set(chart.chartId, facts)
  }
  return found
}

async function factsOfOne(
  port: Port,
  cache: FactsCache,
  { chart, items }: { chart: ChartHead; items: ReadonlyMap<string, Item> },
): Promise<ChartFacts | undefined> {
  const { published, workspaceId, chartKey } = chart
  if (published === undefined) return undefined
  const { drawingId } = published
  const known = cache.get(drawingId)
  if (known !== undefined) return known
  const first = items.get(keyText(keys.chartFacts(workspaceId, chartKey, 0)))
  const facts = (await readStored(port, chart, first)) ?? (await readAnew(port, chart))
  if (facts === undefined) return undefined
  const { categories, zones, areas } = facts
  const weight = CHART_WEIGHT + categories.length + zones.length + areas.length
  return cache.add(drawingId, () => ({ value: facts, weight }))
}

/** Undefined where the parts belong to another drawing: the chart was published anew meanwhile. */
async function readStored(
  port: Port,
  { workspaceId, chartKey, published }: ChartHead,
  first: Item | undefined,
): Promise<ChartFacts | undefined> {
  if (first === undefined) return undefined
  const restKeys = Array.from({ length: (first['parts'] as number) - 1 }, (_, index) =>
    keys.chartFacts(workspaceId, chartKey, index + 1),
  )
  const rest = restKeys.length === 0 ? new Map<string, Item>() : await batchGet(port, restKeys)
  const parts = [first, ...restKeys.flatMap((key): Item[] => [rest.get(keyText(key)) ?? []].flat())]
  const isWhole = parts.length === restKeys.length + 1
  if (!isWhole || parts.some(({ d }) => d !== published?.drawingId)) return undefined
  const text = unpackText(parts.map(({ data }) => data as Uint8Array))
  const facts = JSON.parse(text) as ChartFacts | Omit<ChartFacts, 'broken' | 'areas' | 'objects'>
  // Those that were kept before rules were looked at, areas, and the number of objects, say less than is asked of them.
  return 'broken' in facts && 'areas' in facts && 'objects' in facts ? facts : undefined
}

/** For charts that were published before facts were kept, or are published anew right now. */
async function readAnew(port: Port, { published }: ChartHead): Promise<ChartFacts | undefined> {
  const text = published === undefined ? undefined : await readDrawing(port, published)
  return text === undefined ? undefined : factsOf(readChart(JSON.parse(text)))
}
