import { expect, test } from 'vitest'
import { KEY_CACHE_MS } from '../../../../lib/http/auth.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import {
  openSeatsioCompany,
  type SeatsioCompany,
  type ShownWorkspace,
} from '../../../support/seatsio-company.ts'
import { errorOf, verdictOf } from '../../../support/seatsio-scene.ts'
import { testKeys } from '../../../support/holdfast.ts'
import {
  deleteWorkspace,
  findWorkspace,
  getWorkspace,
} from '../../../../lib/store/companies/workspaces.ts'
import { addApiKey } from '../../../../lib/store/companies/api-keys.ts'

/** Names of the workspaces of a list, in its order, and its cursors by name. */
async function list({ admin }: SeatsioCompany, query = '', path = '/workspaces') {
  const { status, body } = await admin(`GET ${path}?${query}` as 'GET /')
  expect(status).toBe(200)
  const { items, ...cursors } = body as unknown as { items: ShownWorkspace[] }
  return { names: items.map(({ name }) => name), items, cursors }
}

async function openMany(names: readonly string[]) {
  const company = await openSeatsioCompany()
  const made = new Map<string, ShownWorkspace>()
  for (const name of names) made.set(name, await company.createWorkspace(name))
  const of = (name: string): ShownWorkspace => made.get(name) ?? company.workspace
  return { ...company, of }
}

test('workspaces are listed newest first, the one that the company began with last', async () => {
  const company = await openMany(['a', 'b'])
  const { names, items, cursors } = await list(company)
  expect([names, cursors]).toEqual([['b', 'a', 'Production workspace'], {}])
  expect(items[1]).toEqual(company.of('a'))
  expect(items[2]).toEqual(company.workspace)
})

test('a list of workspaces is paged in both directions', async () => {
  const company = await openMany(['a', 'b', 'c', 'd'])
  const id = (name: string) => company.of(name).id
  const first = await list(company, 'limit=2')
  expect(first.names).toEqual(['d', 'c'])
  expect(first.cursors).toEqual({ next_page_starts_after: String(id('c')) })
  const second = await list(company, `limit=2&start_after_id=${id('c')}`)
  expect(second.names).toEqual(['b', 'a'])
  expect(second.cursors).toEqual({
    next_page_starts_after: String(id('a')),
    previous_page_ends_before: String(id('b')),
  })
  expect((await list(company, `limit=2&end_before_id=${id('a')}`)).names).toEqual(['c', 'b'])
  expect((await list(company, `end_before_id=${id('c')}`)).names).toEqual(['d'])
})

test('a list is filtered by part of a name or of a public key, in any case, before it is paged', async () => {
  const company = await openMany(['Box office', 'Bar', 'box 2', 'Gate'])
  expect((await list(company, 'filter=BOX')).names).toEqual(['box 2', 'Box office'])
  const page = await list(company, 'filter=box&limit=1')
  expect(page.names).toEqual(['box 2'])
  expect(page.cursors).toEqual({ next_page_starts_after: String(company.of('box 2').id) })
  const part = company.of('Gate').key.slice(4, 20).toUpperCase()
  expect((await list(company, `filter=${part}`)).names).toEqual(['Gate'])
  expect((await list(company, 'filter=nothing')).names).toEqual([])
  expect((await list(company, 'filter=')).names).toHaveLength(5)
})

test('active and inactive workspaces are listed apart', async () => {
  const company = await openMany(['north', 'south', 'gate'])
  await company.admin(`POST /workspaces/${company.of('south').key}/actions/deactivate`)
  const active = await list(company, '', '/workspaces/active')
  expect(active.names).toEqual(['gate', 'north', 'Production workspace'])
  const inactive = await list(company, 'filter=SOUTH', '/workspaces/inactive')
  expect([inactive.names, inactive.items[0]?.isActive]).toEqual([['south'], false])
  expect((await list(company, 'filter=north', '/workspaces/inactive')).names).toEqual([])
  expect((await list(company)).names).toHaveLength(4)
})

test('a company sees no workspace of another', async () => {
  const company = await openMany(['a'])
  const { body } = await company.api('GET /workspaces', undefined, { key: testKeys.admin })
  expect((body?.['items'] as ShownWorkspace[]).map(({ name }) => name)).toEqual(['two', 'one'])
  const theirs = company.of('a').key
  for (const request of [
    `POST /workspaces/${theirs}`,
    `DELETE /workspaces/${theirs}`,
    `POST /workspaces/${theirs}/actions/activate`,
    `POST /workspaces/${theirs}/actions/deactivate`,
    `POST /workspaces/${theirs}/actions/regenerate-secret-key`,
    `POST /workspaces/${theirs}/actions/add-secret-key`,
    `POST /workspaces/actions/set-default/${theirs}`,
  ] as `${string} /${string}`[]) {
    const answer = await company.api(request, { name: 'x' }, { key: testKeys.admin })
    expect(verdictOf(answer)).toBe('404 WORKSPACE_NOT_FOUND')
  }
  expect((await list(company)).items[0]).toEqual(company.of('a'))
})

test('a workspace is renamed, and nothing else of it changes', async () => {
  const { admin, workspace } = await openSeatsioCompany()
  const rename = (body: object) => admin(`POST /workspaces/${workspace.key}`, body)
  expect((await rename({ name: 'Box office' })).status).toBe(204)
  const { body } = await admin(`GET /workspaces/${workspace.key}`)
  expect(body).toEqual({ ...workspace, name: 'Box office' })
  for (const [name, status] of [
    ['', 400],
    ['x', 204],
    ['x'.repeat(255), 204],
    ['x'.repeat(256), 400],
  ] as const) {
    expect((await rename({ name })).status).toBe(status)
  }
  const missing = await rename({})
  expect(errorOf(missing)['message']).toBe('#: required key [name] not found')
})

test('a secret key that is made anew opens the workspace at once, and the one before nothing', async () => {
  const { admin, api, workspace } = await openSeatsioCompany()
  const status = async (key: string) => (await api('GET /events', undefined, { key })).status
  expect(await status(workspace.secretKey)).toBe(200)
  const path = `POST /workspaces/${workspace.key}/actions/regenerate-secret-key` as const
  const { status: made, body } = await admin(path)
  const secretKey = String(body?.['secretKey'])
  expect([made, Object.keys(body ?? {})]).toEqual([200, ['secretKey']])
  expect(secretKey.length).toBeLessThanOrEqual(45)
  expect(await Promise.all([secretKey, workspace.secretKey].map(status))).toEqual([200, 401])
  const shown = await admin(`GET /workspaces/${workspace.key}`)
  expect(shown.body).toEqual({ ...workspace, secretKey, secretKeys: [secretKey] })
  const again = await admin(path)
  expect(again.body?.['secretKey']).not.toBe(secretKey)
  expect(await status(secretKey)).toBe(401)
})

test('a workspace whose key was made anew since it was read is not deleted with the key before', async () => {
  const { admin, createWorkspace, runtime } = await openSeatsioCompany()
  const { key } = await createWorkspace('Box office')
  await admin(`POST /workspaces/${key}/actions/deactivate`)
  const found = await findWorkspace(runtime.store, key)
  const before = await getWorkspace(runtime.store, found?.workspaceId ?? '')
  if (before === undefined) throw new Error('no workspace')
  await admin(`POST /workspaces/${key}/actions/regenerate-secret-key`)
  const goes = { secretKeys: [], receipt: undefined }
  expect(await deleteWorkspace(runtime.store, before, goes)).toBe(false)
  expect((await admin(`DELETE /workspaces/${key}`)).status).toBe(204)
})

test('another process believes a key that is gone for a minute at most', async () => {
  const holdfast = await openSeatsioCompany()
  const { admin, workspace, clock } = holdfast
  const elsewhere = seatsioOver(holdfast.freshRuntime())
  const key = workspace.secretKey
  expect((await elsewhere('GET /events', undefined, { key })).status).toBe(200)
  await admin(`POST /workspaces/${workspace.key}/actions/regenerate-secret-key`)
  clock.advance(KEY_CACHE_MS)
  expect((await elsewhere('GET /events', undefined, { key })).status).toBe(401)
})

test('an admin key acts in the workspace that is the default by now', async () => {
  const { admin, workspace, createWorkspace, ...company } = await openSeatsioCompany()
  const other = await createWorkspace('Box office')
  await admin('POST /system/public/charts/hall', {})
  expect((await admin('GET /charts/hall')).status).toBe(200)
  const set = `POST /workspaces/actions/set-default/${other.key}` as const
  expect((await admin(set, { key: other.key })).status).toBe(204)
  expect((await admin('GET /charts/hall')).status).toBe(404)
  const named = ['X-Workspace-Key', workspace.key]
  expect((await admin('GET /charts/hall', undefined, named)).status).toBe(200)
  const { items } = await list({ ...company, admin, workspace, createWorkspace })
  expect(items.map(({ isDefault }) => isDefault)).toEqual([true, false])
  const off = await admin(`POST /workspaces/${workspace.key}/actions/deactivate`)
  expect(off.status).toBe(204)
  const refused = await admin(`POST /workspaces/${other.key}/actions/deactivate`)
  expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
})

test('a workspace that is not active cannot become the default', async () => {
  const { admin, createWorkspace } = await openSeatsioCompany()
  const { key } = await createWorkspace('Box office')
  await admin(`POST /workspaces/${key}/actions/deactivate`)
  const refused = await admin(`POST /workspaces/actions/set-default/${key}`)
  expect(errorOf(refused)).toEqual({
    code: 'GENERAL_ERROR',
    message: `The workspace ${key} is not active: activate it first`,
  })
})

test('only a workspace that is not active is deleted, and then it is unknown and no key opens it', async () => {
  const { admin, api, runtime, createWorkspace, ...company } = await openSeatsioCompany()
  const made = await createWorkspace('Box office')
  const found = await findWorkspace(runtime.store, made.key)
  const native = { keyId: 'native', kind: 'secret', workspaceId: found?.workspaceId ?? '' } as const
  await addApiKey(runtime.store, 'sk_test_native', native)
  const remove = `DELETE /workspaces/${made.key}` as const
  const refused = await admin(remove)
  expect(errorOf(refused)['message']).toBe(
    `The workspace ${made.key} is active: deactivate it first`,
  )
  await admin(`POST /workspaces/${made.key}/actions/deactivate`)
  expect((await admin(remove)).status).toBe(204)
  for (const request of [
    remove,
    `GET /workspaces/${made.key}`,
    `POST /workspaces/${made.key}/actions/activate`,
  ] as `${string} /${string}`[]) {
    expect(verdictOf(await admin(request))).toBe('404 WORKSPACE_NOT_FOUND')
  }
  const { names } = await list({ ...company, admin, api, runtime, createWorkspace })
  expect(names).toEqual(['Production workspace'])
  const open = async (key: string, headers: string[] = []) =>
    (await api('GET /events', undefined, { key, headers })).status
  expect(await open(made.secretKey)).toBe(401)
  expect(await open('sk_test_native')).toBe(403)
  expect(await open(company.adminKey, ['X-Workspace-Key', made.key])).toBe(404)
})

test('the default workspace is neither switched off nor deleted', async () => {
  const { admin, workspace } = await openSeatsioCompany()
  const off = await admin(`POST /workspaces/${workspace.key}/actions/deactivate`)
  expect(verdictOf(off)).toBe('400 GENERAL_ERROR')
  expect(verdictOf(await admin(`DELETE /workspaces/${workspace.key}`))).toBe('400 GENERAL_ERROR')
})

test('of a new default and its switching off, at once, never both happen', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const { admin, createWorkspace } = await openSeatsioCompany()
    const { key } = await createWorkspace('Box office')
    await Promise.all([
      admin(`POST /workspaces/actions/set-default/${key}`),
      admin(`POST /workspaces/${key}/actions/deactivate`),
    ])
    const { body } = await admin(`GET /workspaces/${key}`)
    expect([true, false]).toContain(body?.['isDefault'])
    expect(body?.['isDefault'] === true && body['isActive'] === false).toBe(false)
  }
})

test('a workspace that is switched off while it becomes the default does not become it', async () => {
  const { admin, engine, clock, workspace, createWorkspace } = await openSeatsioCompany()
  const { key } = await createWorkspace('Box office')
  let sent = 0
  engine.inject = ({ operation }) => {
    if (operation !== 'TransactWriteItems') return undefined
    sent += 1
    return sent === 1 ? 'lost-before' : undefined
  }
  const sleep = clock.sleep.bind(clock)
  let others: Promise<unknown> | undefined
  clock.sleep = async (milliseconds) => {
    // The first wait is the one for the answer that got lost.
    others ??= admin(`POST /workspaces/${key}/actions/deactivate`)
    await others
    await sleep(milliseconds)
  }
  const refused = await admin(`POST /workspaces/actions/set-default/${key}`)
  expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
  const { body } = await admin(`GET /workspaces/${workspace.key}`)
  expect(body).toMatchObject({ isDefault: true })
})

test('a name and a switch that are changed at once are both kept', async () => {
  const { admin, createWorkspace } = await openSeatsioCompany()
  const { key } = await createWorkspace('Box office')
  await Promise.all([
    admin(`POST /workspaces/${key}`, { name: 'Door' }),
    admin(`POST /workspaces/${key}/actions/deactivate`),
  ])
  const { body } = await admin(`GET /workspaces/${key}`)
  expect(body).toMatchObject({ name: 'Door', isActive: false })
})

test('every change of a workspace can be repeated under a key, and a secret is told once', async () => {
  const { admin, createWorkspace } = await openSeatsioCompany()
  const { key } = await createWorkspace('Box office')
  const twice = async (request: `${string} /${string}`, body?: object) => {
    const headers = ['Idempotency-Key', request]
    const first = await admin(request, body, headers)
    const second = await admin(request, body, headers)
    expect(second.headers['idempotent-replayed']).toBe('true')
    return [first.status, second.status]
  }
  expect(await twice(`POST /workspaces/${key}`, { name: 'Door' })).toEqual([204, 204])
  expect(await twice(`POST /workspaces/${key}/actions/regenerate-secret-key`)).toEqual([200, 409])
  expect(await twice(`POST /workspaces/actions/set-default/${key}`)).toEqual([204, 204])
  const other = await createWorkspace('Gate')
  expect(await twice(`POST /workspaces/${other.key}/actions/deactivate`)).toEqual([204, 204])
  expect(await twice(`DELETE /workspaces/${other.key}`)).toEqual([204, 204])
})
