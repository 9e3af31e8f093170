import { refuse, type Outcome } from '../../refusals.ts'
import { changeWorkspace } from './change-workspace.ts'
import type { Context } from '../context.ts'
import * as stored from '../../store/companies/workspaces.ts'

/**
 * Lets admin keys act in that workspace where they name none, seen everywhere within a minute. Refuses an unknown workspace, and
 * one that is switched off.
 */
export function setDefaultWorkspace(
  context: Context,
  workspaceKey: string,
): Promise<Outcome<undefined>> {
  const { store, keyed } = context
  return changeWorkspace(context, workspaceKey, async (workspace) =>
    workspace.isActive
      ? stored.setDefaultWorkspace(store, workspace, keyed?.receiptFor(undefined))
      : refuse({ code: 'workspace-is-inactive', workspaceKey }),
  )
}
