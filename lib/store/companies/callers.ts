import { defined } from '../../defined.ts'
import type { AdmissionKeys, WorkspaceSettings } from '../../records/records.ts'
import { findApiKey, type ApiKey, type ApiKeyKind } from './api-keys.ts'
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
  /** What admission tokens of the workspace are signed with. */
  readonly admissionKeys?: AdmissionKeys
}

/** What a key opens, or why nothing. */
export type FoundCaller =
  | { readonly status: 'found'; readonly caller: KnownCaller }
  | { readonly status: 'unknown' | 'no-workspace' | 'other-workspace' | 'inactive' }

/** What is presented: a key, and the public key of the workspace that is meant. */
export interface Presented {
  readonly key: string
  readonly workspaceKey: string | undefined
  /** Whether the key may be the public one of a workspace. */
  readonly mayBePublic?: boolean
}

/** The form of public keys: nothing else is looked up as one. */
const PUBLIC_FORM = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/**
 * Finds who a key is: a workspace's key in its workspace, a company's in the workspace that is named, or in the
 * company's default. Two reads, three for a company's key and for a public one, one more where a workspace is named.
 */
export async function findCaller(
  port: Port,
  { key, workspaceKey, mayBePublic = false }: Presented,
): Promise<FoundCaller> {
  const onFile = await findApiKey(port, key)
  const found = onFile ?? (mayBePublic ? await findPublic(port, key) : undefined)
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
    const admitted = defined({ admissionKeys: workspace.admissionKeys })
    return { status: 'found', caller: { keyId, kind: 'secret', ...place, settings, ...admitted } }
  }
  const { workspaceId } = found
  if (named !== undefined && named.workspaceId !== workspaceId) {
    return { status: 'other-workspace' }
  }
  const workspace = await getWorkspace(port, workspaceId)
  if (workspace?.isActive === false) return { status: 'inactive' }
  const settings = workspace?.settings ?? defaultSettings
  const publicKey = workspace?.workspaceKey ?? workspaceId
  const owner = defined({
    ownerId: workspace?.companyId,
    admissionKeys: workspace?.admissionKeys,
  })
  return { status: 'found', caller: { ...found, workspaceKey: publicKey, settings, ...owner } }
}

/** The public key of a workspace opens what its publishable keys open; secret keys have the same form, and were looked for before. */
async function findPublic(port: Port, key: string): Promise<ApiKey | undefined> {
  if (!PUBLIC_FORM.test(key)) return undefined
  const named = await findWorkspace(port, key)
  if (named === undefined) return undefined
  const { workspaceId } = named
  return { keyId: `public-${workspaceId}`, kind: 'publishable', workspaceId }
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
