import type { LoggedLine } from '../../records/company-log.ts'
import type { CursorPage, CursorRequest } from '../../store/table/cursors.ts'
import type { Context } from '../context.ts'
import * as stored from '../../store/companies/company-log.ts'

/** Reads a page of the log of the caller's company, oldest first. */
export function readCompanyLog(
  { store, caller }: Context,
  request: CursorRequest,
): Promise<CursorPage<LoggedLine>> {
  const { companyId = '' } = caller
  return stored.readCompanyLog(store, companyId, request)
}
