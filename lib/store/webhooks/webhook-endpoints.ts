import { instant, type Instant } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { Environment, WebhookType } from '../../rules/notice.ts'
import type { WebhookEndpoint } from '../../records/webhook.ts'
import type { Item } from '../table/items.ts'
import type { Port } from '../table/port.ts'
import { batchGet, getItem, queryAll } from '../table/read.ts'
import { transactOnce, type Receipt, type ReceiptFor } from '../table/receipts.ts'
import { partitionStarts } from '../table/partitions.ts'
import { keys, keyText, type Key, WEBHOOK_PREFIX, webhookPartition } from '../table/table.ts'
import type { TransactItem } from '../table/transact.ts'
import { DAY_MS } from '../../limits/durations.ts'
import { DELIVERY_DAYS } from '../../limits/limits.ts'

// An endpoint is one record in a partition of its workspace's endpoints, and a line in one small index of all workspaces' endpoints, which
// is written and removed in the same transaction: whoever compares the records with the rules on the bus needs no scan.
// A workspace has few, so they are simply read together.

/** How many endpoints a workspace has, and which turn it is to make one more. */
export interface WebhooksCounted {
  readonly count: number
  /** Undefined before the first. */
  readonly turn: number | undefined
}

/** Counts a workspace's endpoints. Whoever makes one more takes the turn: of several at once, each has counted those before. */
export async function countWebhooks(port: Port, workspaceId: string): Promise<WebhooksCounted> {
  const item = await getItem(port, keys.webhookTurn(workspaceId))
  const found = await listWebhooks(port, workspaceId)
  return { count: found.length, turn: item?.['t'] as number | undefined }
}

/** Puts a new endpoint on file, in its version 1; undefined when its id is taken, or the turn of whoever counted. */
export async function createWebhook(
  port: Port,
  endpoint: Omit<WebhookEndpoint, 'version'>,
  {
    receiptFor = () => undefined,
    counted,
  }: {
    readonly receiptFor?: ReceiptFor<WebhookEndpoint>
    readonly counted?: WebhooksCounted
  } = {},
): Promise<WebhookEndpoint | undefined> {
  const created = { ...endpoint, version: 1 }
  const { workspaceId: ws, endpointId: id } = endpoint
  const index = { ...keys.webhookIndex(ws, id), ws, id }
  const items: TransactItem[] = [
    put(port, created, { ConditionExpression: 'attribute_not_exists(pk)' }),
    { Put: { TableName: port.tableName, Item: index } },
    ...(counted === undefined ? [] : [takeTurn(port, ws, counted)]),
  ]
  const outcome = await transactOnce(port, items, receiptFor(created))
  return outcome.status === 'applied' ? created : undefined
}

function takeTurn(
  { tableName: TableName }: Port,
  workspaceId: string,
  { turn }: WebhooksCounted,
): TransactItem {
  const Item = { ...keys.webhookTurn(workspaceId), t: (turn ?? 0) + 1 }
  return turn === undefined
    ? { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } }
    : {
        Put: {
          TableName,
          Item,
          ConditionExpression: 't = :turn',
          ExpressionAttributeValues: { ':turn': turn },
        },
      }
}

/** Reads an endpoint, consistently, also one that was deleted in the last 30 days; undefined when there is none. */
export async function getWebhook(
  port: Port,
  workspaceId: string,
  endpointId: string,
): Promise<WebhookEndpoint | undefined> {
  const item =
    (await getItem(port, keys.webhook(workspaceId, endpointId))) ??
    (await getItem(port, keys.webhookBefore(workspaceId, endpointId)))
  if (item === undefined) return undefined
  const endpoint = readItem(item)
  const { deletedAt } = endpoint
  return deletedAt !== undefined && endOf(deletedAt) <= port.clock.now() ? undefined : endpoint
}

/** A workspace's endpoints without the deleted ones, newest first. */
export async function listWebhooks(port: Port, workspaceId: string): Promise<WebhookEndpoint[]> {
  const items = await queryAll(port, {
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: {
      ':pk': webhookPartition(workspaceId),
      ':prefix': WEBHOOK_PREFIX,
    },
  })
  return items
    .map(readItem)
    .filter(isLive)
    .sort((a, b) => b.serial - a.serial)
}

/** The endpoints of all workspaces without the deleted ones. */
export async function listAllWebhooks(port: Port): Promise<WebhookEndpoint[]> {
  const places = await placesOfAll(port)
  const found = await batchGet(port, places.flat())
  return places.flatMap(([key, before]) => {
    const item = found.get(keyText(key)) ?? found.get(keyText(before))
    return item === undefined ? [] : [readItem(item)].filter(isLive)
  })
}

/** Where each endpoint in the index is, and where it was. */
async function placesOfAll(port: Port): Promise<[key: Key, before: Key][]> {
  const index = await queryAll(port, {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partitionStarts.webhookIndex },
  })
  return index.map(({ ws, id }) => {
    const [workspaceId, endpointId] = [ws as string, id as string]
    return [keys.webhook(workspaceId, endpointId), keys.webhookBefore(workspaceId, endpointId)]
  })
}

/**
 * Moves endpoints that an earlier version wrote into the partition where they are now; answers how many. What is changed or deleted
 * meanwhile is left where it is, for the next time.
 */
export async function moveWebhooks(port: Port): Promise<number> {
  const { tableName: TableName } = port
  const places = await placesOfAll(port)
  const found = await batchGet(
    port,
    places.map(([, before]) => before),
  )
  let moved = 0
  for (const [key, before] of places) {
    const item = found.get(keyText(before))
    if (item === undefined) continue
    const items: TransactItem[] = [
      {
        Put: {
          TableName,
          Item: { ...item, ...key },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
      { Delete: { TableName, Key: before, ...guardOf(readItem(item)) } },
    ]
    const { status } = await transactOnce(port, items, undefined)
    if (status === 'applied') moved += 1
  }
  return moved
}

/** Replaces an endpoint if nobody changed it since it was read, in the next version; undefined when somebody did. */
export async function replaceWebhook(
  port: Port,
  after: WebhookEndpoint,
  receiptFor: ReceiptFor<WebhookEndpoint>,
): Promise<WebhookEndpoint | undefined> {
  const replaced = { ...after, version: after.version + 1 }
  const items = [put(port, replaced, guardOf(after))]
  const outcome = await transactOnce(port, items, receiptFor(replaced))
  return outcome.status === 'applied' ? replaced : undefined
}

/** Marks an endpoint as deleted if nobody changed it since it was read; for 30 days it can be read as such. */
export async function deleteWebhook(
  port: Port,
  endpoint: WebhookEndpoint,
  receipt?: Receipt,
): Promise<boolean> {
  const { workspaceId, endpointId, version } = endpoint
  const deleted = { ...endpoint, version: version + 1, deletedAt: port.clock.now() }
  const items: TransactItem[] = [
    put(port, deleted, guardOf(endpoint)),
    { Delete: { TableName: port.tableName, Key: keys.webhookIndex(workspaceId, endpointId) } },
  ]
  const outcome = await transactOnce(port, items, receipt)
  return outcome.status === 'applied'
}

/** The record is the one that was read, and not deleted since: deleting raises the version too. */
function guardOf({ version }: WebhookEndpoint) {
  return { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': version } }
}

function isLive({ deletedAt }: WebhookEndpoint): boolean {
  return deletedAt === undefined
}

function endOf(deletedAt: Instant): Instant {
  return instant(deletedAt + DELIVERY_DAYS * DAY_MS)
}

function put(
  { tableName: TableName }: Port,
  endpoint: WebhookEndpoint,
  guard: { ConditionExpression: string; ExpressionAttributeValues?: Record<string, number> },
): TransactItem {
  const key = keys.webhook(endpoint.workspaceId, endpoint.endpointId)
  return { Put: { TableName, Item: { ...key, ...toItem(endpoint) }, ...guard } }
}

/** Attributes of an endpoint's record. */
interface WebhookAttributes {
  id: string
  ws: string
  env: Environment
  n: number
  url: string
  types: WebhookType[]
  on: boolean
  sg: number
  v: number
  cat: Instant
  uat: Instant
  des?: string
  b?: number
  /** Until when the secret before signs as well. */
  ovl?: Instant
  /** When it was deleted, and when the record itself goes. */
  dat?: Instant
  ttl?: number
}

function toItem(endpoint: WebhookEndpoint): WebhookAttributes {
  const { description, batch, overlapUntil, deletedAt } = endpoint
  return {
    id: endpoint.endpointId,
    ws: endpoint.workspaceId,
    env: endpoint.environment,
    n: endpoint.serial,
    url: endpoint.url,
    types: [...endpoint.types],
    on: endpoint.isEnabled,
    sg: endpoint.secretGeneration,
    v: endpoint.version,
    cat: endpoint.createdAt,
    uat: endpoint.updatedAt,
    ...defined({ des: description, b: batch, ovl: overlapUntil }),
    ...(deletedAt === undefined ? {} : { dat: deletedAt, ttl: Math.ceil(endOf(deletedAt) / 1000) }),
  }
}

function readItem(item: Item): WebhookEndpoint {
  const attributes = item as unknown as WebhookAttributes
  const { des, b, ovl, dat } = attributes
  return {
    endpointId: attributes.id,
    workspaceId: attributes.ws,
    environment: attributes.env,
    serial: attributes.n,
    url: attributes.url,
    types: attributes.types,
    ...defined({ description: des, batch: b }),
    isEnabled: attributes.on,
    secretGeneration: attributes.sg,
    ...defined({ overlapUntil: ovl }),
    version: attributes.v,
    createdAt: attributes.cat,
    updatedAt: attributes.uat,
    ...defined({ deletedAt: dat }),
  }
}
