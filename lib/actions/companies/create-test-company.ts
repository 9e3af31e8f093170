import { assert } from '../../faults.ts'
import type { Context } from '../context.ts'
import { putCompany, type MadeCompany } from './create-company.ts'
import { designerKeyOf } from './derived-keys.ts'

/** A company for somebody's own tests, with all that its owner would know. */
export interface TestCompany extends MadeCompany {
  readonly designerKey: string
  readonly email: string
}

/** Creates a company with one workspace, in one write of a few items; nothing else is shared with any other. */
export async function createTestCompany(context: Context): Promise<TestCompany> {
  const { deriveSecret: derive, ids } = context
  assert(derive !== undefined, 'this endpoint derives no secrets')
  const workspaces = [{ name: 'Production workspace', isTest: false }]
  const companyId = ids.ulid()
  const email = `test-${companyId.toLowerCase()}@holdfast.invalid`
  const wanted = { name: 'Test company', companyId, email, workspaces }
  const made = await putCompany({ ...context, derive }, wanted)
  const designerKey = designerKeyOf(derive, { companyId, designerKeyGeneration: 1 })
  return { ...made, email, designerKey }
}
