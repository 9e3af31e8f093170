import type { Company, Workspace, WorkspaceSettings } from '../inventory/records.ts'
import type { Administration } from './administration.ts'

/** What a new workspace allows: what SeatBuilder's contract lets publishable keys do. */
const newSettings: WorkspaceSettings = { publishableMayBook: true }

/** Creates a company with a production workspace and its test twin. */
export async function createCompany(
  { store, ids, now }: Administration,
  name: string,
): Promise<{ company: Company; workspaces: Workspace[] }> {
  const companyId = ids.ulid()
  const newWorkspace = (isTest: boolean): Workspace => ({
    workspaceId: ids.ulid(),
    companyId,
    name: isTest ? 'Sandbox' : 'Production',
    isTest,
    settings: newSettings,
  })
  const workspaces = [newWorkspace(false), newWorkspace(true)]
  const workspaceIds = workspaces.map(({ workspaceId }) => workspaceId)
  const company = { companyId, name, workspaceIds, createdAt: now() }
  const isNew = await store.createCompany(company, workspaces)
  if (!isNew) throw new Error(`Bug: the company id ${companyId} is taken`)
  return { company, workspaces }
}
