import { assert } from '../../faults.ts'
import type { Context } from '../context.ts'
import { inRoundsToMake } from '../in-rounds.ts'
import { newWorkspace } from './create-company.ts'
import { workspaceKeyOf } from './derived-keys.ts'
import type { ShownWorkspace } from './get-workspace.ts'
import * as stored from '../../store/companies/workspaces.ts'

/** Creates one more workspace of the caller's company. */
export async function createWorkspace(
  context: Context,
  wanted: { name: string; isTest: boolean },
): Promise<ShownWorkspace> {
  const { store, caller, keyed, deriveSecret } = context
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
  const { companyId = '' } = caller
  return inRoundsToMake(context, 'workspace', async () => {
    const workspace = newWorkspace(context, { ...wanted, companyId })
    const newKey = workspaceKeyOf(deriveSecret, workspace, workspace.keyGeneration)
    const result = { ...workspace, secretKeys: [newKey.key], isDefault: false }
    const receipt = keyed?.receiptFor(result)
    if (await stored.createWorkspace(store, workspace, { newKey, receipt })) return result
    return undefined
  })
}
