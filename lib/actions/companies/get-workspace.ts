import { assert } from '../../faults.ts'
import type { Workspace } from '../../records/records.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { workspaceKeysOf } from './derived-keys.ts'
import { findWorkspace, type FoundWorkspace } from './find-workspace.ts'

/** A workspace as its company sees it. */
export interface ShownWorkspace extends Workspace {
  /** All that open it, the oldest first. */
  readonly secretKeys: readonly string[]
  readonly isDefault: boolean
}

/** Shows a workspace of the caller's company by its public key, active or not; refuses an unknown one. */
export async function getWorkspace(
  context: Context,
  workspaceKey: string,
): Promise<Outcome<ShownWorkspace>> {
  const found = await findWorkspace(context, workspaceKey)
  return found.ok ? succeed(showWorkspace(context, found.value)) : found
}

/** Puts what only its company sees to a workspace. */
export function showWorkspace(
  { deriveSecret }: Context,
  { workspace, isDefault }: FoundWorkspace,
): ShownWorkspace {
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
  const secretKeys = workspaceKeysOf(deriveSecret, workspace).map(({ key }) => key)
  return { ...workspace, secretKeys, isDefault }
}
