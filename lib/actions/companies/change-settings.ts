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
  readonly holdMinutesMax?: number | null
  readonly extensionsMax?: number | null
}

/** Changes a workspace's settings, seen everywhere within a minute; refuses an unknown workspace. */
export async function changeSettings(
  { store }: Pick<Administration, 'store'>,
  workspaceId: string,
  change: SettingsChange,
): Promise<Outcome<Workspace>> {
  const workspace = await getWorkspace(store, workspaceId)
  if (workspace === undefined) return refuse({ code: 'workspace-not-found', workspaceId })
  const former = workspace.settings
  const { publishableMayBook, publishableMayOpenChannels } = former
  const cap = (name: 'liveHoldsMax' | 'holdMinutesMax' | 'extensionsMax') =>
    change[name] === undefined ? former[name] : (change[name] ?? undefined)
  const settings = {
    publishableMayBook: change.publishableMayBook ?? publishableMayBook,
    ...defined({
      publishableMayOpenChannels: change.publishableMayOpenChannels ?? publishableMayOpenChannels,
      liveHoldsMax: cap('liveHoldsMax'),
      holdMinutesMax: cap('holdMinutesMax'),
      extensionsMax: cap('extensionsMax'),
    }),
  }
  const isChanged = await editWorkspace(store, workspaceId, { edit: { settings } })
  if (!isChanged) return refuse({ code: 'workspace-not-found', workspaceId })
  return succeed({ ...workspace, settings })
}
