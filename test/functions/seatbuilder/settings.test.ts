import { expect, test } from 'vitest'
import { KEY_CACHE_MS } from '../../../lib/http/auth.ts'
import {
  changeSettings,
  type SettingsChange,
} from '../../../lib/actions/companies/change-settings.ts'
import { createCompany } from '../../../lib/actions/companies/create-company.ts'
import { createKey } from '../../../lib/actions/companies/create-key.ts'
import { listKeys } from '../../../lib/actions/companies/list-keys.ts'
import { revokeKey } from '../../../lib/actions/companies/revoke-key.ts'
import type { Outcome } from '../../../lib/refusals.ts'
import { apiOver } from '../../support/api.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { hallWith } from '../../support/area-scene.ts'
import { openHoldfast, type Holdfast } from '../../support/holdfast.ts'
import { labelsOf, makeEvent, OTHER_TOKEN, TOKEN } from '../../support/scene.ts'

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.refusal.code)
  return outcome.value
}

/** A company with an event in its sandbox, and a key of each kind. */
async function openCompany(drawing: object = rowDrawing({ seatsPerRow: 10 })) {
  const holdfast = await openHoldfast()
  const administration = administrationOf(holdfast)
  const { company, workspaces } = await createCompany(administration, 'Acme')
  const workspaceId = company.workspaceIds[1] ?? ''
  const secret = must(await createKey(administration, workspaceId, 'secret'))
  const publishable = must(await createKey(administration, workspaceId, 'publishable'))
  const api = apiOver(holdfast.runtime)
  const asSecret = (request: `${string} /${string}`, body?: unknown) =>
    api(request, body, { key: secret.key })
  const { eventKey } = await makeEvent(asSecret, drawing)
  const seats = `/api/v1/events/${eventKey}/seats` as const
  /** Changes settings and waits until every process must have seen them. */
  const settle = async (change: SettingsChange) => {
    must(await changeSettings(administration, workspaceId, change))
    holdfast.clock.advance(KEY_CACHE_MS)
  }
  const asBuyer = (verb: string, body: object) =>
    api(`POST ${seats}/${verb}`, body, { key: publishable.key })
  return {
    ...holdfast,
    administration,
    company,
    workspaces,
    workspaceId,
    secret,
    publishable,
    api,
    asSecret,
    asBuyer,
    seats,
    settle,
    eventKey,
  }
}

function administrationOf({ runtime, clock, port }: Holdfast) {
  return { store: runtime.store, ids: port.ids, now: () => clock.now(), masterSecret: 'master' }
}

test('a company has a production workspace and a sandbox, isolated, with keys that say which', async () => {
  const { administration, workspaces, secret, publishable, api, eventKey } = await openCompany()
  expect(workspaces.map(({ isTest }) => isTest)).toEqual([false, true])
  expect(secret.key).toMatch(/^sk_test_[\w-]{36}$/)
  expect(publishable.key).toMatch(/^pk_test_[\w-]{36}$/)
  const live = must(await createKey(administration, workspaces[0]?.workspaceId ?? '', 'secret'))
  expect(live.key).toMatch(/^sk_live_[\w-]{36}$/)
  expect(live.key.length).toBeLessThanOrEqual(45)
  const answer = await api(`GET /api/v1/events/${eventKey}`, undefined, { key: live.key })
  expect(answer.status).toBe(404)
})

test('keys are listed without their text, and a revoked one stays in the list but opens nothing', async () => {
  const { administration, workspaceId, secret, publishable, api, clock } = await openCompany()
  const list = async () => must(await listKeys(administration, workspaceId))
  const createdAt = expect.any(Number) as number
  const listed = ({ keyId, kind }: typeof secret) => ({ keyId, kind, workspaceId, createdAt })
  expect(await list()).toEqual([listed(secret), listed(publishable)])
  expect(JSON.stringify(await list())).not.toContain(secret.key)
  const opens = async () => (await api('GET /api/v1/charts', undefined, { key: secret.key })).status
  expect(await opens()).toBe(200)
  must(await revokeKey(administration, workspaceId, secret.keyId))
  clock.advance(KEY_CACHE_MS)
  expect(await opens()).toBe(401)
  const revokedAt = expect.any(Number) as number
  expect(await list()).toEqual([{ ...listed(secret), revokedAt }, listed(publishable)])
})

test('unknown workspaces and keys are refused', async () => {
  const { administration, workspaceId, secret } = await openCompany()
  const unknown = { ok: false, refusal: { code: 'workspace-not-found', workspaceId: 'none' } }
  expect(await createKey(administration, 'none', 'secret')).toEqual(unknown)
  expect(await listKeys(administration, 'none')).toEqual(unknown)
  expect(await changeSettings(administration, 'none', {})).toEqual(unknown)
  const noKey = { ok: false, refusal: { code: 'key-not-found' } }
  expect(await revokeKey(administration, workspaceId, 'none')).toMatchObject(noKey)
  expect(await revokeKey(administration, 'none', secret.keyId)).toMatchObject(noKey)
  must(await revokeKey(administration, workspaceId, secret.keyId))
  expect(await revokeKey(administration, workspaceId, secret.keyId)).toMatchObject(noKey)
})

test('a workspace may leave booking to secret keys', async () => {
  const { asBuyer, asSecret, seats, settle } = await openCompany()
  const book = { objectLabels: ['A-1'], holdToken: TOKEN }
  await asBuyer('hold', { objectLabel: 'A-1', holdToken: TOKEN })
  await settle({ publishableMayBook: false })
  expect((await asBuyer('book', book)).status).toBe(403)
  await settle({ publishableMayBook: true })
  expect((await asBuyer('book', book)).status).toBe(200)
  await settle({ publishableMayBook: false })
  await asSecret(`POST ${seats}/hold`, { objectLabel: 'A-2', holdToken: TOKEN })
  const asServer = await asSecret(`POST ${seats}/book`, { ...book, objectLabels: ['A-2'] })
  expect(asServer.status).toBe(200)
})

test('a cap of live holds binds a publishable key and address, below, at and above', async () => {
  const { asBuyer, asSecret, seats, settle, clock } = await openCompany()
  await settle({ liveHoldsMax: 4 })
  const hold = async (objectLabels: string[], holdToken = TOKEN, ttlSeconds = 900) =>
    (await asBuyer('hold', { objectLabels, holdToken, ttlSeconds })).status
  expect(await hold(labelsOf('A', 1, 5))).toBe(429)
  expect(await hold(labelsOf('A', 1, 3))).toBe(200)
  expect(await hold(labelsOf('B', 1, 2), OTHER_TOKEN)).toBe(429)
  expect(await hold(['B-1'], OTHER_TOKEN, 10)).toBe(200)
  expect(await hold(['B-2'])).toBe(429)
  // Holding again what one holds is no more than before.
  expect(await hold(labelsOf('A', 1, 3))).toBe(200)
  // What was booked, released or lapsed makes room.
  await asBuyer('book', { objectLabels: ['A-1'], holdToken: TOKEN })
  expect(await hold(['B-2'])).toBe(200)
  expect(await hold(['B-3'])).toBe(429)
  clock.advance(10_000)
  expect(await hold(['B-3'])).toBe(200)
  const asServer = { objectLabels: labelsOf('A', 5, 10), holdToken: TOKEN }
  expect((await asSecret(`POST ${seats}/hold`, asServer)).status).toBe(200)
  await settle({ liveHoldsMax: null })
  expect(await hold(labelsOf('B', 4, 10))).toBe(200)
})

test('a cap on live holds counts what was chosen for a buyer as what they name', async () => {
  const { asBuyer, settle, clock } = await openCompany(hallWith())
  await settle({ liveHoldsMax: 4 })
  const best = async (number: number, holdToken = TOKEN) =>
    (await asBuyer('best-available', { number, holdToken, ttlSeconds: 60 })).status
  expect(await best(5)).toBe(429)
  expect(await best(3)).toBe(200)
  expect(await best(2, OTHER_TOKEN)).toBe(429)
  expect(await best(1, OTHER_TOKEN)).toBe(200)
  expect(await best(1)).toBe(429)
  clock.advance(60_000)
  expect(await best(4)).toBe(200)
})

test('a cap on live holds counts places of areas as it counts seats, by the tokens that hold them', async () => {
  const { asBuyer, settle, clock } = await openCompany(hallWith())
  await settle({ liveHoldsMax: 4 })
  const hold = async (quantity: number, objectLabel = 'Lawn', holdToken = TOKEN) => {
    const kind = objectLabel === 'A-1' ? {} : { objectType: 'generalAdmission', quantity }
    const body = { objectLabel, holdToken, ttlSeconds: 60, ...kind }
    return (await asBuyer('hold', body)).status
  }
  expect([await hold(5), await hold(3), await hold(2)]).toEqual([429, 200, 429])
  expect([await hold(1, 'A-1'), await hold(1, 'Field', OTHER_TOKEN)]).toEqual([200, 429])
  const lawn = { objectLabels: ['Lawn'], holdToken: TOKEN }
  const some = { ...lawn, quantity: 2 }
  expect((await asBuyer('release', some)).status).toBe(200)
  expect([await hold(3, 'Field', OTHER_TOKEN), await hold(2, 'Field', OTHER_TOKEN)]).toEqual([
    429, 200,
  ])
  clock.advance(60_000)
  expect([await hold(4), await hold(1, 'A-1')]).toEqual([200, 429])
})
