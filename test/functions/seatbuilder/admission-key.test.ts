import { expect, test } from 'vitest'
import { KEY_CACHE_MS } from '../../../lib/http/auth.ts'
import { openAdmission, verdictIn } from '../../support/admission-scene.ts'
import { apiOver } from '../../support/api.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openScene, TOKEN } from '../../support/scene.ts'

const DAY = 24 * 60 * 60 * 1_000

test('the key is made by the first rotation, shown to secret keys alone, and never twice the same', async () => {
  const { api } = await openScene()
  const get = (key?: string) =>
    api('GET /api/v1/admission-key', undefined, key === undefined ? {} : { key })
  expect(verdictIn(await get())).toBe('404 admission_key_not_made')
  const first = await api('POST /api/v1/admission-key/rotate')
  expect(first.body).toEqual({
    admissionKey: expect.stringMatching(/^hfak_[0-9a-f]{64}$/) as string,
  })
  expect((await get()).body).toEqual(first.body)
  expect((await get(testKeys.publishable)).status).toBe(403)
  expect((await get(testKeys.otherSecret)).status).toBe(404)
  const second = await api('POST /api/v1/admission-key/rotate', { overlapSeconds: 0 })
  expect(second.body).toEqual({
    admissionKey: expect.not.stringMatching(String(first.body['admissionKey'])) as string,
  })
  expect((await get()).body).toEqual(second.body)
})

test('the key signs for an hour beside a new one, or as long as it is told', async () => {
  const { make, hold, rotate, clock } = await openAdmission()
  const old = await make({ expiresAt: clock.now() + DAY })
  const newKey = await rotate()
  expect(verdictIn(await hold(['A-1'], old))).toBe('200')
  expect(verdictIn(await hold(['A-2'], await make({}, newKey)))).toBe('200')
  clock.advance(3_600_000 - 1)
  expect(verdictIn(await hold(['A-3'], old))).toBe('200')
  clock.advance(1)
  expect(verdictIn(await hold(['A-4'], old))).toBe('403 admission_invalid')
  const newest = await rotate({ overlapSeconds: 0 })
  expect(verdictIn(await hold(['A-4'], await make({}, newKey)))).toBe('403 admission_invalid')
  expect(verdictIn(await hold(['A-4'], await make({}, newest)))).toBe('200')
})

test('a key that is new is taken at once where nobody heard of it, and the old one ends there within a minute', async () => {
  const { make, rotate, clock, freshRuntime, seats } = await openAdmission()
  const other = apiOver(freshRuntime())
  const there = (label: string, token: string) =>
    other(
      `POST ${seats}/hold`,
      { objectLabel: label, holdToken: TOKEN },
      { key: testKeys.publishable, headers: ['X-Admission-Token', token] },
    )
  const old = await make({ expiresAt: clock.now() + DAY })
  expect(verdictIn(await there('A-1', old))).toBe('200')
  const newKey = await rotate({ overlapSeconds: 0 })
  expect(verdictIn(await there('A-2', await make({}, newKey)))).toBe('200')
  expect(verdictIn(await there('A-3', old))).toBe('200')
  clock.advance(KEY_CACHE_MS)
  expect(verdictIn(await there('A-4', old))).toBe('403 admission_invalid')
})

test('keys and tokens never reach the log, nor an answer that is kept', async () => {
  const { make, hold, log, api, key } = await openAdmission()
  const token = await make({ quota: 1 })
  await hold(['A-1'], token)
  await hold(['A-2'], token)
  await hold(['A-2'], `${token}x`)
  const headers = ['Idempotency-Key', 'rotate-once']
  const rotated = await api('POST /api/v1/admission-key/rotate', undefined, { headers })
  expect((await api('POST /api/v1/admission-key/rotate', undefined, { headers })).code).toBe(
    'answer_not_kept',
  )
  const lines = JSON.stringify(log)
  for (const secret of [token, key, String(rotated.body['admissionKey'])]) {
    expect(lines).not.toContain(secret)
  }
})
