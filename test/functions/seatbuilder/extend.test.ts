import { expect, test } from 'vitest'
import { openScene } from '../../support/scene.ts'

const TOKEN = 'token-of-one-cart'
const named = (...labels: string[]) => labels.map((objectLabel) => ({ objectLabel }))
const lost = (...labels: string[]) =>
  labels.map((objectLabel) => ({ objectLabel, reason: 'not_held_by_token' }))

async function openCart() {
  const scene = await openScene()
  const { api, seats } = scene
  const hold = (objectLabels: string[], ttlSeconds: number, holdToken = TOKEN) =>
    api(`POST ${seats}/hold`, { objectLabels, holdToken, ttlSeconds })
  const extend = (fields: object = {}) =>
    api(`POST ${seats}/extend`, { holdToken: TOKEN, ...fields })
  return { ...scene, hold, extend }
}

test.each(['objectLabels', 'labels'])('extending moves only what %s names', async (field) => {
  const { hold, extend, api, eventKey, clock } = await openCart()
  await hold(['A-1', 'A-2'], 60)
  const { status, body } = await extend({ [field]: ['A-2'], ttlSeconds: 120 })
  expect([status, body]).toEqual([200, expect.objectContaining({ extended: named('A-2') })])
  clock.advance(60_000)
  const { body: left } = await api(`GET /api/v1/events/${eventKey}/status`)
  expect(left['objects']).toMatchObject(named('A-2'))
})

test('both names at once are refused, and nothing moves', async () => {
  const { hold, extend } = await openCart()
  await hold(['A-1'], 60)
  const { status, body } = await extend({ labels: ['A-1'], objectLabels: ['A-1'] })
  expect([status, body['errors']]).toEqual([
    400,
    { labels: ['Give labels or objectLabels, not both'] },
  ])
})

test('without labels, what the token lost by a deadline is told, taken since or not, and what it let go is not', async () => {
  const { api, seats, hold, extend, clock } = await openCart()
  await hold(['A-1', 'A-2', 'A-3'], 30)
  await hold(['B-1', 'B-2', 'B-3'], 300)
  await api(`POST ${seats}/book`, { objectLabels: ['B-1'], holdToken: TOKEN })
  await api(`POST ${seats}/release`, { objectLabels: ['B-2'], holdToken: TOKEN })
  await api(`POST ${seats}/release`, { objectLabels: ['A-3'], holdToken: TOKEN })
  clock.advance(30_000)
  await hold(['A-2'], 60, 'token-of-another')
  const { body } = await extend()
  expect(body).toMatchObject({ extended: named('B-3'), failed: lost('A-1', 'A-2') })
})

test('without labels, a hold whose deadline was moved ahead and has passed is told as lost', async () => {
  const { hold, extend, clock } = await openCart()
  await hold(['A-1', 'A-2'], 300)
  await extend({ objectLabels: ['A-1'], ttlSeconds: 10 })
  clock.advance(10_000)
  const { body } = await extend()
  expect(body).toMatchObject({ extended: named('A-2'), failed: lost('A-1') })
})

test.each([
  ['hold', { objectLabel: 'A-1', holdToken: TOKEN }, ['label', 'labels', 'ttlSecond', 'seats']],
  ['extend', { holdToken: TOKEN }, ['label', 'objectLabel', 'ttlSecond', 'quantity', 'extraData']],
  ['book', { objectLabels: ['A-1'], holdToken: TOKEN }, ['labels', 'objectLabel', 'quantity']],
  ['release', { objectLabels: ['A-1'] }, ['labels', 'ttlSeconds', 'extraData', 'categoryKey']],
])('%s refuses by name what only a sibling knows', async (action, sent, words) => {
  const { api, seats, hold } = await openCart()
  if (action !== 'hold') await hold(['A-1'], 60)
  for (const word of words) {
    const { status, body } = await api(`POST ${seats}/${action}`, { ...sent, [word]: ['A-1'] })
    expect([word, status, body['errors']]).toEqual([word, 400, { [word]: [expect.any(String)] }])
  }
  const { status } = await api(`POST ${seats}/${action}`, { ...sent, colour: 'red' })
  expect(status).toBe(200)
})
