import { assert } from '../faults.ts'
import type { Company, Workspace } from '../inventory/records.ts'
import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import type { Context } from './context.ts'
import { workspaceKeyOf } from './derived-keys.ts'

/** A workspace as its company sees it. */
export interface ShownWorkspace extends Workspace {
  readonly secretKey: string
  readonly isDefault: boolean
}

/** Finds a workspace of the caller's company by its public key, active or not; refuses an unknown one. */
export async function getWorkspace(
  context: Context,
  workspaceKey: string,
): Promise<Outcome<ShownWorkspace>> {
  const { store, caller } = context
  const { companyId = '' } = caller
  const found = await store.findWorkspace(workspaceKey)
  const isOwn = found?.companyId === companyId
  const [workspace, company] = await Promise.all([
    isOwn ? store.getWorkspace(found.workspaceId) : undefined,
    store.getCompany(companyId),
  ])
  if (workspace === undefined) {
    return refuse({ code: 'workspace-not-found', workspaceId: workspaceKey })
  }
  return succeed(showWorkspace(context, workspace, company))
}

/** Puts what only its company sees to a workspace. */
export function showWorkspace(
  { deriveSecret }: Context,
  workspace: Workspace,
  company: Company | undefined,
): ShownWorkspace {
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
  return {
    ...workspace,
    secretKey: workspaceKeyOf(deriveSecret, workspace).key,
    isDefault: company?.defaultWorkspaceId === workspace.workspaceId,
  }
}
