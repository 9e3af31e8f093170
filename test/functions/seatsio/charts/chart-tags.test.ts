import { expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast, testKeys } from '../../../support/holdfast.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { errorOf } from '../../../support/seatsio-scene.ts'
import { TAGS_MAX } from '../../../../lib/limits/limits.ts'

async function open() {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  for (const key of ['a', 'b']) await api(`POST /system/public/charts/${key}`, rowDrawing())
  const tagsOf = async (key: string) => (await api(`GET /charts/${key}`)).body?.['tags'] as string[]
  const all = async () => (await api('GET /charts/tags')).body?.['tags'] as string[]
  const add = async (key: string, tag: string) =>
    (await api(`POST /charts/${key}/tags/${tag}`)).status
  const remove = (key: string, tag: string) => api(`DELETE /charts/${key}/tags/${tag}`)
  return { ...holdfast, api, tagsOf, all, add, remove }
}

test.each([
  'a/b',
  '"quoted" \'single\'',
  'colon: <b> & ;',
  'plus + and space',
  'é 座席 🎭',
  '%2F',
  '?x=1#y',
  '__proto__',
  '\\',
  ' ',
])('a tag may be %j', async (tag) => {
  const { add, remove, tagsOf, all, api } = await open()
  const encoded = encodeURIComponent(tag)
  expect(await add('a', encoded)).toBe(204)
  expect([await tagsOf('a'), await all()]).toEqual([[tag], [tag]])
  const found = await api(`GET /charts?tag=${encoded}`)
  expect(found.body?.['items']).toMatchObject([{ key: 'a', tags: [tag] }])
  expect((await remove('a', encoded)).status).toBe(204)
  expect([await tagsOf('a'), await all()]).toEqual([[], []])
})

test('a plus sign is a space where a tag is added, and a plus sign elsewhere', async () => {
  const { add, remove, tagsOf } = await open()
  await add('a', 'two+words')
  await add('a', 'one%2Bword')
  expect(await tagsOf('a')).toEqual(['two words', 'one+word'])
  expect((await remove('a', 'two+words')).status).toBe(404)
  expect((await remove('a', 'one+word')).status).toBe(204)
})

test('tags are told once each, in order, and without those of archived charts', async () => {
  const { api, add, all, tagsOf } = await open()
  for (const tag of ['y', 'x', 'y']) expect(await add('a', tag)).toBe(204)
  await add('b', 'y')
  await add('b', 'w')
  expect([await tagsOf('a'), await all()]).toEqual([
    ['y', 'x'],
    ['w', 'x', 'y'],
  ])
  await api('POST /charts/b/actions/move-to-archive')
  expect(await all()).toEqual(['x', 'y'])
  const other = await api('GET /charts/tags', undefined, { key: testKeys.otherSecret })
  expect(other.body).toEqual({ tags: [] })
})

test('what a chart does not have is not found, and no chart has more than a hundred', async () => {
  const { add, remove, tagsOf } = await open()
  const missing = await remove('a', 'x')
  expect([missing.status, errorOf(missing)['message']]).toEqual([
    404,
    'Tag not found: the chart a does not have the tag x',
  ])
  expect((await remove('nowhere', 'x')).status).toBe(404)
  expect(await add('nowhere', 'x')).toBe(404)
  for (let index = 0; index < TAGS_MAX; index += 1) expect(await add('a', `t${index}`)).toBe(204)
  expect(await add('a', 'one-more')).toBe(400)
  expect(await add('a', 't0')).toBe(204)
  expect(await tagsOf('a')).toHaveLength(TAGS_MAX)
})

test.each([
  [255, 204],
  [256, 400],
])('a tag of %i characters is answered with %i', async (length, status) => {
  const { add } = await open()
  expect(await add('a', 'x'.repeat(length))).toBe(status)
})

test('two tags that are added at once are both there', async () => {
  const { add, tagsOf } = await open()
  expect(await Promise.all(['x', 'y', 'z'].map((tag) => add('a', tag)))).toEqual([204, 204, 204])
  expect((await tagsOf('a')).toSorted()).toEqual(['x', 'y', 'z'])
})
