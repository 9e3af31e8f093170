import type * as z from 'zod'
import type { Workspace } from '../inventory/records.ts'
import type { testCompanyReply, workspaceReply } from './workspace-shapes.ts'

/** A workspace in this API's words. */
export function toWorkspace(
  workspace: Workspace & { secretKey: string; isDefault: boolean },
): z.output<typeof workspaceReply> {
  const { serial, name, workspaceKey, secretKey, isTest, isActive, isDefault } = workspace
  return {
    id: serial,
    name,
    key: workspaceKey,
    secretKey,
    isTest,
    isActive,
    isDefault,
    settings: {},
  }
}

/** A company for tests, with the only workspace that it has. */
export function toTestCompany(made: {
  email: string
  adminKey: string
  designerKey: string
  workspaces: readonly (Workspace & { secretKey: string })[]
}): z.output<typeof testCompanyReply> {
  const { email, adminKey: secretKey, designerKey } = made
  const [workspace] = made.workspaces.map((it) => toWorkspace({ ...it, isDefault: true }))
  if (workspace === undefined) throw new Error('Bug: a company without a workspace')
  return { admin: { email, secretKey, designerKey }, workspace }
}
