import { describe, expect, test } from 'vitest'
import { quaysideDrawing, rowDrawing } from '../../../support/drawings.ts'
import { apiOver } from '../../../support/api.ts'
import {
  testKeys,
  testWorkspaceKeys,
  openHoldfast,
  SYSTEM_SECRET,
} from '../../../support/holdfast.ts'
import { seatsioOver, type SeatsioOptions } from '../../../support/seatsio.ts'
import { errorOf, verdictOf } from '../../../support/seatsio-scene.ts'

type Body = Record<string, unknown>

const { one, two } = testWorkspaceKeys

async function open() {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  await api('POST /system/public/charts/hall', quaysideDrawing())
  for (const tag of ['indoor', 'a/b'])
    await api(`POST /charts/hall/tags/${encodeURIComponent(tag)}`)
  const copy = (what: string, options: SeatsioOptions = {}) =>
    api(`POST /charts/hall/version/${what}`, undefined, options)
  const drawing = async (key: unknown, options: SeatsioOptions = {}) =>
    JSON.parse(
      (await api(`GET /charts/${String(key)}/version/published`, undefined, options)).text,
    ) as Body
  return { ...holdfast, api, copy, drawing, native: apiOver(holdfast.runtime) }
}

const admin = { key: testKeys.admin }
const elsewhere = { key: testKeys.otherSecret }

test('a copy has the drawing and the tags of the original, a name that says so, and no events', async () => {
  const { api, copy, drawing } = await open()
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  const original = (await api('GET /charts/hall')).body as Body
  const { body } = await copy('published/actions/copy')
  expect(body).toEqual({
    ...original,
    id: expect.any(Number) as number,
    key: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    name: 'Quayside (copy)',
    status: 'NOT_USED',
    publishedVersionThumbnailUrl: expect.stringMatching(/^http/) as string,
  })
  expect(body?.['id']).not.toBe(original['id'])
  expect((await api(`GET /charts/${String(body?.['key'])}`)).body).toEqual(body)
  expect(await drawing(body?.['key'])).toEqual({ ...quaysideDrawing(), name: 'Quayside (copy)' })
  expect(await drawing('hall')).toEqual(quaysideDrawing())
})

test('what is sold of a copy is sold of it alone, on both surfaces', async () => {
  const { api, copy, native } = await open()
  const key = String((await copy('published/actions/copy')).body?.['key'])
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  await native('POST /api/v1/events', { chartKey: key, eventKey: 'ball' })
  const book = (event: string) =>
    api('POST /events/groups/actions/book', { events: [event], objects: ['A-1'] })
  expect([await book('gala'), await book('ball')].map(verdictOf)).toEqual(['204', '204'])
})

test('drafts and what is published are copied each under the name that it has', async () => {
  const { api, copy, drawing } = await open()
  expect((await copy('draft/actions/copy')).status).toBe(404)
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  await api('POST /charts/hall', { name: 'Draft' })
  const copies = [await copy('draft/actions/copy'), await copy('published/actions/copy')]
  expect(copies.map(({ body }) => body)).toMatchObject([
    { name: 'Draft (copy)', status: 'NOT_USED', tags: ['indoor', 'a/b'] },
    { name: 'Quayside (copy)', status: 'NOT_USED', tags: ['indoor', 'a/b'] },
  ])
  for (const { body } of copies) {
    expect(body).not.toHaveProperty('draftVersionThumbnailUrl')
    expect((await drawing(body?.['key']))['name']).toBe(body?.['name'])
  }
})

test('copies of copies say so, and keep the limit that names have', async () => {
  const { api, copy } = await open()
  const names: [string, string][] = []
  for (const length of [254, 255]) {
    const name = 'x'.repeat(length)
    await api('POST /charts/hall', { name })
    const first = (await copy('published/actions/copy')).body as Body
    const again = `POST /charts/${String(first['key'])}/version/published/actions/copy` as const
    names.push([String(first['name']).slice(-7), String((await api(again)).body?.['name'])])
  }
  expect(names.map(([ending, second]) => [ending, second.length])).toEqual([
    [' (copy)', 255],
    [' (copy)', 255],
  ])
})

test('a copy is made once under an idempotency key', async () => {
  const { api, copy } = await open()
  const keyed = { headers: ['Idempotency-Key', 'once'] }
  const first = await copy('published/actions/copy', keyed)
  expect((await copy('published/actions/copy', keyed)).body).toEqual(first.body)
  expect((await api('GET /charts')).body?.['items']).toHaveLength(2)
})

describe('a copy for another workspace', () => {
  test('has the name of the original and no tags, and is there', async () => {
    const { api, copy, drawing } = await open()
    const ways = [
      await copy(`published/actions/copy-to-workspace/${two}`, admin),
      await copy(`published/actions/copy/from/${one}/to/${two}`, admin),
    ]
    for (const { body } of ways) {
      expect(body).toMatchObject({ name: 'Quayside', tags: [], status: 'NOT_USED' })
      const key = String(body?.['key'])
      expect((await api(`GET /charts/${key}`)).status).toBe(404)
      expect((await api(`GET /charts/${key}`, undefined, elsewhere)).body).toEqual(body)
      expect(await drawing(key, elsewhere)).toEqual(quaysideDrawing())
    }
  })

  test('is taken from the workspace that the admin key acts in, or from the one that is named', async () => {
    const { api, copy } = await open()
    await api('POST /system/public/charts/hall', rowDrawing({ name: 'Two' }), elsewhere)
    const inTwo = { ...admin, headers: ['X-Workspace-Key', two] }
    const nameOf = async (path: string, options: SeatsioOptions) =>
      (await copy(`published/actions/${path}`, options)).body?.['name']
    expect(await nameOf(`copy-to-workspace/${one}`, inTwo)).toBe('Two')
    expect(await nameOf(`copy-to-workspace/${one}`, admin)).toBe('Quayside')
    expect(await nameOf(`copy/from/${two}/to/${one}`, admin)).toBe('Two')
    expect(await nameOf(`copy/from/${one}/to/${one}`, inTwo)).toBe('Quayside')
  })

  test('needs the admin key, workspaces of its company that are on, and a chart', async () => {
    const { api, copy } = await open()
    const to = (key: string) => `published/actions/copy-to-workspace/${key}`
    const between = (from: string, key: string) => `published/actions/copy/from/${from}/to/${key}`
    for (const path of [to(two), between(one, two)]) {
      expect((await copy(path)).status).toBe(403)
      expect((await copy(path, { key: null })).status).toBe(401)
    }
    const made = await api('POST /system/private/create-test-company', undefined, {
      key: SYSTEM_SECRET,
    })
    const stranger = String((made.body?.['workspace'] as Body)['key'])
    for (const path of [to(stranger), between(stranger, two), between(one, stranger), to('x')]) {
      expect(verdictOf(await copy(path, admin))).toBe('404 WORKSPACE_NOT_FOUND')
    }
    const missing = await copy(between(two, one), admin)
    expect([missing.status, errorOf(missing)]).toEqual([
      404,
      {
        code: 'CHART_NOT_FOUND',
        message: `Chart not found: hall was not found in workspace ${two}`,
      },
    ])
    await api(`POST /workspaces/${two}/actions/deactivate`, undefined, admin)
    for (const path of [to(two), between(one, two), between(two, one)]) {
      expect(verdictOf(await copy(path, admin))).toBe('400 GENERAL_ERROR')
    }
  })
})

test('what there is not is not copied', async () => {
  const { api, native } = await open()
  const { body } = await native('POST /api/v1/charts', { name: 'Draft only' })
  const key = String(body['chartKey'])
  const copy = async (chartKey: string, version: string) =>
    verdictOf(await api(`POST /charts/${chartKey}/version/${version}/actions/copy`))
  expect(await copy('nowhere', 'published')).toBe('404 CHART_NOT_FOUND')
  expect(await copy(key, 'published')).toBe('404 GENERAL_ERROR')
  expect(await copy(key, 'draft')).toBe('200')
})
