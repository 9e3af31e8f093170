import { assert, Fault } from '../../faults.ts'
import {
  defaultAccountSettings,
  type AccountSettings,
  type SettingsEdit,
} from '../../records/account-settings.ts'
import type { Company } from '../../records/records.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { adminKeyOf, designerKeyOf } from './derived-keys.ts'
import { getWorkspace } from '../../store/companies/workspaces.ts'
import * as stored from '../../store/companies/companies.ts'

/** A company as its administrators see it. */
export interface Account {
  readonly company: Company
  readonly secretKey: string
  readonly designerKey: string
  /** The public key of the default workspace. */
  readonly publicKey: string
}

/** Reads the account of the caller's company. */
export async function getAccount(context: Context): Promise<Account> {
  const { store, deriveSecret } = context
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
  const company = await companyOf(context)
  const workspace = await getWorkspace(store, company.defaultWorkspaceId)
  return {
    company,
    secretKey: adminKeyOf(deriveSecret, company).key,
    designerKey: designerKeyOf(deriveSecret, company),
    publicKey: workspace?.workspaceKey ?? company.defaultWorkspaceId,
  }
}

/** What the company has set that the caller's workspace belongs to, as it is at this moment. */
export async function accountSettings({
  store,
  caller,
}: Pick<Context, 'store' | 'caller'>): Promise<AccountSettings> {
  const { ownerId } = caller
  const company = ownerId === undefined ? undefined : await stored.getCompany(store, ownerId)
  return company?.settings ?? defaultAccountSettings
}

/** Changes settings of the caller's company; what is left out stays. */
export async function editSettings(
  { store, caller, keyed }: Context,
  edit: SettingsEdit,
): Promise<Outcome<undefined>> {
  const { companyId = '' } = caller
  const receipt = keyed?.receiptFor(undefined)
  const isEdited = await stored.editSettings(store, companyId, { edit, receipt })
  assert(isEdited, 'the company of an admin key is gone')
  return succeed(undefined)
}

/** Gives the company another admin key in the place of the one it has. */
export async function regenerateAdminKey(context: Context): Promise<Outcome<string>> {
  const { store, keyed, deriveSecret } = context
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
  return replaceKey(context, async (company) => {
    const keyGeneration = company.keyGeneration + 1
    const after = adminKeyOf(deriveSecret, { ...company, keyGeneration })
    const before = adminKeyOf(deriveSecret, company).key
    const receipt = keyed?.receiptFor(after.key)
    const isReplaced = await stored.replaceAdminKey(store, company, { before, after, receipt })
    return isReplaced ? after.key : undefined
  })
}

/** Gives the company another key for its drawing tool in the place of the one it has. */
export async function regenerateDesignerKey(context: Context): Promise<Outcome<string>> {
  const { store, keyed, deriveSecret } = context
  assert(deriveSecret !== undefined, 'this endpoint derives no secrets')
  return replaceKey(context, async (company) => {
    const designerKeyGeneration = company.designerKeyGeneration + 1
    const key = designerKeyOf(deriveSecret, { ...company, designerKeyGeneration })
    const isReplaced = await stored.replaceDesignerKey(store, company, keyed?.receiptFor(key))
    return isReplaced ? key : undefined
  })
}

/** Replaces a key of the company as it was read, anew if somebody did meanwhile. */
async function replaceKey(
  context: Context,
  replace: (company: Company) => Promise<string | undefined>,
): Promise<Outcome<string>> {
  return inRoundsOn(context, { what: 'company', key: context.caller.companyId ?? '' }, async () => {
    const company = await companyOf(context)
    const replaced = await replace(company)
    if (replaced !== undefined) {
      context.forgetKeys?.()
      return succeed(replaced)
    }
    return undefined
  })
}

async function companyOf({ store, caller }: Context): Promise<Company> {
  const { companyId = '' } = caller
  const company = await stored.getCompany(store, companyId)
  if (company === undefined) throw new Fault('The company is gone', { outcome: 'not-applied' })
  return company
}
