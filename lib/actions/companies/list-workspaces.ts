import type { Workspace } from '../../records/records.ts'
import type { CursorPage, CursorRequest } from '../../store/table/cursors.ts'
import type { Context } from '../context.ts'
import { showWorkspace, type ShownWorkspace } from './get-workspace.ts'
import * as stored from '../../store/companies/workspaces.ts'
import { getCompany } from '../../store/companies/companies.ts'

/** Which workspaces to list, and which part of them. */
export interface WorkspacesRequest extends CursorRequest {
  /** Part of a name or of a public key, in any case. */
  readonly filter?: string
  readonly isActive?: boolean
}

/** Reads a page of the workspaces of the caller's company, newest first. */
export async function listWorkspaces(
  context: Context,
  { filter = '', isActive, ...request }: WorkspacesRequest,
): Promise<CursorPage<ShownWorkspace>> {
  const { store, caller } = context
  const { companyId = '' } = caller
  const wanted = filter.toLowerCase()
  const isWanted = (workspace: Workspace) => {
    const { name, workspaceKey } = workspace
    if (isActive !== undefined && workspace.isActive !== isActive) return false
    return [name, workspaceKey].some((text) => text.toLowerCase().includes(wanted))
  }
  const [page, company] = await Promise.all([
    stored.listWorkspaces(store, { companyId, isWanted }, request),
    getCompany(store, companyId),
  ])
  const isDefault = ({ workspaceId }: Workspace) => company?.defaultWorkspaceId === workspaceId
  const items = page.items.map((workspace) =>
    showWorkspace(context, { workspace, isDefault: isDefault(workspace) }),
  )
  return { ...page, items }
}
