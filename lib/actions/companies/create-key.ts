import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { deriveSecret } from '../../secrets.ts'
import { addApiKey, type ApiKey, type ApiKeyKind } from '../../store/companies/api-keys.ts'
import type { Administration } from './administration.ts'
import { getWorkspace } from '../../store/companies/workspaces.ts'

/** A new key: the only time that its text is told. */
export interface NewKey extends ApiKey {
  readonly key: string
}

/** Creates a key of a workspace; refuses an unknown workspace. */
export async function createKey(
  { store, ids, masterSecret }: Administration,
  workspaceId: string,
  kind: ApiKeyKind,
): Promise<Outcome<NewKey>> {
  const workspace = await getWorkspace(store, workspaceId)
  if (workspace === undefined) return refuse({ code: 'workspace-not-found', workspaceId })
  const keyId = ids.ulid()
  const prefix = `${kind === 'secret' ? 'sk' : 'pk'}_${workspace.isTest ? 'test' : 'live'}_`
  const secret = deriveSecret(masterSecret, { purpose: 'api-key', id: keyId, generation: 1 })
  const key = `${prefix}${secret}`
  const record = { keyId, kind, workspaceId }
  const isNew = await addApiKey(store, key, record)
  if (!isNew) throw new Error(`Bug: the key id ${keyId} is taken`)
  return succeed({ ...record, key })
}
