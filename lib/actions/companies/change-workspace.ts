import type { Workspace } from '../../records/records.ts'
import { succeed, type Outcome, type Refused } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
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
  return inRoundsOn(context, { what: 'workspace', key: workspaceKey }, async () => {
    const found = await findWorkspace(context, workspaceKey)
    if (!found.ok) return found
    const { workspace, isDefault } = found.value
    const changed = await change(workspace, { isDefault })
    if (typeof changed !== 'boolean') return changed
    if (changed) {
      context.forgetKeys?.()
      return succeed(undefined)
    }
    return undefined
  })
}
