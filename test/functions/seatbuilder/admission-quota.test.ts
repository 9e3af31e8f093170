import { expect, test } from 'vitest'
import { openAdmission, verdictIn } from '../../support/admission-scene.ts'
import { hallWith } from '../../support/area-scene.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { labelsOf, OTHER_TOKEN, TOKEN } from '../../support/scene.ts'

test('a quota counts what comes to be held, below, at and above it, and gives nothing back', async () => {
  const { make, hold, ask } = await openAdmission()
  const token = await make({ quota: 4 })
  expect(verdictIn(await hold(labelsOf('A', 1, 5), token))).toBe('403 admission_used_up')
  expect(verdictIn(await hold(labelsOf('A', 1, 3), token))).toBe('200')
  // What is held already is not held anew.
  expect(verdictIn(await hold(labelsOf('A', 1, 3), token))).toBe('200')
  expect(verdictIn(await hold(['B-1', 'B-2'], token))).toBe('403 admission_used_up')
  expect(verdictIn(await hold(['B-1'], token))).toBe('200')
  await ask('release', { objectLabels: ['B-1'] })
  expect(verdictIn(await hold(['B-1'], token))).toBe('403 admission_used_up')
  expect(verdictIn(await ask('best-available', { number: 1 }, token))).toBe('403 admission_used_up')
  // Under another id it begins anew, under the same it goes on.
  const again = await make({ quota: 5, expiresAt: Date.UTC(2027, 2, 5) })
  expect(verdictIn(await hold(['B-1'], again))).toBe('200')
  expect(verdictIn(await hold(['B-2'], again))).toBe('403 admission_used_up')
  expect(verdictIn(await hold(['B-2'], await make({ id: 'turn-8', quota: 1 })))).toBe('200')
})

test('a quota of a refused hold is not used, and a repeat with its key counts once', async () => {
  const { make, hold, ask } = await openAdmission()
  await hold(['A-1'], await make({ id: 'other' }))
  const token = await make({ quota: 2 })
  const taken = { objectLabels: ['A-1', 'A-2'], holdToken: OTHER_TOKEN }
  expect((await ask('hold', taken, token)).status).toBe(409)
  const once = ['Idempotency-Key', 'hold-once']
  expect(verdictIn(await hold(['A-2'], token, once))).toBe('200')
  expect(verdictIn(await hold(['A-2'], token, once))).toBe('200')
  expect(verdictIn(await hold(['A-3'], token))).toBe('200')
  expect(verdictIn(await hold(['A-4'], token))).toBe('403 admission_used_up')
})

test('a quota is kept by requests of the same moment together', async () => {
  const { make, hold } = await openAdmission()
  const token = await make({ quota: 3 })
  const held = await Promise.all(labelsOf('A', 1, 8).map((label) => hold([label], token)))
  const verdicts = held.map(verdictIn).toSorted()
  expect(verdicts.filter((it) => it === '200')).toHaveLength(3)
  expect(new Set(verdicts.slice(3))).toEqual(new Set(['403 admission_used_up']))
})

test('a quota counts places of areas', async () => {
  const { make, ask } = await openAdmission(hallWith(100))
  const token = await make({ quota: 10 })
  const places = (quantity: number, holdToken = TOKEN) =>
    ask('hold', { objectLabel: 'Lawn', objectType: 'generalAdmission', quantity, holdToken }, token)
  expect(verdictIn(await places(7))).toBe('200')
  expect(verdictIn(await places(4))).toBe('403 admission_used_up')
  expect(verdictIn(await places(3, OTHER_TOKEN))).toBe('200')
  expect(verdictIn(await places(1))).toBe('403 admission_used_up')
})

test('a quota is kept by a hold of more than fits a transaction', async () => {
  const { make, hold } = await openAdmission(rowDrawing({ seatsPerRow: 150 }))
  const token = await make({ quota: 150 })
  expect(verdictIn(await hold(labelsOf('A', 1, 149), token))).toBe('200')
  expect(verdictIn(await hold(labelsOf('B', 1, 120), token))).toBe('403 admission_used_up')
  expect(verdictIn(await hold(['B-1'], token))).toBe('200')
  expect(verdictIn(await hold(['B-2'], token))).toBe('403 admission_used_up')
})
