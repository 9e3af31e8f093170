import * as z from 'zod'
import { defined } from '../../defined.ts'
import type { Workspace } from '../../records/records.ts'
import { id, keyInPath, text } from '../fields.ts'
import {
  cursorsMessage,
  haveOneCursor,
  LONG_PAGE_LIMIT,
  pageFields,
  pageReply,
  toPageRequest,
} from '../paging.ts'
import { KEY_LENGTH_MAX, NAME_LENGTH_MAX } from '../../limits/limits.ts'

// Workspaces, and companies for tests.

export const workspaceParams = z.object({ workspaceKey: keyInPath })

export const createWorkspaceRequest = z.object({
  name: text(1, NAME_LENGTH_MAX),
  isTest: z.boolean().default(false),
})

export const renameWorkspaceRequest = z.object({ name: text(1, NAME_LENGTH_MAX) })

export const workspaceReply = z.strictObject({
  id,
  name: z.string(),
  key: z.string().meta({ description: 'Public: names the workspace in `X-Workspace-Key`.' }),
  secretKey: z.string().meta({
    description: 'Opens the workspace: for servers only. The first of `secretKeys`.',
  }),
  secretKeys: z
    .array(z.string())
    .meta({ description: 'All secret keys that open the workspace, the oldest first.' }),
  isTest: z.boolean(),
  isActive: z.boolean(),
  isDefault: z.boolean(),
  settings: z.strictObject({}),
})

export const workspacesQuery = z
  .object({
    ...pageFields(LONG_PAGE_LIMIT),
    filter: text(1, NAME_LENGTH_MAX)
      .optional()
      .meta({ description: 'Part of a name or of a public key, in any case.' }),
  })
  .refine(haveOneCursor, cursorsMessage)
  .transform(({ filter, ...query }) => ({
    ...defined({ filter }),
    ...toPageRequest(query, LONG_PAGE_LIMIT),
  }))

export const workspacesReply = pageReply(workspaceReply)

/** A key that was made anew. */
export const secretKeyReply = z.strictObject({
  secretKey: z.string().meta({ description: 'Takes the place of those before, which are gone.' }),
})

/** A key that came to others. */
export const addedKeyReply = z.strictObject({
  secretKey: z.string().meta({ description: 'Opens the workspace too: for servers only.' }),
})

export const removeSecretKeyRequest = z.object({
  secretKey: text(1, KEY_LENGTH_MAX).meta({ description: 'One of `secretKeys`.' }),
})

export const testCompanyReply = z.strictObject({
  admin: z.strictObject({
    email: z.string(),
    secretKey: z.string().meta({ description: 'Opens all workspaces of the company.' }),
    designerKey: z.string(),
  }),
  workspace: workspaceReply,
})

/** A workspace in this API's words. */
export function toWorkspace(
  workspace: Workspace & { secretKeys: readonly string[]; isDefault: boolean },
): z.output<typeof workspaceReply> {
  const { serial, name, workspaceKey, secretKeys, isTest, isActive, isDefault } = workspace
  return {
    id: serial,
    name,
    key: workspaceKey,
    secretKey: secretKeys[0] ?? '',
    secretKeys: [...secretKeys],
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
  const [workspace] = made.workspaces.map((it) =>
    toWorkspace({ ...it, secretKeys: [it.secretKey], isDefault: true }),
  )
  if (workspace === undefined) throw new Error('Bug: a company without a workspace')
  return { admin: { email, secretKey, designerKey }, workspace }
}
