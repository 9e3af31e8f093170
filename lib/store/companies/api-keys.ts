import { createHash } from 'node:crypto'
import type { Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { getItem, queryAll } from '../table/read.ts'
import type { Receipt } from '../table/receipts.ts'
import { writeRecords } from '../table/record-writes.ts'
import { KEY_LISTING_PREFIX, keys, workspacePartition } from '../table/table.ts'

/** What kind of key: a publishable one may be in a browser. */
export type ApiKeyKind = 'publishable' | 'secret'

/** What a key opens. */
export interface ApiKey {
  readonly keyId: string
  readonly kind: ApiKeyKind
  readonly workspaceId: string
}

/** A key in its workspace's list: everything but the key. */
export interface ListedKey extends ApiKey {
  readonly createdAt: Instant
  readonly revokedAt?: Instant
}

/** A company's key: opens all its workspaces. */
export interface AdminKey {
  readonly keyId: string
  readonly kind: 'admin'
  readonly companyId: string
}

/** A key to be put on file, with what it opens. */
export interface KeyOnFile {
  readonly key: string
  readonly record: ApiKey | AdminKey
}

/** What a derived key was, and what is to take its place. */
export interface KeyChange {
  readonly before: string
  readonly after: KeyOnFile
  readonly receipt: Receipt | undefined
}

/** Finds a key; undefined when it is not on file. */
export async function findApiKey(port: Port, key: string): Promise<ApiKey | AdminKey | undefined> {
  const item = await getItem(port, keys.apiKey(hashOf(key)))
  if (item === undefined) return undefined
  if (item['kind'] !== 'admin') return readApiKey(item)
  return { keyId: item['id'] as string, kind: 'admin', companyId: item['co'] as string }
}

/** The write that puts a key on file under its hash, if it is not there. */
export function keyWrite({ tableName }: Port, key: string, record: ApiKey | AdminKey) {
  const opens = record.kind === 'admin' ? { co: record.companyId } : { ws: record.workspaceId }
  return {
    Put: {
      TableName: tableName,
      Item: { ...keys.apiKey(hashOf(key)), id: record.keyId, kind: record.kind, ...opens },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  }
}

/** The write that takes a key off file; harmless where it is not there. */
export function keyRemoval({ tableName }: Port, key: string) {
  return { Delete: { TableName: tableName, Key: keys.apiKey(hashOf(key)) } }
}

/** Puts a key on file under its hash, the key itself is not stored; false when it is there already. */
export async function addApiKey(port: Port, key: string, record: ApiKey): Promise<boolean> {
  const { tableName: TableName } = port
  const hash = hashOf(key)
  const item = { id: record.keyId, kind: record.kind, ws: record.workspaceId }
  const { status } = await writeRecords(
    port,
    [
      keyWrite(port, key, record),
      {
        Put: {
          TableName,
          Item: {
            ...keys.keyListing(record.workspaceId, record.keyId),
            ...item,
            hash,
            cat: port.clock.now(),
          },
        },
      },
    ],
    undefined,
  )
  return status === 'applied'
}

/** Lists a workspace's keys, revoked ones too, oldest first. */
export async function listApiKeys(port: Port, workspaceId: string): Promise<ListedKey[]> {
  const items = await queryAll(port, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': workspacePartition(workspaceId),
      ':prefix': KEY_LISTING_PREFIX,
    },
  })
  const listed = items.map((item) => ({
    ...readApiKey(item),
    createdAt: item['cat'] as Instant,
    ...defined({ revokedAt: item['rat'] as Instant | undefined }),
  }))
  return listed.sort((a, b) => a.createdAt - b.createdAt)
}

/** Takes a key off file; its line stays in the list. False when the workspace has no such key, or not any more. */
export async function revokeApiKey(
  port: Port,
  workspaceId: string,
  keyId: string,
): Promise<boolean> {
  const { tableName: TableName } = port
  const listing = keys.keyListing(workspaceId, keyId)
  const hash = (await getItem(port, listing))?.['hash'] as string | undefined
  if (hash === undefined) return false
  const { status } = await writeRecords(
    port,
    [
      {
        Delete: {
          TableName,
          Key: keys.apiKey(hash),
          ConditionExpression: 'attribute_exists(pk)',
        },
      },
      {
        Update: {
          TableName,
          Key: listing,
          UpdateExpression: 'SET rat = :now',
          ExpressionAttributeValues: { ':now': port.clock.now() },
        },
      },
    ],
    undefined,
  )
  return status === 'applied'
}

function readApiKey(item: Item): ApiKey {
  return {
    keyId: item['id'] as string,
    kind: item['kind'] as ApiKeyKind,
    workspaceId: item['ws'] as string,
  }
}

/** Keys are long and random, so a fast hash is enough. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
