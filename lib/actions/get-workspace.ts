import { assert } from '../faults.ts'
import type { Workspace } from '../inventory/records.ts'
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
  { store, caller, deriveSecret }: Context,
  workspaceKey: string,
): Promise<Outcome<ShownWorkspace>> {
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
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
  return succeed({
    ...workspace,
    secretKey: workspaceKeyOf(deriveSecret, workspace).key,
    isDefault: company?.workspaceIds[0] === workspace.workspaceId,
  })
}
