import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { listApiKeys, type ListedKey } from '../../store/companies/api-keys.ts'
import type { Administration } from './administration.ts'
import { getWorkspace } from '../../store/companies/workspaces.ts'

/** Lists a workspace's keys, revoked ones too, without their texts; refuses an unknown workspace. */
export async function listKeys(
  { store }: Pick<Administration, 'store'>,
  workspaceId: string,
): Promise<Outcome<ListedKey[]>> {
  const workspace = await getWorkspace(store, workspaceId)
  if (workspace === undefined) return refuse({ code: 'workspace-not-found', workspaceId })
  return succeed(await listApiKeys(store, workspaceId))
}
