import { assert } from '../../faults.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import { changeWorkspace } from './change-workspace.ts'
import type { Context } from '../context.ts'
import { workspaceKeyOf } from './derived-keys.ts'
import { replaceWorkspaceKey } from '../../store/companies/workspaces.ts'

/** Gives a workspace another secret key in the place of the one it has; refuses an unknown one. */
export async function regenerateWorkspaceKey(
  context: Context,
  workspaceKey: string,
): Promise<Outcome<string>> {
  const { store, keyed, deriveSecret } = context
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
  let key = ''
  const changed = await changeWorkspace(context, workspaceKey, (workspace) => {
    const before = workspaceKeyOf(deriveSecret, workspace).key
    const keyGeneration = workspace.keyGeneration + 1
    const after = workspaceKeyOf(deriveSecret, { ...workspace, keyGeneration })
    key = after.key
    const receipt = keyed?.receiptFor(key)
    return replaceWorkspaceKey(store, workspace, { before, after, receipt })
  })
  return changed.ok ? succeed(key) : changed
}
