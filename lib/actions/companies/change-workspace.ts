import type { Workspace } from '../../records/records.ts'
import { refuse, succeed, type Outcome, type Refused } from '../../refusals.ts'
import { ROUNDS_MAX, type Context } from '../context.ts'
import { findWorkspace, type FoundWorkspace } from './find-workspace.ts'

/** Makes a change of a workspace as it was read: false when it was changed meanwhile. */
export type WorkspaceChange = (
  workspace: Workspace,
  found: Pick<FoundWorkspace, 'isDefault'>,
) => Promise<boolean | Refused>

/**
 * Reads a workspace and changes it, anew if somebody changed it meanwhile; its keys are looked up again afterwards. Refuses an
 * unknown workspace.
 */
export async function changeWorkspace(
  context: Context,
  workspaceKey: string,
  change: WorkspaceChange,
): Promise<Outcome<undefined>> {
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    const found = await findWorkspace(context, workspaceKey)
    if (!found.ok) return found
    const { workspace, isDefault } = found.value
    const changed = await change(workspace, { isDefault })
    if (typeof changed !== 'boolean') return changed
    if (changed) {
      context.forgetKeys?.()
      return succeed(undefined)
    }
    await context.backOff(round)
  }
  return refuse({ code: 'record-busy', what: 'workspace', key: workspaceKey })
}
