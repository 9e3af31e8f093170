import { assert } from '../faults.ts'
import type { Context } from './context.ts'
import { putCompany, type NewCompany } from './create-company.ts'
import { designerKeyOf } from './derived-keys.ts'

/** A company for somebody's own tests, with all that its owner would know. */
export interface TestCompany extends NewCompany {
  readonly designerKey: string
  readonly email: string
}

/** Creates a company with one workspace, in one write of a few items; nothing else is shared with any other. */
export async function createTestCompany(context: Context): Promise<TestCompany> {
  const { deriveSecret: derive } = context
  assert(derive !== undefined, 'this endpoint derives no secrets')
  const workspaces = [{ name: 'Production workspace', isTest: false }]
  const made = await putCompany({ ...context, derive }, { name: 'Test company', workspaces })
  const { companyId } = made.company
  const email = `test-${companyId.toLowerCase()}@holdfast.invalid`
  return { ...made, email, designerKey: designerKeyOf(derive, companyId) }
}
