import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import type { Context } from './context.ts'
import { getWorkspace } from './get-workspace.ts'

/** Switches a workspace on or off, seen everywhere within a minute; refuses an unknown one, and the default off. */
export async function switchWorkspace(
  context: Context,
  { workspaceKey, isActive }: { workspaceKey: string; isActive: boolean },
): Promise<Outcome<undefined>> {
  const { store, keyed } = context
  const found = await getWorkspace(context, workspaceKey)
  if (!found.ok) return found
  const { secretKey, isDefault, ...workspace } = found.value
  if (isDefault && !isActive) return refuse({ code: 'workspace-is-default', workspaceKey })
  await store.putWorkspace({ ...workspace, isActive }, keyed?.receiptFor(undefined))
  return succeed(undefined)
}
