import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { ChartHead, EventHead, EventWords } from '../../records/records.ts'
import type { SeasonTold } from '../../rules/notice.ts'
import { wordsAt } from '../../rules/former-words.ts'
import { asDecided } from '../commit/as-decided.ts'
import { readChartItem, readEventItem } from '../table/heads.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet } from '../table/read.ts'
import type { Store } from '../table/store.ts'
import { keys, keyText } from '../table/table.ts'
import { readSeasonFacts } from './season-facts.ts'

/** What a notice says of its event. */
export interface EventFacts {
  readonly event: EventHead
  readonly isTest: boolean
  /** Of an event in a season, and of seasons themselves. */
  readonly season?: SeasonTold
  /** What event and chart were called when a change was made, whatever has been renamed, moved or deleted since. */
  readonly wordsAt: (at: Instant) => EventWords & { readonly chartName: string }
}

/**
 * Reads what notices say of events, by event id, in two requests for up to fifty events; also of events that were deleted in
 * the last days. Charts that were deleted then take one more, and seasons up to three. Absent where the id means no event.
 */
export async function readEventFacts(
  port: Store,
  eventIds: readonly string[],
): Promise<Map<string, EventFacts>> {
  if (eventIds.length === 0) return new Map()
  const byId = await asDecided(port, await batchGet(port, eventIds.map(keys.eventById)))
  const heads = [...byId.values()]
  const events = heads.map(readEventItem)
  const charts = events.flatMap(chartsOf)
  const items = await batchGet(port, [
    ...charts.map(({ workspaceId, chartKey }) => keys.chartHead(workspaceId, chartKey)),
    ...events.map(({ workspaceId }) => keys.workspace(workspaceId)),
  ])
  const named = await readNames(port, charts, items)
  const seasons = await readSeasonFacts(port, events)
  return new Map(
    events.map((event) => {
      const workspace = items.get(keyText(keys.workspace(event.workspaceId)))
      return [
        event.eventId,
        {
          event,
          isTest: workspace?.['test'] === true,
          ...defined({ season: seasons.get(event.eventId) }),
          wordsAt: (at) => {
            const words = wordsAt<EventWords>(event.formerly, event, at)
            const chart = named.get(words.chartId)
            const { name } = chart === undefined ? { name: words.chartKey } : nameAt(chart, at)
            return { ...words, chartName: name }
          },
        },
      ]
    }),
  )
}

type ChartRef = Pick<ChartHead, 'workspaceId' | 'chartKey' | 'chartId'>
type ChartNames = Pick<ChartHead, 'name' | 'formerly'>

const nameAt = ({ formerly, name }: ChartNames, at: Instant) => wordsAt(formerly, { name }, at)

/** The charts that an event is on, and was on. */
function chartsOf({ workspaceId, formerly = [], chartKey, chartId }: EventHead): ChartRef[] {
  const all = [{ chartKey, chartId }, ...formerly.map(({ words }) => words)]
  return all.map((chart) => ({ workspaceId, chartKey: chart.chartKey, chartId: chart.chartId }))
}

/** The names of charts, by chart id: from their heads or, where they were deleted, from what they left. */
async function readNames(
  port: Port,
  charts: readonly ChartRef[],
  items: ReadonlyMap<string, Item>,
): Promise<Map<string, ChartNames>> {
  const names = new Map<string, ChartNames>()
  const ended: ChartRef[] = []
  for (const chart of charts) {
    const item = items.get(keyText(keys.chartHead(chart.workspaceId, chart.chartKey)))
    const head = item && readChartItem(item)
    if (head?.chartId === chart.chartId) names.set(chart.chartId, head)
    else ended.push(chart)
  }
  if (ended.length === 0) return names
  const keyOf = ({ workspaceId, chartKey, chartId }: ChartRef) =>
    keys.chartEnded(workspaceId, chartKey, chartId)
  const left = await batchGet(port, ended.map(keyOf))
  for (const chart of ended) {
    const item = left.get(keyText(keyOf(chart)))
    if (item === undefined) continue
    const { name, was } = item as { name: string; was?: NonNullable<ChartHead['formerly']> }
    names.set(chart.chartId, { name, ...defined({ formerly: was }) })
  }
  return names
}
