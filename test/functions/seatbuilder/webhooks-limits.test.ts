import { expect, test } from 'vitest'
import { runtimeOver } from '../../../lib/open.ts'
import { webhookPolicyFrom } from '../../../lib/webhooks/policy.ts'
import { apiOver } from '../../support/api.ts'
import { ROOTS, testKeys } from '../../support/holdfast.ts'
import { sendKeyed } from '../../support/every-write.ts'
import { openWebhookScene, RECEIVER } from '../../support/webhook-scene.ts'

const MAX = 3
const valid = { url: RECEIVER, events: ['seat.booked'] }

/** A Holdfast whose workspaces may have three webhooks each. */
async function open() {
  const scene = await openWebhookScene()
  const { messaging, port } = scene
  const openBus = () => messaging.bus
  const over = (webhooks: object) => apiOver(runtimeOver(port, { roots: ROOTS, openBus, webhooks }))
  const api = over({ perWorkspaceMax: MAX })
  const register = async (key: string = testKeys.secret) =>
    (await api('POST /api/v1/webhooks', valid, { key })).status
  return { ...scene, api, over, registerOne: register }
}

test('a workspace has as many webhooks as the setting says and no more, whatever others have', async () => {
  const { api, registerOne, rules } = await open()
  for (let count = 1; count <= MAX; count += 1) expect(await registerOne()).toBe(201)
  const refused = await api('POST /api/v1/webhooks', valid)
  expect(refused.status).toBe(409)
  expect(refused.body['message']).toMatch(/has 3 webhooks, .* setting webhooks.perWorkspaceMax/)
  expect((await rules()).size).toBe(MAX)
  expect(await registerOne(testKeys.otherSecret)).toBe(201)
})

test('one that is disabled counts, and one that is deleted makes room', async () => {
  const { api, registerOne } = await open()
  for (let count = 1; count < MAX; count += 1) await registerOne()
  const { body } = await api('POST /api/v1/webhooks', valid)
  const path = `/api/v1/webhooks/${String(body['id'])}` as const
  await api(`PATCH ${path}`, { enabled: false })
  expect(await registerOne()).toBe(409)
  await api(`DELETE ${path}`)
  expect(await registerOne()).toBe(201)
  expect(await registerOne()).toBe(409)
})

test('of many that are registered at once no more come through', async () => {
  const { api, registerOne, rules, rulesMatch } = await open()
  const statuses = await Promise.all(Array.from({ length: 3 * MAX }, () => registerOne()))
  const made = statuses.filter((status) => status === 201).length
  expect(made).toBeLessThanOrEqual(MAX)
  expect((await api('GET /api/v1/webhooks')).body['total']).toBe(made)
  expect((await rules()).size).toBe(made)
  expect(await rulesMatch()).toBe(true)
})

test('a repeat of the last that had room is told that it was done, and not that there is no room', async () => {
  const { api, registerOne } = await open()
  for (let count = 1; count < MAX; count += 1) await registerOne()
  const request = { request: 'POST /api/v1/webhooks', body: valid } as const
  expect((await sendKeyed(api, request)).status).toBe(201)
  expect((await sendKeyed(api, request)).body['message']).not.toMatch(/as many as/)
})

test('ports of receivers are those of the setting', async () => {
  const { over } = await open()
  const api = over({ ports: [443, 9000] })
  const status = async (origin: string) =>
    (await api('POST /api/v1/webhooks', { ...valid, url: `${origin}/` })).status
  expect(await status('https://a.example')).toBe(201)
  expect(await status('https://a.example:9000')).toBe(201)
  expect(await status('https://a.example:8443')).toBe(400)
})

test('the environment says how many and which ports, and is refused by name where it does not', () => {
  expect(webhookPolicyFrom({})).toEqual({
    allowsLoopback: false,
    ports: [443, 8443],
    perWorkspaceMax: 20,
    lookSeconds: 60,
  })
  const said = { HOLDFAST_WEBHOOKS_PER_WORKSPACE: '7', HOLDFAST_WEBHOOK_PORTS: '443 9000' }
  expect(webhookPolicyFrom(said)).toMatchObject({ ports: [443, 9000], perWorkspaceMax: 7 })
  for (const [name, text] of [
    ['HOLDFAST_WEBHOOKS_PER_WORKSPACE', '0'],
    ['HOLDFAST_WEBHOOK_PORTS', '443,80'],
    ['HOLDFAST_WEBHOOK_PORTS', '65536'],
    ['HOLDFAST_WEBHOOK_LOOK_SECONDS', '901'],
  ] as const) {
    expect(() => webhookPolicyFrom({ [name]: text })).toThrow(name)
  }
})
