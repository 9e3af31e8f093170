import type { Company, Workspace } from '../../records/records.ts'
import type { SecretName } from '../../secrets.ts'
import type { KeyOnFile } from '../../store/companies/api-keys.ts'

/** Derives a secret from its name. */
export type Derive = (name: SecretName) => string

/** The key that opens all workspaces of a company. */
export function adminKeyOf(
  derive: Derive,
  { companyId, keyGeneration: generation }: Pick<Company, 'companyId' | 'keyGeneration'>,
): KeyOnFile {
  const key = derive({ purpose: 'admin-key', id: companyId, generation })
  return { key, record: { keyId: `admin-${companyId}`, kind: 'admin', companyId } }
}

/** The key of a company's drawing tool; nothing takes it yet. */
export function designerKeyOf(
  derive: Derive,
  { companyId, designerKeyGeneration: generation }: DesignerKeyOwner,
): string {
  return derive({ purpose: 'designer-key', id: companyId, generation })
}

type DesignerKeyOwner = Pick<Company, 'companyId' | 'designerKeyGeneration'>

/** A secret key of a workspace, which shows it again whenever it is asked for. */
export function workspaceKeyOf(
  derive: Derive,
  { workspaceId }: Pick<Workspace, 'workspaceId'>,
  generation: number,
): KeyOnFile {
  const key = derive({ purpose: 'workspace-key', id: workspaceId, generation })
  return { key, record: { keyId: `workspace-${workspaceId}`, kind: 'secret', workspaceId } }
}

/** All secret keys that open a workspace, the oldest first. */
export function workspaceKeysOf(derive: Derive, workspace: Workspace): KeyOnFile[] {
  return workspace.keyGenerations.map((generation) => workspaceKeyOf(derive, workspace, generation))
}
