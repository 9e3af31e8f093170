import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import { serialAt } from '../../ids.ts'
import {
  defaultAccountSettings,
  rendererSwitches,
  type AccountSettings,
  type SettingsEdit,
} from '../../records/account-settings.ts'
import type { Company, NewCompany, NewWorkspace } from '../../records/records.ts'
import { validationRules } from '../../venue/validate-chart.ts'
import { keyRemoval, keyWrite, type KeyChange, type KeyOnFile } from './api-keys.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { getItem } from '../table/read.ts'
import type { Receipt } from '../table/receipts.ts'
import { fieldsUpdate, writeRecords } from '../table/record-writes.ts'
import { keys } from '../table/table.ts'
import { workspaceWrites } from './workspaces.ts'

/** Puts a company, its workspaces and their derived keys on file; false when an id or a key is taken. */
export async function createCompany(
  port: Port,
  company: NewCompany,
  { workspaces, newKeys = [] }: { workspaces: readonly NewWorkspace[]; newKeys?: KeyOnFile[] },
): Promise<boolean> {
  const { status } = await writeRecords(
    port,
    [
      {
        Put: {
          TableName: port.tableName,
          Item: companyItem(company),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      ...workspaces.flatMap((workspace) => workspaceWrites(port, workspace)),
      ...newKeys.map(({ key, record }) => keyWrite(port, key, record)),
    ],
    undefined,
  )
  return status === 'applied'
}

/** Reads a company; undefined when there is none. */
export async function getCompany(port: Port, companyId: string): Promise<Company | undefined> {
  const item = await getItem(port, keys.company(companyId))
  return item === undefined ? undefined : readCompanyItem(companyId, item)
}

/** Changes settings of a company, each on its own; false when there is no such company. */
export async function editSettings(
  port: Port,
  companyId: string,
  { edit, receipt }: { edit: SettingsEdit; receipt: Receipt | undefined },
): Promise<boolean> {
  const fields = settingsFields(edit)
  const update = fieldsUpdate(port, keys.company(companyId), { fields })
  return (await writeRecords(port, [update], receipt)).status === 'applied'
}

/** Puts the next admin key of a company in the place of the one it has; false when somebody else did meanwhile. */
export async function replaceAdminKey(
  port: Port,
  { companyId, keyGeneration: generation }: Company,
  { before, after, receipt }: KeyChange,
): Promise<boolean> {
  const fields = { kg: generation + 1 }
  const items = [
    fieldsUpdate(port, keys.company(companyId), { fields, ...isStill('kg', generation) }),
    keyWrite(port, after.key, after.record),
    keyRemoval(port, before),
  ]
  return (await writeRecords(port, items, receipt)).status === 'applied'
}

/** Moves a company to its next designer key; false when somebody else did meanwhile. */
export async function replaceDesignerKey(
  port: Port,
  { companyId, designerKeyGeneration: generation }: Company,
  receipt: Receipt | undefined,
): Promise<boolean> {
  const fields = { dkg: generation + 1 }
  const edit = { fields, ...isStill('dkg', generation) }
  const update = fieldsUpdate(port, keys.company(companyId), edit)
  return (await writeRecords(port, [update], receipt)).status === 'applied'
}

/** A generation that was never raised is not written down. */
function isStill(attribute: 'kg' | 'dkg', generation: number) {
  const unwritten = generation === 1 ? ` OR attribute_not_exists(${attribute})` : ''
  return { condition: `${attribute} = :g${unwritten}`, values: { ':g': generation } }
}

function companyItem(company: NewCompany): Item {
  const { companyId, name, workspaceIds, createdAt, serial, email } = company
  return {
    ...keys.company(companyId),
    id: companyId,
    name,
    ws: workspaceIds,
    cat: createdAt,
    ...defined({ n: serial, mail: email }),
  }
}

function readCompanyItem(companyId: string, item: Item): Company {
  const workspaceIds = item['ws'] as string[]
  const createdAt = item['cat'] as Instant
  const email = item['mail'] as string | undefined
  return {
    companyId,
    name: item['name'] as string,
    workspaceIds,
    createdAt,
    serial: (item['n'] as number | undefined) ?? serialAt(createdAt),
    defaultWorkspaceId: (item['def'] as string | undefined) ?? workspaceIds[0] ?? '',
    keyGeneration: (item['kg'] as number | undefined) ?? 1,
    designerKeyGeneration: (item['dkg'] as number | undefined) ?? 1,
    settings: readSettings(item),
    ...defined({ email }),
  }
}

/** Each rule and each switch is an attribute of its own, so that no two changes are in each other's way. */
function settingsFields({ usesDrafts, holdMinutes, validation, renderer }: SettingsEdit): Item {
  const levels = Object.entries(validation ?? {}).map(([rule, level]) => [`v:${rule}`, level])
  const switches = Object.entries(renderer ?? {}).map(([name, isOn]) => [`r:${name}`, isOn])
  return {
    ...defined({ ud: usesDrafts, hm: holdMinutes }),
    ...(Object.fromEntries([...levels, ...switches]) as Item),
  }
}

function readSettings(item: Item): AccountSettings {
  const given = (prefix: string, names: readonly string[]) =>
    names.flatMap((name) =>
      item[`${prefix}${name}`] === undefined ? [] : [[name, item[`${prefix}${name}`] as unknown]],
    )
  const { usesDrafts, holdMinutes } = defaultAccountSettings
  return {
    usesDrafts: (item['ud'] as boolean | undefined) ?? usesDrafts,
    holdMinutes: (item['hm'] as number | undefined) ?? holdMinutes,
    validation: Object.fromEntries(given('v:', validationRules)) as AccountSettings['validation'],
    renderer: Object.fromEntries(given('r:', rendererSwitches)) as AccountSettings['renderer'],
  }
}
