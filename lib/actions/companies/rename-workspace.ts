import type { Outcome } from '../../refusals.ts'
import { changeWorkspace } from './change-workspace.ts'
import type { Context } from '../context.ts'
import { editWorkspace } from '../../store/companies/workspaces.ts'

/** Gives a workspace another name; refuses an unknown one. */
export function renameWorkspace(
  context: Context,
  { workspaceKey, name }: { workspaceKey: string; name: string },
): Promise<Outcome<undefined>> {
  const { store, keyed } = context
  return changeWorkspace(context, workspaceKey, ({ workspaceId }) =>
    editWorkspace(store, workspaceId, { edit: { name }, receipt: keyed?.receiptFor(undefined) }),
  )
}
