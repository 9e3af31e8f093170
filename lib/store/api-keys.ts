import { createHash } from 'node:crypto'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import type { Port } from './port.ts'
import { getItem } from './read.ts'
import { keys } from './table.ts'

/** What kind of key: a publishable one may be in a browser. */
export type ApiKeyKind = 'publishable' | 'secret'

/** The record of a key: found by the key's hash, the key itself is not stored. */
export interface ApiKey {
  readonly keyId: string
  readonly kind: ApiKeyKind
  readonly workspaceId: string
}

/** Finds a key; undefined when it is not on file. */
export async function findApiKey(port: Port, key: string): Promise<ApiKey | undefined> {
  const item = await getItem(port, keys.apiKey(hashOf(key)))
  if (item === undefined) return undefined
  return {
    keyId: item['id'] as string,
    kind: item['kind'] as ApiKeyKind,
    workspaceId: item['ws'] as string,
  }
}

/** Puts a key on file; putting the same key again replaces its record. */
export async function putApiKey(port: Port, key: string, record: ApiKey): Promise<void> {
  await port.writer.send(
    new PutCommand({
      TableName: port.tableName,
      Item: {
        ...keys.apiKey(hashOf(key)),
        id: record.keyId,
        kind: record.kind,
        ws: record.workspaceId,
      },
    }),
  )
}

/** Keys are long and random, so a fast hash is enough. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
