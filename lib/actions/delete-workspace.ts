import { refuse, type Outcome } from '../inventory/refusals.ts'
import { changeWorkspace } from './change-workspace.ts'
import type { Context } from './context.ts'

/** Deletes a workspace that is switched off, with all its keys; refuses an unknown one, and one that is on. */
export function deleteWorkspace(
  context: Context,
  workspaceKey: string,
): Promise<Outcome<undefined>> {
  const { store, keyed } = context
  return changeWorkspace(context, workspaceKey, async (workspace, { secretKey }) => {
    if (workspace.isActive) return refuse({ code: 'workspace-is-active', workspaceKey })
    const receipt = keyed?.receiptFor(undefined)
    return store.deleteWorkspace(workspace, { secretKey, receipt })
  })
}
