import type { Instant } from '../clock.ts'
import { Fault } from '../faults.ts'
import type { Company, NewWorkspace, Workspace, WorkspaceSettings } from '../inventory/records.ts'
import { keyWrite, type AdminKey, type ApiKey } from './api-keys.ts'
import type { Item } from './items.ts'
import { backOff, type Port } from './port.ts'
import { getItem } from './read.ts'
import { transactOnce, type Receipt } from './receipts.ts'
import { keys } from './table.ts'
import { transact, type TransactItem } from './transact.ts'

/** What a workspace allows unless it says otherwise. */
export const defaultSettings: WorkspaceSettings = { publishableMayBook: true }

/** Attempts to replace a record that others write too. */
const PUT_ROUNDS_MAX = 5

/** A key to be put on file, with what it opens. */
export interface KeyOnFile {
  readonly key: string
  readonly record: ApiKey | AdminKey
}

/** Puts a company, its workspaces and their derived keys on file; false when an id or a key is taken. */
export async function createCompany(
  port: Port,
  company: Company,
  { workspaces, newKeys = [] }: { workspaces: readonly NewWorkspace[]; newKeys?: KeyOnFile[] },
): Promise<boolean> {
  const outcome = await transact(port, [
    {
      Put: {
        TableName: port.tableName,
        Item: {
          ...keys.company(company.companyId),
          id: company.companyId,
          name: company.name,
          ws: company.workspaceIds,
          cat: company.createdAt,
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    ...workspaces.flatMap((workspace) => workspaceWrites(port, workspace)),
    ...newKeys.map(({ key, record }) => keyWrite(port, key, record)),
  ])
  return outcome.status === 'applied'
}

/** Reads a company; undefined when there is none. */
export async function getCompany(port: Port, companyId: string): Promise<Company | undefined> {
  const item = await getItem(port, keys.company(companyId))
  if (item === undefined) return undefined
  return {
    companyId,
    name: item['name'] as string,
    workspaceIds: item['ws'] as string[],
    createdAt: item['cat'] as Instant,
  }
}

/** Reads a workspace; undefined when there is none. */
export async function getWorkspace(
  port: Port,
  workspaceId: string,
): Promise<Workspace | undefined> {
  const item = await getItem(port, keys.workspace(workspaceId))
  return item === undefined ? undefined : readWorkspaceItem(workspaceId, item)
}

/** Characters of a public key; a longer one names nothing, and would not fit the table's keys. */
const WORKSPACE_KEY_LENGTH_MAX = 255

/** Which workspace a public key names; undefined when it names none. */
export async function findWorkspace(
  port: Port,
  workspaceKey: string,
): Promise<{ workspaceId: string; companyId: string } | undefined> {
  if (workspaceKey.length > WORKSPACE_KEY_LENGTH_MAX) return undefined
  const item = await getItem(port, keys.workspaceByKey(workspaceKey))
  if (item === undefined) return undefined
  return { workspaceId: item['ws'] as string, companyId: item['co'] as string }
}

/** Puts one more workspace of a company on file, with its derived key; false when that is taken. */
export async function createWorkspace(
  port: Port,
  workspace: Workspace,
  { newKey, receipt }: { newKey: KeyOnFile; receipt: Receipt | undefined },
): Promise<boolean> {
  const items = [keyWrite(port, newKey.key, newKey.record), ...workspaceWrites(port, workspace)]
  const outcome = await transactOnce(port, items, receipt)
  return outcome.status === 'applied'
}

/** Replaces a workspace's record; last write wins. */
export async function putWorkspace(
  port: Port,
  workspace: Workspace,
  receipt?: Receipt,
): Promise<void> {
  const put = { Put: { TableName: port.tableName, Item: workspaceItem(workspace) } }
  for (let round = 1; round <= PUT_ROUNDS_MAX; round += 1) {
    const outcome = await transactOnce(port, [put], receipt)
    if (outcome.status === 'applied') return
    await backOff(port, round)
  }
  throw new Fault('The store is too busy to keep a workspace', { outcome: 'not-applied' })
}

/** The record, what its public key leads to, and its place in the company's list. */
function workspaceWrites({ tableName: TableName }: Port, workspace: NewWorkspace): TransactItem[] {
  const { workspaceId: ws, companyId: co, workspaceKey, serial = 0 } = workspace
  const put = (Item: Item) => ({ Put: { TableName, Item } })
  const record = put(workspaceItem(workspace))
  if (workspaceKey === undefined) return [record]
  return [
    record,
    put({ ...keys.workspaceByKey(workspaceKey), ws, co }),
    put({ ...keys.workspaceListing(co, serial), ws }),
  ]
}

function workspaceItem(workspace: NewWorkspace): Item {
  const { workspaceId, companyId, name, isTest, settings, serial, workspaceKey } = workspace
  const { publishableMayBook, liveHoldsMax } = settings
  return {
    ...keys.workspace(workspaceId),
    co: companyId,
    name,
    test: isTest,
    pmb: publishableMayBook,
    ...(liveHoldsMax === undefined ? {} : { lhm: liveHoldsMax }),
    ...(workspaceKey === undefined ? {} : { key: workspaceKey, n: serial ?? 0 }),
    ...(workspace.isActive === false ? { off: true } : {}),
    kg: workspace.keyGeneration ?? 0,
  }
}

function readWorkspaceItem(workspaceId: string, item: Item): Workspace {
  return {
    workspaceId,
    companyId: item['co'] as string,
    name: item['name'] as string,
    isTest: item['test'] as boolean,
    settings: {
      publishableMayBook: item['pmb'] as boolean,
      ...(item['lhm'] === undefined ? {} : { liveHoldsMax: item['lhm'] as number }),
    },
    serial: (item['n'] as number | undefined) ?? 0,
    workspaceKey: (item['key'] as string | undefined) ?? workspaceId,
    isActive: item['off'] !== true,
    keyGeneration: (item['kg'] as number | undefined) ?? 0,
  }
}
