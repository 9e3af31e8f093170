import { refuse, type Outcome } from '../../refusals.ts'
import { changeWorkspace } from './change-workspace.ts'
import type { Context } from '../context.ts'

/** Switches a workspace on or off, seen everywhere within a minute; refuses an unknown one, and the default off. */
export function switchWorkspace(
  context: Context,
  { workspaceKey, isActive }: { workspaceKey: string; isActive: boolean },
): Promise<Outcome<undefined>> {
  const { store, keyed } = context
  return changeWorkspace(context, workspaceKey, async (workspace, { isDefault }) => {
    const receipt = keyed?.receiptFor(undefined)
    if (isActive) return store.activateWorkspace(workspace, receipt)
    if (isDefault) return refuse({ code: 'workspace-is-default', workspaceKey })
    const company = await store.getCompany(workspace.companyId)
    return company === undefined
      ? false
      : store.deactivateWorkspace(workspace, { company, receipt })
  })
}
