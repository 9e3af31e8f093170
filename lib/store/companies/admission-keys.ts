import { defined } from '../../defined.ts'
import type { AdmissionKeys } from '../../records/records.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import type { Receipt } from '../table/receipts.ts'
import { fieldsUpdate, writeRecords } from '../table/record-writes.ts'
import { keys } from '../table/table.ts'

/** Puts other admission keys of a workspace in the place of those that were read; false when they are others by now, or it is gone. */
export async function replaceAdmissionKeys(
  port: Port,
  workspaceId: string,
  { before, after, receipt }: Replacement,
): Promise<boolean> {
  const isAsRead = before === undefined ? 'attribute_not_exists(adk)' : 'adk = :before'
  const update = fieldsUpdate(port, keys.workspace(workspaceId), {
    fields: { adk: after.current, adn: after.next, adf: after.former },
    condition: `attribute_exists(pk) AND attribute_not_exists(gone) AND ${isAsRead}`,
    ...(before === undefined ? {} : { values: { ':before': before.current } }),
  })
  return (await writeRecords(port, [update], receipt)).status === 'applied'
}

interface Replacement {
  readonly before: AdmissionKeys | undefined
  readonly after: AdmissionKeys
  readonly receipt: Receipt | undefined
}

/** Reads the admission keys of a workspace, where it has any. */
export function readAdmissionKeys(item: Item): { readonly admissionKeys?: AdmissionKeys } {
  const { adk: current, adn: next, adf: former } = item as unknown as Attributes
  if (current === undefined || next === undefined) return {}
  return { admissionKeys: { current, next, ...defined({ former }) } }
}

interface Attributes {
  readonly adk?: string
  readonly adn?: string
  readonly adf?: NonNullable<AdmissionKeys['former']>
}
