import { refuse, type Outcome } from '../../refusals.ts'
import { changeWorkspace } from './change-workspace.ts'
import type { Context } from '../context.ts'
import { activateWorkspace, deactivateWorkspace } from '../../store/companies/workspaces.ts'
import { getCompany } from '../../store/companies/companies.ts'

/** Switches a workspace on or off, seen everywhere within a minute; refuses an unknown one, and the default off. */
export function switchWorkspace(
  context: Context,
  { workspaceKey, isActive }: { workspaceKey: string; isActive: boolean },
): Promise<Outcome<undefined>> {
  const { store, keyed } = context
  return changeWorkspace(context, workspaceKey, async (workspace, { isDefault }) => {
    const receipt = keyed?.receiptFor(undefined)
    if (isActive) return activateWorkspace(store, workspace, receipt)
    if (isDefault) return refuse({ code: 'workspace-is-default', workspaceKey })
    const company = await getCompany(store, workspace.companyId)
    return company === undefined
      ? false
      : deactivateWorkspace(store, workspace, { company, receipt })
  })
}
