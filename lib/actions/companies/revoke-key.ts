import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Administration } from './administration.ts'
import { revokeApiKey } from '../../store/companies/api-keys.ts'

/**
 * Takes a key off file: processes that looked it up lately believe it for a minute more. Refuses a key that the workspace
 * does not have, or not any more.
 */
export async function revokeKey(
  { store }: Pick<Administration, 'store'>,
  workspaceId: string,
  keyId: string,
): Promise<Outcome<{ keyId: string }>> {
  const isRevoked = await revokeApiKey(store, workspaceId, keyId)
  return isRevoked ? succeed({ keyId }) : refuse({ code: 'key-not-found', keyId })
}
