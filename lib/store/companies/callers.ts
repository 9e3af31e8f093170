import { defined } from '../../defined.ts'
import type { WorkspaceSettings } from '../../records/records.ts'
import { findApiKey, type ApiKeyKind } from './api-keys.ts'
import { getCompany } from './companies.ts'
import type { Port } from '../table/port.ts'
import { defaultSettings, findWorkspace, getWorkspace } from './workspaces.ts'

/** Who a key is, in the workspace that it opens. */
export interface KnownCaller {
  readonly keyId: string
  readonly kind: ApiKeyKind
  readonly workspaceId: string
  readonly workspaceKey: string
  /** Where it is a company's key. */
  readonly companyId?: string
  /** The company that the workspace belongs to, or that is administered. */
  readonly ownerId?: string
  readonly settings: WorkspaceSettings
}

/** What a key opens, or why nothing. */
export type FoundCaller =
  | { readonly status: 'found'; readonly caller: KnownCaller }
  | { readonly status: 'unknown' | 'no-workspace' | 'other-workspace' | 'inactive' }

/** What is presented: a key, and the public key of the workspace that is meant. */
export interface Presented {
  readonly key: string
  readonly workspaceKey: string | undefined
}

/**
 * Finds who a key is: a workspace's key in its workspace, a company's in the workspace that is named, or in the
 * company's default. Two reads, three for a company's key, one more where a workspace is named.
 */
export async function findCaller(
  port: Port,
  { key, workspaceKey }: Presented,
): Promise<FoundCaller> {
  const found = await findApiKey(port, key)
  if (found === undefined) return { status: 'unknown' }
  const named = workspaceKey === undefined ? undefined : await findWorkspace(port, workspaceKey)
  if (workspaceKey !== undefined && named === undefined) return { status: 'no-workspace' }
  if (found.kind === 'admin') {
    const { keyId, companyId } = found
    if (named !== undefined && named.companyId !== companyId) return { status: 'no-workspace' }
    const workspaceId = named?.workspaceId ?? (await defaultOf(port, companyId))
    const workspace = await getWorkspace(port, workspaceId)
    if (workspace === undefined) return { status: 'no-workspace' }
    if (!workspace.isActive) return { status: 'inactive' }
    const { settings, workspaceKey: publicKey } = workspace
    const place = { workspaceId, workspaceKey: publicKey, companyId, ownerId: companyId }
    return { status: 'found', caller: { keyId, kind: 'secret', ...place, settings } }
  }
  const { workspaceId } = found
  if (named !== undefined && named.workspaceId !== workspaceId) {
    return { status: 'other-workspace' }
  }
  const workspace = await getWorkspace(port, workspaceId)
  if (workspace?.isActive === false) return { status: 'inactive' }
  const settings = workspace?.settings ?? defaultSettings
  const publicKey = workspace?.workspaceKey ?? workspaceId
  const owner = defined({ ownerId: workspace?.companyId })
  return { status: 'found', caller: { ...found, workspaceKey: publicKey, settings, ...owner } }
}

/** Finds whose company a key administers, whatever the state of its workspaces. */
export async function findAdministrator(
  port: Port,
  key: string,
): Promise<
  { status: 'found'; caller: KnownCaller } | { readonly status: 'unknown' | 'not-admin' }
> {
  const found = await findApiKey(port, key)
  if (found === undefined) return { status: 'unknown' }
  if (found.kind !== 'admin') return { status: 'not-admin' }
  const { keyId, companyId } = found
  const nowhere = { workspaceId: '', workspaceKey: '', settings: defaultSettings }
  const company = { companyId, ownerId: companyId }
  return { status: 'found', caller: { keyId, kind: 'secret', ...company, ...nowhere } }
}

async function defaultOf(port: Port, companyId: string): Promise<string> {
  const company = await getCompany(port, companyId)
  return company?.defaultWorkspaceId ?? ''
}
