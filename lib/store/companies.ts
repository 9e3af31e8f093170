import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { Company, Workspace, WorkspaceSettings } from '../inventory/records.ts'
import { findApiKey, type ApiKey } from './api-keys.ts'
import type { Port } from './port.ts'
import { getItem } from './read.ts'
import { keys } from './table.ts'
import { transact } from './transact.ts'

/** What a workspace allows unless it says otherwise. */
const defaultSettings: WorkspaceSettings = { publishableMayBook: true }

/** Puts a company and its workspaces on file; false when its id is taken. */
export async function createCompany(
  port: Port,
  company: Company,
  workspaces: readonly Workspace[],
): Promise<boolean> {
  const { tableName: TableName } = port
  const outcome = await transact(port, [
    {
      Put: {
        TableName,
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
    ...workspaces.map((workspace) => ({
      Put: { TableName, Item: workspaceItem(workspace) },
    })),
  ])
  return outcome.status === 'applied'
}

/** Reads a workspace; undefined when there is none. */
export async function getWorkspace(
  port: Port,
  workspaceId: string,
): Promise<Workspace | undefined> {
  const item = await getItem(port, keys.workspace(workspaceId))
  if (item === undefined) return undefined
  return {
    workspaceId,
    companyId: item['co'] as string,
    name: item['name'] as string,
    isTest: item['test'] as boolean,
    settings: {
      publishableMayBook: item['pmb'] as boolean,
      ...(item['lhm'] === undefined ? {} : { liveHoldsMax: item['lhm'] as number }),
    },
  }
}

/** A key that is on file, and what its workspace lets it do. */
export interface KnownKey extends ApiKey {
  readonly settings: WorkspaceSettings
}

/** Finds a key and, where they matter, its workspace's settings; undefined when the key is not on file. */
export async function findCaller(port: Port, key: string): Promise<KnownKey | undefined> {
  const found = await findApiKey(port, key)
  if (found === undefined) return undefined
  // Settings bind publishable keys only, so that secret ones cost one read less.
  if (found.kind === 'secret') return { ...found, settings: defaultSettings }
  const workspace = await getWorkspace(port, found.workspaceId)
  return { ...found, settings: workspace?.settings ?? defaultSettings }
}

/** Replaces a workspace's record; last write wins. */
export async function putWorkspace(port: Port, workspace: Workspace): Promise<void> {
  await port.reader.send(
    new PutCommand({ TableName: port.tableName, Item: workspaceItem(workspace) }),
  )
}

function workspaceItem({ workspaceId, companyId, name, isTest, settings }: Workspace) {
  const { publishableMayBook, liveHoldsMax } = settings
  return {
    ...keys.workspace(workspaceId),
    co: companyId,
    name,
    test: isTest,
    pmb: publishableMayBook,
    ...(liveHoldsMax === undefined ? {} : { lhm: liveHoldsMax }),
  }
}
