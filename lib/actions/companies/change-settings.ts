import { defined } from '../../defined.ts'
import type { Workspace } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Administration } from './administration.ts'
import { getWorkspace, editWorkspace } from '../../store/companies/workspaces.ts'

/** Settings to change; a cap of null takes it away. */
export interface SettingsChange {
  readonly publishableMayBook?: boolean
  readonly publishableMayOpenChannels?: boolean
  readonly liveHoldsMax?: number | null
}

/** Changes a workspace's settings, seen everywhere within a minute; refuses an unknown workspace. */
export async function changeSettings(
  { store }: Pick<Administration, 'store'>,
  workspaceId: string,
  change: SettingsChange,
): Promise<Outcome<Workspace>> {
  const workspace = await getWorkspace(store, workspaceId)
  if (workspace === undefined) return refuse({ code: 'workspace-not-found', workspaceId })
  const {
    liveHoldsMax: former,
    publishableMayBook,
    publishableMayOpenChannels,
  } = workspace.settings
  const cap = change.liveHoldsMax === undefined ? former : (change.liveHoldsMax ?? undefined)
  const settings = {
    publishableMayBook: change.publishableMayBook ?? publishableMayBook,
    ...defined({
      publishableMayOpenChannels: change.publishableMayOpenChannels ?? publishableMayOpenChannels,
      liveHoldsMax: cap,
    }),
  }
  const isChanged = await editWorkspace(store, workspaceId, { edit: { settings } })
  if (!isChanged) return refuse({ code: 'workspace-not-found', workspaceId })
  return succeed({ ...workspace, settings })
}
