import { defined } from '../../defined.ts'
import type { Company, NewWorkspace, Workspace, WorkspaceSettings } from '../../records/records.ts'
import { readAdmissionKeys } from './admission-keys.ts'
import { keyRemoval, keyWrite, type KeyOnFile } from './api-keys.ts'
import { readSequence, type CursorPage, type CursorRequest } from '../table/cursors.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet, getItem } from '../table/read.ts'
import type { Receipt } from '../table/receipts.ts'
import { fieldsUpdate, writeRecords } from '../table/record-writes.ts'
import { companyPartition, keys, keyText, WORKSPACE_LISTING_PREFIX } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'
import { KEY_LENGTH_MAX } from '../../limits/limits.ts'

/** What a workspace allows unless it says otherwise. */
export const defaultSettings: WorkspaceSettings = { publishableMayBook: true }

/** Reads a workspace, deleted ones too, as switched off; undefined when there never was one. */
export async function getWorkspace(
  port: Port,
  workspaceId: string,
): Promise<Workspace | undefined> {
  const item = await getItem(port, keys.workspace(workspaceId))
  return item === undefined ? undefined : readWorkspaceItem(workspaceId, item)
}

/** Which workspace a public key names; undefined when it names none. */
export async function findWorkspace(
  port: Port,
  workspaceKey: string,
): Promise<{ workspaceId: string; companyId: string } | undefined> {
  // A longer one would not fit the table's keys.
  if (workspaceKey.length > KEY_LENGTH_MAX) return undefined
  const item = await getItem(port, keys.workspaceByKey(workspaceKey))
  if (item === undefined) return undefined
  return { workspaceId: item['ws'] as string, companyId: item['co'] as string }
}

/** Which workspaces of a company to list. */
export interface WorkspacesWanted {
  readonly companyId: string
  readonly isWanted: (workspace: Workspace) => boolean
}

/** Lists a company's workspaces, newest first. */
export function listWorkspaces(
  port: Port,
  { companyId, isWanted }: WorkspacesWanted,
  request: CursorRequest,
): Promise<CursorPage<Workspace>> {
  const read = async (entries: readonly Item[]) => {
    const ids = entries.map(({ ws }) => ws as string)
    const items = await batchGet(port, ids.map(keys.workspace))
    return ids.map((workspaceId) => {
      const item = items.get(keyText(keys.workspace(workspaceId)))
      const workspace = item && readWorkspaceItem(workspaceId, item)
      return workspace !== undefined && isWanted(workspace) ? workspace : undefined
    })
  }
  const place = { partition: companyPartition(companyId), prefix: WORKSPACE_LISTING_PREFIX }
  return readSequence(port, { ...place, read }, request)
}

/** Puts one more workspace of a company on file, with its derived key; false when that or its number is taken. */
export async function createWorkspace(
  port: Port,
  workspace: Workspace,
  { newKey, receipt }: { newKey: KeyOnFile; receipt: Receipt | undefined },
): Promise<boolean> {
  const items = [keyWrite(port, newKey.key, newKey.record), ...workspaceWrites(port, workspace)]
  return (await writeRecords(port, items, receipt)).status === 'applied'
}

/** What to change of a workspace; what is left out stays. */
export interface WorkspaceEdit {
  readonly name?: string
  readonly settings?: WorkspaceSettings
}

/** Changes a workspace's record; false when it is gone. */
export async function editWorkspace(
  port: Port,
  workspaceId: string,
  { edit, receipt }: { edit: WorkspaceEdit; receipt?: Receipt | undefined },
): Promise<boolean> {
  const { name, settings } = edit
  const fields = {
    ...defined({ name }),
    ...(settings && {
      pmb: settings.publishableMayBook,
      pmc: settings.publishableMayOpenChannels,
      lhm: settings.liveHoldsMax,
      hmm: settings.holdMinutesMax,
      exm: settings.extensionsMax,
    }),
  }
  const update = fieldsUpdate(port, keys.workspace(workspaceId), { fields, condition: NOT_GONE })
  return (await writeRecords(port, [update], receipt)).status === 'applied'
}

/** A deleted workspace stays on file, switched off for good, so that no key of it opens anything. */
const NOT_GONE = 'attribute_not_exists(gone)'

/** The keys on file are those that were read. */
const isKeyGeneration = 'kg = :kg'

/** Lets a workspace's keys open it again; false when it is gone. */
export async function activateWorkspace(
  port: Port,
  { workspaceId }: Workspace,
  receipt: Receipt | undefined,
): Promise<boolean> {
  const edit = { fields: { off: undefined }, condition: NOT_GONE }
  const update = fieldsUpdate(port, keys.workspace(workspaceId), edit)
  return (await writeRecords(port, [update], receipt)).status === 'applied'
}

/** Lets no key open a workspace any more; false when it is gone, or its company's default by now. */
export async function deactivateWorkspace(
  port: Port,
  workspace: Workspace,
  { company, receipt }: { company: Company; receipt: Receipt | undefined },
): Promise<boolean> {
  const { workspaceId } = workspace
  const edit = { fields: { off: true }, condition: NOT_GONE }
  const items = [
    fieldsUpdate(port, keys.workspace(workspaceId), edit),
    checkNotDefault(port, workspaceId, company),
  ]
  return (await writeRecords(port, items, receipt)).status === 'applied'
}

/** Makes a workspace the default of its company; false when it is gone or switched off by now. */
export async function setDefaultWorkspace(
  port: Port,
  { workspaceId, companyId }: Workspace,
  receipt: Receipt | undefined,
): Promise<boolean> {
  const items = [
    fieldsUpdate(port, keys.company(companyId), { fields: { def: workspaceId } }),
    {
      ConditionCheck: {
        TableName: port.tableName,
        Key: keys.workspace(workspaceId),
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(off)',
      },
    },
  ]
  return (await writeRecords(port, items, receipt)).status === 'applied'
}

/** Of which generations the secret keys of a workspace are to be, and which keys come and go with that. */
interface KeysChange {
  readonly keyGenerations: readonly number[]
  readonly added: readonly KeyOnFile[]
  readonly removed: readonly KeyOnFile[]
  readonly receipt: Receipt | undefined
}

/** Changes which secret keys open a workspace; false when somebody else did meanwhile. */
export async function replaceSecretKeys(
  port: Port,
  { workspaceId, keyGeneration }: Workspace,
  { keyGenerations, added, removed, receipt }: KeysChange,
): Promise<boolean> {
  const items = [
    fieldsUpdate(port, keys.workspace(workspaceId), {
      fields: { kg: keyGeneration + 1, kgs: keyGenerations },
      condition: `${isKeyGeneration} AND ${NOT_GONE}`,
      values: { ':kg': keyGeneration },
    }),
    ...added.map(({ key, record }) => keyWrite(port, key, record)),
    ...removed.map(({ key }) => keyRemoval(port, key)),
  ]
  return (await writeRecords(port, items, receipt)).status === 'applied'
}

/**
 * Deletes a workspace that is switched off: names and keys of it lead nowhere; false when it is on by now, or gone, or has
 * other keys than those which go with it.
 */
export async function deleteWorkspace(
  port: Port,
  workspace: Workspace,
  { secretKeys, receipt }: { secretKeys: readonly KeyOnFile[]; receipt: Receipt | undefined },
): Promise<boolean> {
  const { workspaceId, companyId, workspaceKey, serial, keyGeneration } = workspace
  const remove = (Key: Item) => ({ Delete: { TableName: port.tableName, Key } })
  const items = [
    fieldsUpdate(port, keys.workspace(workspaceId), {
      fields: { gone: true },
      condition: `attribute_exists(off) AND ${isKeyGeneration} AND ${NOT_GONE}`,
      values: { ':kg': keyGeneration },
    }),
    remove(keys.workspaceByKey(workspaceKey)),
    remove(keys.workspaceListing(companyId, serial)),
    ...secretKeys.map(({ key }) => keyRemoval(port, key)),
  ]
  return (await writeRecords(port, items, receipt)).status === 'applied'
}

/** Holds only while the default of the company is another; one that was never set is the first that there was. */
function checkNotDefault(port: Port, workspaceId: string, company: Company): TransactItem {
  const { companyId, workspaceIds } = company
  const isFirst = workspaceIds[0] === workspaceId
  const unset = isFirst ? 'attribute_exists(def) AND' : 'attribute_not_exists(def) OR'
  return {
    ConditionCheck: {
      TableName: port.tableName,
      Key: keys.company(companyId),
      ConditionExpression: `${unset} def <> :ws`,
      ExpressionAttributeValues: { ':ws': workspaceId },
    },
  }
}

/** The record, what its public key leads to, and its place in the company's list. */
export function workspaceWrites(
  { tableName: TableName }: Port,
  workspace: NewWorkspace,
): TransactItem[] {
  const { workspaceId: ws, companyId: co, workspaceKey, serial = 0 } = workspace
  const put = (Item: Item) => ({ Put: { TableName, Item } })
  const record = put(workspaceItem(workspace))
  if (workspaceKey === undefined) return [record]
  return [
    record,
    put({ ...keys.workspaceByKey(workspaceKey), ws, co }),
    {
      Put: {
        TableName,
        Item: { ...keys.workspaceListing(co, serial), ws },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  ]
}

function workspaceItem(workspace: NewWorkspace): Item {
  const { workspaceId, companyId, name, isTest, settings, serial, workspaceKey } = workspace
  const { publishableMayBook, publishableMayOpenChannels, liveHoldsMax } = settings
  const { holdMinutesMax: hmm, extensionsMax: exm } = settings
  const { keyGeneration = 0, keyGenerations = [keyGeneration] } = workspace
  return {
    ...keys.workspace(workspaceId),
    co: companyId,
    name,
    test: isTest,
    pmb: publishableMayBook,
    ...defined({ pmc: publishableMayOpenChannels, lhm: liveHoldsMax, hmm, exm }),
    ...(workspaceKey === undefined ? {} : { key: workspaceKey, n: serial ?? 0 }),
    ...(workspace.isActive === false ? { off: true } : {}),
    kg: keyGeneration,
    kgs: keyGenerations,
  }
}

function readWorkspaceItem(workspaceId: string, item: Item): Workspace {
  const keyGeneration = (item['kg'] as number | undefined) ?? 0
  return {
    workspaceId,
    companyId: item['co'] as string,
    name: item['name'] as string,
    isTest: item['test'] as boolean,
    settings: {
      publishableMayBook: item['pmb'] as boolean,
      ...defined({
        publishableMayOpenChannels: item['pmc'] as boolean | undefined,
        liveHoldsMax: item['lhm'] as number | undefined,
        holdMinutesMax: item['hmm'] as number | undefined,
        extensionsMax: item['exm'] as number | undefined,
      }),
    },
    ...readAdmissionKeys(item),
    serial: (item['n'] as number | undefined) ?? 0,
    workspaceKey: (item['key'] as string | undefined) ?? workspaceId,
    isActive: item['off'] !== true,
    keyGeneration,
    keyGenerations: (item['kgs'] as number[] | undefined) ?? [keyGeneration],
  }
}
