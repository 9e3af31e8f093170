import type { Workspace } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import * as stored from '../../store/companies/workspaces.ts'
import { getCompany } from '../../store/companies/companies.ts'

/** A workspace of the caller's company. */
export interface FoundWorkspace {
  readonly workspace: Workspace
  readonly isDefault: boolean
}

/** Finds a workspace of the caller's company by its public key, active or not; refuses an unknown one. */
export async function findWorkspace(
  { store, caller }: Context,
  workspaceKey: string,
): Promise<Outcome<FoundWorkspace>> {
  const { companyId = '' } = caller
  const found = await stored.findWorkspace(store, workspaceKey)
  const isOwn = found?.companyId === companyId
  const [workspace, company] = await Promise.all([
    isOwn ? stored.getWorkspace(store, found.workspaceId) : undefined,
    getCompany(store, companyId),
  ])
  if (workspace === undefined) {
    return refuse({ code: 'workspace-not-found', workspaceId: workspaceKey })
  }
  return succeed({ workspace, isDefault: company?.defaultWorkspaceId === workspace.workspaceId })
}
