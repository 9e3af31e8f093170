import { defined } from '../../defined.ts'
import type { NewCompany, Workspace, WorkspaceSettings } from '../../records/records.ts'
import { deriveSecret } from '../../secrets.ts'
import type { Administration } from './administration.ts'
import { adminKeyOf, workspaceKeyOf, type Derive } from './derived-keys.ts'
import { newSerial } from '../../store/table/serials.ts'
import * as stored from '../../store/companies/companies.ts'

/** What a new workspace allows: what SeatBuilder's contract lets publishable keys do. */
const newSettings: WorkspaceSettings = { publishableMayBook: true }

/** A new company with its keys. */
export interface MadeCompany {
  readonly company: NewCompany
  readonly adminKey: string
  readonly workspaces: readonly (Workspace & { readonly secretKey: string })[]
}

/** Creates a company with a production workspace and its test twin. */
export function createCompany(administration: Administration, name: string): Promise<MadeCompany> {
  const derive: Derive = (secret) => deriveSecret(administration.masterSecret, secret)
  const workspaces = [
    { name: 'Production', isTest: false },
    { name: 'Sandbox', isTest: true },
  ]
  return putCompany({ ...administration, derive }, { name, workspaces })
}

/** Puts a company with workspaces on file, the first of them its default, and their derived keys. */
export async function putCompany(
  { store, ids, now, derive }: Omit<Administration, 'masterSecret'> & { readonly derive: Derive },
  wanted: {
    name: string
    companyId?: string
    email?: string
    workspaces: readonly { name: string; isTest: boolean }[]
  },
): Promise<MadeCompany> {
  const { companyId = ids.ulid(), name, email } = wanted
  const workspaces = wanted.workspaces.map(({ name, isTest }) =>
    newWorkspace({ store, ids }, { name, isTest, companyId }),
  )
  const workspaceIds = workspaces.map(({ workspaceId }) => workspaceId)
  const company = {
    ...{ companyId, name, workspaceIds, createdAt: now(), serial: newSerial(store) },
    ...defined({ email }),
  }
  const adminKey = adminKeyOf(derive, { companyId, keyGeneration: 1 })
  const secretKeys = workspaces.map((workspace) =>
    workspaceKeyOf(derive, workspace, workspace.keyGeneration),
  )
  const isNew = await stored.createCompany(store, company, {
    workspaces,
    newKeys: [adminKey, ...secretKeys],
  })
  if (!isNew) throw new Error(`Bug: the company id ${companyId} is taken`)
  return {
    company,
    adminKey: adminKey.key,
    workspaces: workspaces.map((workspace, index) => ({
      ...workspace,
      secretKey: secretKeys[index]?.key ?? '',
    })),
  }
}

/** A workspace as it begins. */
export function newWorkspace(
  { store, ids }: Pick<Administration, 'store' | 'ids'>,
  wanted: Pick<Workspace, 'name' | 'isTest' | 'companyId'>,
): Workspace {
  return {
    ...wanted,
    workspaceId: ids.ulid(),
    settings: newSettings,
    serial: newSerial(store),
    workspaceKey: ids.uuid(),
    isActive: true,
    keyGeneration: 1,
    keyGenerations: [1],
  }
}
