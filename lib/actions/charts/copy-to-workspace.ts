import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { DescribedChart } from './chart-validation.ts'
import type { Context } from '../context.ts'
import { copyChart } from './copy-chart.ts'
import { findWorkspace, getWorkspace } from '../../store/companies/workspaces.ts'

/** Which chart, and the public keys of the workspaces from and to which it is copied. */
export interface WorkspaceCopy {
  readonly chartKey: string
  /** Of the workspace in which the caller acts, unless given. */
  readonly fromWorkspaceKey?: string
  readonly toWorkspaceKey: string
}

/**
 * Copies what is published of a chart into a workspace of the same company. Refuses an unknown chart, and workspaces that are
 * unknown to the company or switched off.
 */
export async function copyToWorkspace(
  context: Context,
  { chartKey, fromWorkspaceKey, toWorkspaceKey }: WorkspaceCopy,
): Promise<Outcome<DescribedChart>> {
  const { workspaceId, workspaceKey = workspaceId } = context.caller
  const [from, to] = await Promise.all([
    fromWorkspaceKey === undefined
      ? succeed({ workspaceId, workspaceKey })
      : findActive(context, fromWorkspaceKey),
    findActive(context, toWorkspaceKey),
  ])
  if (!from.ok) return from
  if (!to.ok) return to
  const between = {
    fromWorkspaceId: from.value.workspaceId,
    toWorkspaceId: to.value.workspaceId,
    isNamedAlike: true,
  }
  const copied = await copyChart(context, { chartKey, ...between })
  if (copied.ok || copied.refusal.code !== 'chart-not-found') return copied
  return refuse({ ...copied.refusal, workspaceKey: from.value.workspaceKey })
}

async function findActive(
  { store, caller }: Context,
  workspaceKey: string,
): Promise<Outcome<{ workspaceId: string; workspaceKey: string }>> {
  const found = await findWorkspace(store, workspaceKey)
  const isOwn = found !== undefined && found.companyId === caller.companyId
  const workspace = isOwn ? await getWorkspace(store, found.workspaceId) : undefined
  if (workspace === undefined) {
    return refuse({ code: 'workspace-not-found', workspaceId: workspaceKey })
  }
  return workspace.isActive
    ? succeed(workspace)
    : refuse({ code: 'workspace-is-inactive', workspaceKey })
}
