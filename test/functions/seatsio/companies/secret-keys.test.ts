import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { KEY_CACHE_MS } from '../../../../lib/http/auth.ts'
import { SECRET_KEYS_MAX } from '../../../../lib/limits/limits.ts'
import { testKeys } from '../../../support/holdfast.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { openSeatsioCompany, type ShownWorkspace } from '../../../support/seatsio-company.ts'
import { errorOf, verdictOf } from '../../../support/seatsio-scene.ts'

async function open() {
  const company = await openSeatsioCompany()
  const { admin, api, workspace } = company
  const path = `/workspaces/${workspace.key}` as const
  const add = async (headers: string[] = []) =>
    String(
      (await admin(`POST ${path}/actions/add-secret-key`, undefined, headers)).body?.['secretKey'],
    )
  const remove = (secretKey: unknown, headers: string[] = []) =>
    admin(`POST ${path}/actions/remove-secret-key`, { secretKey }, headers)
  const shown = async () => (await admin(`GET ${path}`)).body as unknown as ShownWorkspace
  const keys = async () => (await shown()).secretKeys
  const opens = async (key: string) => (await api('GET /events', undefined, { key })).status
  return { ...company, path, add, remove, shown, keys, opens }
}

test('a secret key that is added opens the workspace beside the one that it has', async () => {
  const { admin, workspace, path, keys, shown, opens } = await open()
  const first = workspace.secretKey
  expect(workspace.secretKeys).toEqual([first])
  const { status, body } = await admin(`POST ${path}/actions/add-secret-key`)
  const second = String(body?.['secretKey'])
  expect([status, Object.keys(body ?? {})]).toEqual([200, ['secretKey']])
  expect(second).toMatch(/^[\w-]{36}$/)
  expect(second).not.toBe(first)
  expect(await Promise.all([first, second].map(opens))).toEqual([200, 200])
  expect(await shown()).toEqual({ ...workspace, secretKeys: [first, second] })
  const listed = await admin('GET /workspaces')
  expect((listed.body?.['items'] as ShownWorkspace[])[0]?.secretKeys).toEqual(await keys())
})

test('a secret key that is removed opens nothing at once, and the next oldest is the first', async () => {
  const { add, remove, keys, shown, opens, workspace } = await open()
  const first = workspace.secretKey
  const [second, third] = [await add(), await add()]
  expect(await Promise.all([first, second, third].map(opens))).toEqual([200, 200, 200])
  const { status, body } = await remove(first)
  expect([status, body]).toEqual([204, undefined])
  expect(await Promise.all([first, second, third].map(opens))).toEqual([401, 200, 200])
  expect(await shown()).toMatchObject({ secretKey: second, secretKeys: [second, third] })
  await remove(third)
  const fourth = await add()
  expect(await keys()).toEqual([second, fourth])
  expect([first, second, third]).not.toContain(fourth)
  expect(await opens(third)).toBe(401)
})

test('another process believes a key that was removed for a minute at most', async () => {
  const { add, remove, workspace, clock, ...company } = await open()
  const elsewhere = seatsioOver(company.freshRuntime())
  const key = workspace.secretKey
  await add()
  expect((await elsewhere('GET /events', undefined, { key })).status).toBe(200)
  await remove(key)
  clock.advance(KEY_CACHE_MS)
  expect((await elsewhere('GET /events', undefined, { key })).status).toBe(401)
})

test('the last secret key of a workspace stays, and one that is not its own is refused without being told', async () => {
  const { add, remove, keys, opens, workspace, createWorkspace, adminKey } = await open()
  const other = await createWorkspace('Box office')
  const last = await remove(workspace.secretKey)
  expect([last.status, errorOf(last)]).toEqual([
    400,
    {
      code: 'GENERAL_ERROR',
      message: `secretKey: it is the last secret key of the workspace ${workspace.key}: add another first`,
    },
  ])
  const second = await add()
  for (const key of [other.secretKey, adminKey, 'nobody', 'x'.repeat(255)]) {
    const refused = await remove(key)
    expect([refused.status, errorOf(refused)]).toEqual([
      400,
      {
        code: 'GENERAL_ERROR',
        message: `secretKey: the workspace ${workspace.key} has no such secret key, or not any more`,
      },
    ])
  }
  expect(await opens(other.secretKey)).toBe(200)
  await remove(second)
  expect(verdictOf(await remove(second))).toBe('400 GENERAL_ERROR')
  expect(await keys()).toEqual([workspace.secretKey])
  expect(await opens(workspace.secretKey)).toBe(200)
})

test('what is no key is refused by the name of the field', async () => {
  const { admin, remove, path } = await open()
  const none = await admin(`POST ${path}/actions/remove-secret-key`, {})
  expect(errorOf(none)['message']).toBe('#: required key [secretKey] not found')
  for (const wrong of ['', 'x'.repeat(256), 7, ['x']]) {
    const refused = await remove(wrong)
    expect(refused.status).toBe(400)
    expect(errorOf(refused)['message']).toMatch(/^#\/secretKey: /)
  }
})

test('a workspace has ten secret keys at most, and all of them open it', async () => {
  const { add, admin, remove, keys, opens, path, workspace } = await open()
  for (let count = 1; count < SECRET_KEYS_MAX; count += 1) await add()
  const all = await keys()
  expect(new Set(all).size).toBe(SECRET_KEYS_MAX)
  expect(new Set(await Promise.all(all.map(opens)))).toEqual(new Set([200]))
  const refused = await admin(`POST ${path}/actions/add-secret-key`)
  expect([refused.status, errorOf(refused)]).toEqual([
    400,
    {
      code: 'GENERAL_ERROR',
      message: `The workspace ${workspace.key} has ${SECRET_KEYS_MAX} secret keys, and may not have more: remove one first`,
    },
  ])
  await remove(all[4])
  await add()
  expect(await keys()).toHaveLength(SECRET_KEYS_MAX)
})

test('a key that is made anew takes the place of all others', async () => {
  const { add, admin, keys, opens, path, workspace } = await open()
  const before = [workspace.secretKey, await add(), await add()]
  const { body } = await admin(`POST ${path}/actions/regenerate-secret-key`)
  const made = String(body?.['secretKey'])
  expect(await keys()).toEqual([made])
  expect(await Promise.all([made, ...before].map(opens))).toEqual([200, 401, 401, 401])
})

test('no key of a workspace that is deleted opens anything', async () => {
  const { admin, createWorkspace, opens } = await open()
  const { key, secretKey } = await createWorkspace('Box office')
  const { body } = await admin(`POST /workspaces/${key}/actions/add-secret-key`)
  const second = String(body?.['secretKey'])
  await admin(`POST /workspaces/${key}/actions/deactivate`)
  expect(await Promise.all([secretKey, second].map(opens))).toEqual([403, 403])
  expect((await admin(`DELETE /workspaces/${key}`)).status).toBe(204)
  expect(await Promise.all([secretKey, second].map(opens))).toEqual([401, 401])
})

test('keys that are added and removed at once are all added and removed, but for the last', async () => {
  const { add, remove, keys, opens, workspace } = await open()
  const first = workspace.secretKey
  const added = await Promise.all([add(), add(), add()])
  expect((await keys()).toSorted()).toEqual([first, ...added].toSorted())
  const all = await keys()
  const answers = await Promise.all(all.map((key) => remove(key)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 204, 204, 400])
  const [left = ''] = await keys()
  expect(await keys()).toHaveLength(1)
  const statuses = await Promise.all(all.map(opens))
  expect(all.filter((_, index) => statuses[index] === 200)).toEqual([left])
})

test('neither takes effect twice under one Idempotency-Key, and a secret is told once', async () => {
  const { admin, add, remove, keys, path, workspace } = await open()
  const headers = ['Idempotency-Key', 'add']
  const second = await add(headers)
  const again = await admin(`POST ${path}/actions/add-secret-key`, undefined, headers)
  expect([again.status, again.headers['idempotent-replayed']]).toEqual([409, 'true'])
  expect(JSON.stringify(again.body)).not.toContain(second)
  expect(await keys()).toEqual([workspace.secretKey, second])
  const key = ['Idempotency-Key', 'remove']
  expect((await remove(second, key)).status).toBe(204)
  const repeated = await remove(second, key)
  expect([repeated.status, repeated.headers['idempotent-replayed']]).toEqual([204, 'true'])
  expect((await remove(workspace.secretKey, key)).status).toBe(422)
})

test('another company takes no key from a workspace and adds none', async () => {
  const { api, keys, path, workspace } = await open()
  const options = { key: testKeys.admin }
  for (const call of ['add-secret-key', 'remove-secret-key']) {
    const sent = { secretKey: workspace.secretKey }
    const refused = await api(`POST ${path}/actions/${call}`, sent, options)
    expect(verdictOf(refused)).toBe('404 WORKSPACE_NOT_FOUND')
  }
  expect(await keys()).toEqual([workspace.secretKey])
})

test('neither the log nor the table has a key that was added or removed', async () => {
  const { add, remove, port, log, workspace } = await open()
  const second = await add(['Idempotency-Key', 'add'])
  await remove(workspace.secretKey, ['Idempotency-Key', 'remove'])
  const { Items } = await port.reader.send(new ScanCommand({ TableName: port.tableName }))
  const kept = JSON.stringify([log, Items])
  expect(kept).toContain('kgs')
  expect(kept).not.toContain(second)
  expect(kept).not.toContain(workspace.secretKey)
})
