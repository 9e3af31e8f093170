import { instant, type Instant } from '../../clock.ts'
import { assert } from '../../faults.ts'
import { defined } from '../../defined.ts'
import type { EventHead, Workspace } from '../../records/records.ts'
import type { ObjectUsage } from '../../rules/usage.ts'
import type { Context } from '../context.ts'
import { getCharts } from '../../store/charts/charts.ts'
import { getCompany } from '../../store/companies/companies.ts'
import { listWorkspaces } from '../../store/companies/workspaces.ts'
import { listEventsFrom } from '../../store/events/events.ts'
import {
  readKeptObjects,
  readKeptUsage,
  readUsage,
  type UsageRange,
} from '../../store/events/usage.ts'

/** What one event used in a month. */
export interface EventUsage {
  readonly month: string
  readonly workspace: Pick<Workspace, 'serial'>
  readonly chart: { readonly key: string; readonly name: string }
  readonly event: { readonly serial: number; readonly eventKey: string }
  readonly isDeleted: boolean
  readonly used: number
}

/** Entries of a list that are read at once. */
const PAGE = 500

/** Events whose history is read side by side: each is as many queries as it has partitions. */
const SIDE_BY_SIDE = 8

/** Counts what the events of the caller's company used, in one month or in all, deleted ones too; only where that is something. */
export async function readCompanyUsage(context: Context, month?: string): Promise<EventUsage[]> {
  const workspaces = await workspacesOf(context)
  const found: EventUsage[] = []
  for (const workspace of workspaces) {
    const { workspaceId } = workspace
    // First those that are gone: an event that goes meanwhile is counted while it is there, or not at all.
    const kept = await readKeptUsage(context.store, { workspaceId, month })
    const gone = new Set(kept.map(({ serial }) => serial))
    const events = (await eventsOf(context, workspaceId)).filter(({ serial }) => !gone.has(serial))
    const counted = await countedOf(context, { events, workspace, month })
    const deleted = kept.map(({ serial, eventKey, ...usage }): EventUsage => {
      return { ...usage, workspace, event: { serial, eventKey }, isDeleted: true }
    })
    found.push(...[...deleted, ...counted].sort((a, b) => a.event.serial - b.event.serial))
  }
  return found
}

/** Counts what one event of the caller's company used in a month, by its number: nothing where there is no such event. */
export async function readEventUsage(
  context: Context,
  { month, serial }: { month: string; serial: number },
): Promise<readonly ObjectUsage[]> {
  for (const { workspaceId } of await workspacesOf(context)) {
    const kept = await readKeptObjects(context.store, { workspaceId, month, serial })
    if (kept !== undefined) return kept
    const request = { limit: 1, after: serial + 1 }
    const { items } = await listEventsFrom(context.store, workspaceId, request)
    const [event] = items.filter((head) => head.serial === serial)
    if (event === undefined) continue
    for await (const { objects } of readUsage(context.store, event, rangeOf(month))) return objects
  }
  return []
}

/** Reads the number of the caller's company. */
export async function readCompanyNumber({
  store,
  caller: { companyId = '' },
}: Context): Promise<number> {
  const company = await getCompany(store, companyId)
  assert(company !== undefined, 'an admin key is of no company')
  return company.serial
}

async function workspacesOf({ store, caller: { companyId = '' } }: Context): Promise<Workspace[]> {
  const all = { companyId, isWanted: () => true }
  const workspaces = await everything((request) => listWorkspaces(store, all, request))
  return workspaces.sort((a, b) => a.serial - b.serial)
}

function eventsOf({ store }: Context, workspaceId: string): Promise<EventHead[]> {
  return everything((request) => listEventsFrom(store, workspaceId, request))
}

async function everything<T extends { readonly serial: number }>(
  list: (request: { limit: number; after?: number }) => Promise<{
    readonly items: readonly T[]
    readonly hasMore: boolean
  }>,
): Promise<T[]> {
  const all: T[] = []
  for (;;) {
    const last = all.at(-1)?.serial
    const { items, hasMore } = await list({ limit: PAGE, ...defined({ after: last }) })
    all.push(...items)
    if (!hasMore) return all
  }
}

async function countedOf(
  { store }: Context,
  wanted: {
    readonly events: readonly EventHead[]
    readonly workspace: Workspace
    readonly month: string | undefined
  },
): Promise<EventUsage[]> {
  const { events, workspace, month } = wanted
  const range = month === undefined ? {} : rangeOf(month)
  const chartKeys = events.map(({ chartKey }) => chartKey)
  const charts = await getCharts(store, workspace.workspaceId, chartKeys)
  const found: EventUsage[] = []
  for (let start = 0; start < events.length; start += SIDE_BY_SIDE) {
    const some = events.slice(start, start + SIDE_BY_SIDE)
    const counted = await Promise.all(
      some.map(async (event): Promise<EventUsage[]> => {
        const { chartKey: key, serial, eventKey } = event
        const of = {
          workspace,
          chart: { key, name: charts.get(key)?.name ?? key },
          event: { serial, eventKey },
          isDeleted: false,
        }
        const months: EventUsage[] = []
        for await (const { month: told, objects } of readUsage(store, event, range)) {
          const used = objects.reduce((all, object) => all + object.used, 0)
          if (used > 0) months.push({ ...of, month: told, used })
        }
        return months
      }),
    )
    found.push(...counted.flat())
  }
  return found
}

function rangeOf(month: string): UsageRange {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return { from: startOf(year, number - 1), until: startOf(year, number) }
}

function startOf(year: number, month: number): Instant {
  return instant(Date.UTC(year, month, 1))
}
