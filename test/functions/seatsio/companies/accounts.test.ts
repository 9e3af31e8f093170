import { describe, expect, test } from 'vitest'
import { KEY_CACHE_MS } from '../../../../lib/http/auth.ts'
import { testKeys } from '../../../support/holdfast.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { openSeatsioCompany } from '../../../support/seatsio-company.ts'
import { errorOf, verdictOf } from '../../../support/seatsio-scene.ts'

const beginnings = {
  draftChartDrawingsEnabled: true,
  holdOnSelectForGAs: true,
  holdPeriodInMinutes: 15,
  chartValidation: {
    VALIDATE_DUPLICATE_LABELS: 'OFF',
    VALIDATE_OBJECTS_WITHOUT_CATEGORIES: 'OFF',
    VALIDATE_UNLABELED_OBJECTS: 'OFF',
    VALIDATE_FOCAL_POINT: 'OFF',
    VALIDATE_OBJECT_TYPES_PER_CATEGORY: 'OFF',
    VALIDATE_EMPTY_FLOOR: 'OFF',
  },
  defaultRendererSettings: {
    showFullScreenButton: false,
    multiSelectEnabled: false,
    companionSeatValidationEnabled: false,
  },
}

async function open() {
  const company = await openSeatsioCompany()
  const settings = async () => (await company.admin('GET /accounts/me')).body?.['settings']
  const set = (key: unknown, value: unknown) =>
    company.admin('POST /accounts/me/settings', { key, value })
  return { ...company, settings, set }
}

test('an account shows the keys of its company, and the settings that every company begins with', async () => {
  const { admin, adminKey, designerKey, email, workspace } = await open()
  const { body } = await admin('GET /accounts/me')
  expect(body).toEqual({
    secretKey: adminKey,
    secretKeys: [adminKey],
    designerKey,
    publicKey: workspace.key,
    email,
    role: 'ADMIN',
    company: { id: expect.any(Number) as number, name: 'Test company' },
    settings: beginnings,
  })
  expect((body?.['company'] as { id: number }).id).toBeGreaterThan(0)
})

test('a company that was made otherwise has an account too', async () => {
  const { api } = await open()
  const { body } = await api('GET /accounts/me', undefined, { key: testKeys.admin })
  expect(body).toMatchObject({ email: 'admin-test@holdfast.invalid', settings: beginnings })
  expect((body?.['company'] as { id: number }).id).toBeGreaterThan(0)
})

test('each setting is kept by itself, whoever changes others at once', async () => {
  const { admin, settings, set } = await open()
  const changes = [
    set('VALIDATE_FOCAL_POINT', 'ERROR'),
    set('VALIDATE_EMPTY_FLOOR', 'WARNING'),
    set('multiSelectEnabled', 'true'),
    set('showFullScreenButton', true),
    admin('POST /accounts/me/draft-chart-drawings/actions/disable'),
    admin('POST /accounts/me/actions/change-hold-period', { holdPeriodInMinutes: 20 }),
  ]
  expect((await Promise.all(changes)).map(({ status }) => status)).toEqual(changes.map(() => 204))
  const changed = {
    ...beginnings,
    draftChartDrawingsEnabled: false,
    holdPeriodInMinutes: 20,
    chartValidation: {
      ...beginnings.chartValidation,
      VALIDATE_FOCAL_POINT: 'ERROR',
      VALIDATE_EMPTY_FLOOR: 'WARNING',
    },
    defaultRendererSettings: {
      showFullScreenButton: true,
      multiSelectEnabled: true,
      companionSeatValidationEnabled: false,
    },
  }
  expect(await settings()).toEqual(changed)
  await set('VALIDATE_FOCAL_POINT', 'OFF')
  await set('showFullScreenButton', 'false')
  await admin('POST /accounts/me/draft-chart-drawings/actions/enable', {})
  expect(await settings()).toEqual({
    ...changed,
    draftChartDrawingsEnabled: true,
    chartValidation: { ...changed.chartValidation, VALIDATE_FOCAL_POINT: 'OFF' },
    defaultRendererSettings: { ...changed.defaultRendererSettings, showFullScreenButton: false },
  })
})

describe('what is wrong with a setting is said', () => {
  test.each([
    [{}, '#: required key [key] not found'],
    [{ key: 'VALIDATE_FOCAL_POINT' }, '#: required key [value] not found'],
    [{ key: 1, value: 'OFF' }, '#/key: expected type: String, found: Integer'],
    [{ key: 'VALIDATE_ALL', value: 'OFF' }, '#/key: VALIDATE_ALL is not a valid enum value'],
    [{ key: '__proto__', value: 'OFF' }, '#/key: __proto__ is not a valid enum value'],
    [
      { key: 'VALIDATE_FOCAL_POINT', value: 'FATAL' },
      '#/value: FATAL is not a valid value of VALIDATE_FOCAL_POINT: expected one of OFF, WARNING, ERROR',
    ],
    [
      { key: 'multiSelectEnabled', value: 'ERROR' },
      '#/value: ERROR is not a valid value of multiSelectEnabled: expected one of true, false',
    ],
    [{ key: 'multiSelectEnabled', value: 'toString' }, '#/value: toString is not a valid value'],
    [{ key: 'VALIDATE_FOCAL_POINT', value: true }, '#/value: true is not a valid value'],
  ])('%j', async (body, message) => {
    const { admin, settings } = await open()
    const answer = await admin('POST /accounts/me/settings', body)
    expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
    expect(errorOf(answer)['message']).toContain(message)
    expect(await settings()).toEqual(beginnings)
  })
})

test.each([
  [0, 400],
  [1, 204],
  [120, 204],
  [121, 400],
  [1.5, 400],
  ['15', 400],
  [undefined, 400],
])('a hold period of %s minutes answers %i', async (holdPeriodInMinutes, status) => {
  const { admin } = await open()
  const path = 'POST /accounts/me/actions/change-hold-period'
  expect((await admin(path, { holdPeriodInMinutes })).status).toBe(status)
})

test('hold tokens live as long as the company has set at that moment, in all its workspaces', async () => {
  const { admin, api, workspace, createWorkspace } = await open()
  const other = await createWorkspace('Box office')
  const minutes = async (key: string, body?: object) =>
    Number((await api('POST /hold-tokens', body, { key })).body?.['expiresInSeconds']) / 60
  expect(await minutes(workspace.secretKey)).toBe(15)
  for (const holdPeriodInMinutes of [1, 14, 120]) {
    await admin('POST /accounts/me/actions/change-hold-period', { holdPeriodInMinutes })
    expect(await minutes(workspace.secretKey)).toBe(holdPeriodInMinutes)
    expect(await minutes(other.secretKey, {})).toBe(holdPeriodInMinutes)
    expect(await minutes(other.secretKey, { expiresInMinutes: 30 })).toBe(30)
  }
  expect(await minutes(testKeys.secret)).toBe(15)
  const asAdmin = await admin('POST /hold-tokens')
  expect(asAdmin.body?.['expiresInSeconds']).toBe(120 * 60)
})

test('an admin key that is made anew opens the company at once, and the one before nothing', async () => {
  const holdfast = await open()
  const { admin, api, adminKey, clock } = holdfast
  const elsewhere = seatsioOver(holdfast.freshRuntime())
  expect((await elsewhere('GET /accounts/me', undefined, { key: adminKey })).status).toBe(200)
  const { body } = await admin('POST /accounts/me/secret-key/actions/regenerate')
  const secretKey = String(body?.['secretKey'])
  expect(secretKey.length).toBeLessThanOrEqual(45)
  expect((await admin('GET /accounts/me')).status).toBe(401)
  const shown = await api('GET /accounts/me', undefined, { key: secretKey })
  expect(shown.body).toMatchObject({ secretKey, secretKeys: [secretKey] })
  clock.advance(KEY_CACHE_MS)
  expect((await elsewhere('GET /accounts/me', undefined, { key: adminKey })).status).toBe(401)
  const path = 'POST /accounts/me/secret-key/actions/regenerate'
  const again = await api(path, undefined, { key: secretKey })
  expect(again.body?.['secretKey']).not.toBe(secretKey)
})

test('an admin key that is made anew twice at once is made anew once after the other', async () => {
  const { admin, api } = await open()
  const path = 'POST /accounts/me/secret-key/actions/regenerate'
  const made = await Promise.all([admin(path), admin(path)])
  const keys = made.map(({ body }) => String(body?.['secretKey']))
  expect(new Set(keys).size).toBe(2)
  const statuses = await Promise.all(
    keys.map(async (key) => (await api('GET /accounts/me', undefined, { key })).status),
  )
  expect(statuses.sort()).toEqual([200, 401])
})

test('a designer key is made anew, and nothing else changes', async () => {
  const { admin } = await open()
  const before = (await admin('GET /accounts/me')).body
  const { body } = await admin('POST /accounts/me/designer-key/actions/regenerate')
  const designerKey = String(body?.['designerKey'])
  expect(designerKey).not.toBe(before?.['designerKey'])
  expect((await admin('GET /accounts/me')).body).toEqual({ ...before, designerKey })
})

test('a designer key that is made anew twice at once is another one each time', async () => {
  const { admin } = await open()
  const path = 'POST /accounts/me/designer-key/actions/regenerate'
  const made = await Promise.all([admin(path), admin(path), admin(path)])
  expect(new Set(made.map(({ body }) => body?.['designerKey'])).size).toBe(3)
})

test('a password is taken, looked at and kept nowhere', async () => {
  const { admin, calls } = await open()
  const path = 'POST /accounts/me/actions/change-password'
  await admin('GET /accounts/me')
  calls.clear()
  expect((await admin(path, { password: 'secret' })).status).toBe(204)
  expect(calls.all).toEqual([])
  expect(verdictOf(await admin(path, {}))).toBe('400 GENERAL_ERROR')
  for (const [length, status] of [
    [0, 400],
    [1, 204],
    [1_000, 204],
    [1_001, 400],
  ] as const) {
    expect((await admin(path, { password: 'x'.repeat(length) })).status).toBe(status)
  }
})

test('every change of an account can be repeated under a key, and a secret is told once', async () => {
  const { admin } = await open()
  const twice = async (request: `${string} /${string}`, body?: object) => {
    const headers = ['Idempotency-Key', request]
    const first = await admin(request, body, headers)
    const second = await admin(request, body, headers)
    expect(second.headers['idempotent-replayed']).toBe('true')
    return [first.status, second.status]
  }
  const changes = 'POST /accounts/me'
  const drafts = `${changes}/draft-chart-drawings/actions` as const
  expect(await twice(`${drafts}/disable`)).toEqual([204, 204])
  expect(await twice(`${drafts}/enable`)).toEqual([204, 204])
  const period = { holdPeriodInMinutes: 5 }
  expect(await twice(`${changes}/actions/change-hold-period`, period)).toEqual([204, 204])
  const setting = { key: 'VALIDATE_EMPTY_FLOOR', value: 'ERROR' }
  expect(await twice(`${changes}/settings`, setting)).toEqual([204, 204])
  const password = { password: 'secret' }
  expect(await twice(`${changes}/actions/change-password`, password)).toEqual([204, 204])
  expect(await twice(`${changes}/designer-key/actions/regenerate`)).toEqual([200, 409])
})
