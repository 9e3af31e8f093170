import type { ChartHead } from '../../records/records.ts'
import * as stored from '../../store/charts/chart-lists.ts'
import type { Page, PageRequest } from '../../store/table/listings.ts'
import type { Context } from '../context.ts'

/** Reads a page of the workspace's charts in use, newest first. */
export function listCharts(
  { store, caller }: Context,
  request: PageRequest,
): Promise<Page<ChartHead>> {
  return stored.listCharts(store, caller.workspaceId, request)
}

/** The tags of all charts of the workspace. */
export function listTags({ store, caller }: Context): Promise<string[]> {
  return stored.listTags(store, caller.workspaceId)
}
