import { assert } from '../faults.ts'
import type { Workspace } from '../inventory/records.ts'
import type { Context, Shape } from './context.ts'
import { newWorkspace } from './create-company.ts'
import { workspaceKeyOf } from './derived-keys.ts'
import type { ShownWorkspace } from './get-workspace.ts'

/** Creates one more workspace of the caller's company. */
export async function createWorkspace<Reply>(
  context: Context,
  wanted: { name: string; isTest: boolean },
  shape: Shape<ShownWorkspace, Reply>,
): Promise<Reply> {
  const { store, caller, keyed, deriveSecret } = context
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
  const workspace: Workspace = newWorkspace(context, {
    ...wanted,
    companyId: caller.companyId ?? '',
  })
  const newKey = workspaceKeyOf(deriveSecret, workspace)
  const reply = shape({ ...workspace, secretKey: newKey.key, isDefault: false })
  const isNew = await store.createWorkspace(workspace, {
    newKey,
    receipt: keyed?.receiptFor(reply),
  })
  assert(isNew, 'the key of a new workspace is taken')
  return reply
}
