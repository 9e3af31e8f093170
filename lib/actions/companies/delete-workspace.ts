import { refuse, type Outcome } from '../../refusals.ts'
import { assert } from '../../faults.ts'
import { changeWorkspace } from './change-workspace.ts'
import type { Context } from '../context.ts'
import { workspaceKeysOf } from './derived-keys.ts'
import * as stored from '../../store/companies/workspaces.ts'

/** Deletes a workspace that is switched off, with all its keys; refuses an unknown one, and one that is on. */
export function deleteWorkspace(
  context: Context,
  workspaceKey: string,
): Promise<Outcome<undefined>> {
  const { store, keyed, deriveSecret } = context
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
  return changeWorkspace(context, workspaceKey, async (workspace) => {
    if (workspace.isActive) return refuse({ code: 'workspace-is-active', workspaceKey })
    const secretKeys = workspaceKeysOf(deriveSecret, workspace)
    const receipt = keyed?.receiptFor(undefined)
    return stored.deleteWorkspace(store, workspace, { secretKeys, receipt })
  })
}
