import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../clock.ts'
import type { Company, NewWorkspace, Workspace, WorkspaceSettings } from '../inventory/records.ts'
import { keyWrite, type AdminKey, type ApiKey } from './api-keys.ts'
import type { Item } from './items.ts'
import type { Port } from './port.ts'
import { getItem } from './read.ts'
import { keys } from './table.ts'
import { transact, type TransactItem } from './transact.ts'

/** What a workspace allows unless it says otherwise. */
export const defaultSettings: WorkspaceSettings = { publishableMayBook: true }

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

/** Which workspace a public key names; undefined when it names none. */
export async function findWorkspace(
  port: Port,
  workspaceKey: string,
): Promise<{ workspaceId: string; companyId: string } | undefined> {
  const item = await getItem(port, keys.workspaceByKey(workspaceKey))
  if (item === undefined) return undefined
  return { workspaceId: item['ws'] as string, companyId: item['co'] as string }
}

/** Replaces a workspace's record; last write wins. */
export async function putWorkspace(port: Port, workspace: Workspace): Promise<void> {
  await port.reader.send(
    new PutCommand({ TableName: port.tableName, Item: workspaceItem(workspace) }),
  )
}

/** The record, and what its public key leads to. */
function workspaceWrites({ tableName: TableName }: Port, workspace: NewWorkspace): TransactItem[] {
  const { workspaceId: ws, companyId: co, workspaceKey } = workspace
  const record = { Put: { TableName, Item: workspaceItem(workspace) } }
  if (workspaceKey === undefined) return [record]
  return [record, { Put: { TableName, Item: { ...keys.workspaceByKey(workspaceKey), ws, co } } }]
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
