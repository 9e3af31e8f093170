import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { ListedKey } from '../../store/companies/api-keys.ts'
import type { Administration } from './administration.ts'

/** Lists a workspace's keys, revoked ones too, without their texts; refuses an unknown workspace. */
export async function listKeys(
  { store }: Pick<Administration, 'store'>,
  workspaceId: string,
): Promise<Outcome<ListedKey[]>> {
  const workspace = await store.getWorkspace(workspaceId)
  if (workspace === undefined) return refuse({ code: 'workspace-not-found', workspaceId })
  return succeed(await store.listApiKeys(workspaceId))
}
