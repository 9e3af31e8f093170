import { expect, test } from 'vitest'
import { KEY_CACHE_MS } from '../../../../lib/http/auth.ts'
import {
  openHoldfast,
  SYSTEM_SECRET,
  testKeys,
  testWorkspaceKeys,
} from '../../../support/holdfast.ts'
import { openSeatsioCompany } from '../../../support/seatsio-company.ts'
import { seatsioOver } from '../../../support/seatsio.ts'

const CREATE = 'POST /system/private/create-test-company'

async function open() {
  const holdfast = await openHoldfast()
  return { ...holdfast, api: seatsioOver(holdfast.runtime) }
}

test('a company for tests is there with its first answer, in one write', async () => {
  const { api, calls } = await open()
  calls.clear()
  const { status, body } = await api(CREATE, undefined, { key: SYSTEM_SECRET })
  expect(status).toBe(200)
  expect(calls.all.map(({ operation }) => operation)).toEqual(['TransactWriteItems'])
  const { admin, workspace } = body as unknown as Company
  expect(workspace).toMatchObject({
    name: 'Production workspace',
    isTest: false,
    isActive: true,
    isDefault: true,
    settings: {},
  })
  for (const key of [admin.secretKey, workspace.secretKey]) {
    expect(key.length).toBeLessThanOrEqual(45)
    expect((await api('GET /nothing', undefined, { key })).status).toBe(404)
  }
  const shown = await api(`GET /workspaces/${workspace.key}`, undefined, { key: admin.secretKey })
  expect(shown.body).toEqual(workspace)
})

test('two hundred companies can be made at once, each of its own', async () => {
  const { api } = await open()
  const made = await Promise.all(
    Array.from({ length: 200 }, () => api(CREATE, undefined, { key: SYSTEM_SECRET })),
  )
  expect(new Set(made.map(({ status }) => status))).toEqual(new Set([200]))
  const ids = made.map(({ body }) => (body as unknown as Company).workspace.id)
  expect(new Set(ids).size).toBe(200)
})

test('nobody creates companies without the secret, and where none is set there is no such endpoint', async () => {
  const { api, runtime } = await open()
  expect((await api(CREATE, undefined, { key: null })).status).toBe(401)
  expect((await api(CREATE, undefined, { key: 'guess' })).status).toBe(401)
  expect((await api(CREATE, undefined, { key: testKeys.admin })).status).toBe(401)
  const closed = seatsioOver({ ...runtime, systemSecret: undefined })
  const answer = await closed(CREATE, undefined, { key: SYSTEM_SECRET })
  expect([answer.status, answer.body?.['messages']]).toEqual([
    404,
    ['No such endpoint: POST /system/private/create-test-company'],
  ])
})

interface Company {
  admin: { secretKey: string; designerKey: string; email: string }
  workspace: { id: number; key: string; secretKey: string }
}

test('a company creates workspaces, reads them again, and nobody else does', async () => {
  const { api } = await open()
  const key = testKeys.admin
  const made = await api('POST /workspaces', { name: 'Box office', isTest: true }, { key })
  expect(made.body).toMatchObject({ name: 'Box office', isTest: true, isDefault: false })
  const workspaceKey = String(made.body?.['key'])
  const shown = await api(`GET /workspaces/${workspaceKey}`, undefined, { key })
  expect(shown.body).toEqual(made.body)
  const { body: other } = await api(CREATE, undefined, { key: SYSTEM_SECRET })
  const stranger = (other as unknown as Company).admin.secretKey
  const hidden = await api(`GET /workspaces/${workspaceKey}`, undefined, { key: stranger })
  expect([hidden.status, hidden.body?.['errors']]).toEqual([
    404,
    [{ code: 'WORKSPACE_NOT_FOUND', message: `Workspace not found: ${workspaceKey}` }],
  ])
  const secretKey = String(made.body?.['secretKey'])
  const asWorkspace = await api(`GET /workspaces/${workspaceKey}`, undefined, { key: secretKey })
  expect(asWorkspace.status).toBe(403)
})

test('an answer that shows a secret is told once', async () => {
  const { api } = await open()
  const options = { key: testKeys.admin, headers: ['Idempotency-Key', 'once'] }
  expect((await api('POST /workspaces', { name: 'A' }, options)).status).toBe(200)
  const again = await api('POST /workspaces', { name: 'A' }, options)
  expect([again.status, again.headers['idempotent-replayed']]).toEqual([409, 'true'])
})

test('keys open nothing in a workspace that is switched off, until it is on again', async () => {
  const { api, clock } = await open()
  const key = testKeys.admin
  const { body } = await api('POST /workspaces', { name: 'Box office' }, { key })
  const { key: workspaceKey, secretKey } = body as { key: string; secretKey: string }
  const asAdmin = { key, headers: ['X-Workspace-Key', workspaceKey] }
  const statuses = async () => {
    clock.advance(KEY_CACHE_MS)
    const answers = [
      await api('GET /events', undefined, { key: secretKey }),
      await api('GET /events', undefined, asAdmin),
    ]
    return answers.map(({ status }) => status)
  }
  expect(await statuses()).toEqual([200, 200])
  const off = await api(`POST /workspaces/${workspaceKey}/actions/deactivate`, undefined, { key })
  expect(off.status).toBe(204)
  expect(await statuses()).toEqual([403, 403])
  const shown = await api(`GET /workspaces/${workspaceKey}`, undefined, { key })
  expect(shown.body).toMatchObject({ isActive: false })
  await api(`POST /workspaces/${workspaceKey}/actions/activate`, {}, { key })
  expect(await statuses()).toEqual([200, 200])
})

test('the default workspace of a company stays on', async () => {
  const { api } = await open()
  const target = `POST /workspaces/${testWorkspaceKeys.one}/actions/deactivate` as const
  expect((await api(target, undefined, { key: testKeys.admin })).status).toBe(400)
})

test.each([
  ["a company's key", testKeys.admin, undefined, 200],
  ["a company's key with the default", testKeys.admin, testWorkspaceKeys.one, 200],
  ["a company's key with another workspace", testKeys.admin, testWorkspaceKeys.two, 404],
  ["a company's key with an unknown workspace", testKeys.admin, 'nobody', 404],
  ["a workspace's key", testKeys.secret, undefined, 200],
  ["a workspace's key with its own", testKeys.secret, testWorkspaceKeys.one, 200],
  ["a workspace's key with another", testKeys.secret, testWorkspaceKeys.two, 403],
  ["a workspace's key with an unknown one", testKeys.secret, 'nobody', 404],
  ['a publishable key', testKeys.publishable, undefined, 403],
  ['an unknown key', 'nobody', undefined, 401],
])('%s reads an event of the first workspace: %s %s %i', async (_, key, workspaceKey, status) => {
  const { api } = await open()
  await api('POST /system/public/charts/hall', {})
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  const headers = workspaceKey === undefined ? [] : ['X-Workspace-Key', workspaceKey]
  expect((await api('GET /events/gala', undefined, { key, headers })).status).toBe(status)
})

test.each([255, 256, 5_000])(
  'a workspace key of %i characters names no workspace',
  async (length) => {
    const { api } = await open()
    const headers = ['X-Workspace-Key', 'x'.repeat(length)]
    const answer = await api('GET /events', undefined, { headers })
    expect([answer.status, answer.body?.['errors']]).toMatchObject([
      404,
      [{ code: 'WORKSPACE_NOT_FOUND' }],
    ])
  },
)

test('one idempotency key means one request of an admin key: the same one in the workspace that it named, and no other', async () => {
  const { api, admin, workspace, createWorkspace } = await openSeatsioCompany()
  const second = await createWorkspace('Second')
  const into = (key: string) => ['X-Workspace-Key', key]
  const named = ['Idempotency-Key', 'tokens of today']
  const issue = (headers: readonly string[]) =>
    admin('POST /hold-tokens', {}, [...named, ...headers])
  const first = await issue(into(workspace.key))
  expect(first.status).toBe(200)
  const foreign = await issue(into(second.key))
  expect([foreign.status, foreign.body?.['holdToken']]).toEqual([422, undefined])
  // The default is that workspace, so whoever names none means the same.
  for (const headers of [into(workspace.key), []]) {
    const again = await issue(headers)
    expect([again.body, again.headers['idempotent-replayed']]).toEqual([first.body, 'true'])
  }
  await admin(`POST /workspaces/actions/set-default/${second.key}`)
  expect((await issue([])).status).toBe(422)
  // Keys of the workspaces are callers of their own.
  const own = await api('POST /hold-tokens', {}, { key: second.secretKey, headers: named })
  expect([own.status, own.body?.['workspaceKey']]).toEqual([200, second.key])
})

test('where the company itself is administered, the workspace that is named does not matter to a repeat', async () => {
  const { admin, workspace, createWorkspace } = await openSeatsioCompany()
  const second = await createWorkspace('Second')
  const rename = (key: string) =>
    admin(`POST /workspaces/${second.key}`, { name: 'New' }, [
      ...['Idempotency-Key', 'rename', 'X-Workspace-Key', key],
    ])
  expect((await rename(workspace.key)).status).toBe(204)
  const again = await rename(second.key)
  expect([again.status, again.headers['idempotent-replayed']]).toEqual([204, 'true'])
})
