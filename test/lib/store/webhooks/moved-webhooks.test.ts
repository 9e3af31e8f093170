import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { reconcile } from '../../../../functions/workers/reconcile-webhooks.ts'
import { getItem } from '../../../../lib/store/table/read.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { runAs } from '../../../support/iam/guard.ts'
import { openWebhookScene, type WebhookScene } from '../../../support/webhook-scene.ts'
import {
  listWebhooks,
  getWebhook,
  moveWebhooks,
} from '../../../../lib/store/webhooks/webhook-endpoints.ts'

/** Puts an endpoint where an earlier version kept it. */
async function putBack({ port }: WebhookScene, id: string): Promise<void> {
  const { writer, tableName: TableName } = port
  const item = await getItem(port, keys.webhook('one', id))
  const Item = { ...item, ...keys.webhookBefore('one', id) }
  await writer.send(new PutCommand({ TableName, Item }))
  await writer.send(new DeleteCommand({ TableName, Key: keys.webhook('one', id) }))
}

async function openEarlier() {
  const scene = await openWebhookScene()
  const ids = [await scene.registered(), await scene.registered()]
  const before = await listWebhooks(scene.runtime.store, 'one')
  for (const id of ids) await putBack(scene, id)
  return { scene, store: scene.runtime.store, ids, before }
}

test('webhooks of an earlier version are found by whoever delivers, and keep their rules, before they are moved', async () => {
  const { scene, store, ids, before } = await openEarlier()
  const [first = ''] = ids
  await runAs('workers/reconcile-webhooks', () => reconcile(scene.runtime, scene.messaging.bus))
  expect(await scene.rulesMatch()).toBe(true)
  expect([...(await scene.rules()).keys()].sort()).toEqual([...ids].sort())
  const found = await runAs('workers/deliver-webhook', () => getWebhook(store, 'one', first))
  expect(found).toEqual(before.find(({ endpointId }) => endpointId === first))
})

test('moving them changes nothing of them, once and again, and leaves nothing behind', async () => {
  const { scene, store, ids, before } = await openEarlier()
  expect(await moveWebhooks(store)).toBe(2)
  expect(await moveWebhooks(store)).toBe(0)
  expect(await listWebhooks(store, 'one')).toEqual(before)
  for (const id of ids) {
    expect(await getItem(scene.port, keys.webhookBefore('one', id))).toBeUndefined()
    expect((await scene.api(`PATCH /api/v1/webhooks/${id}`, { enabled: false })).status).toBe(200)
  }
})

test('what is where it belongs is not overwritten by what was left behind', async () => {
  const { scene, store, ids } = await openEarlier()
  const [first = ''] = ids
  const { writer, tableName: TableName } = scene.port
  const left = await getItem(scene.port, keys.webhookBefore('one', first))
  await writer.send(
    new PutCommand({ TableName, Item: { ...left, v: 9, ...keys.webhook('one', first) } }),
  )
  expect(await moveWebhooks(store)).toBe(1)
  expect((await getWebhook(store, 'one', first))?.version).toBe(9)
})
