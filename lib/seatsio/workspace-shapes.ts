import * as z from 'zod'
import { id, keyInPath, NAME_LENGTH_MAX, text } from './fields.ts'

// Workspaces, and companies for tests.

export const workspaceParams = z.object({ workspaceKey: keyInPath })

export const createWorkspaceRequest = z.object({
  name: text(1, NAME_LENGTH_MAX),
  isTest: z.boolean().default(false),
})

export const workspaceReply = z.strictObject({
  id,
  name: z.string(),
  key: z.string().meta({ description: 'Public: names the workspace in `X-Workspace-Key`.' }),
  secretKey: z.string().meta({ description: 'Opens the workspace: for servers only.' }),
  isTest: z.boolean(),
  isActive: z.boolean(),
  isDefault: z.boolean(),
  settings: z.strictObject({}),
})

export const testCompanyReply = z.strictObject({
  admin: z.strictObject({
    email: z.string(),
    secretKey: z.string().meta({ description: 'Opens all workspaces of the company.' }),
    designerKey: z.string(),
  }),
  workspace: workspaceReply,
})
