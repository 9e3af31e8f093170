import { describe, expect, test } from 'vitest'
import { drawFloors, quaysideDrawing, rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast, testKeys } from '../../../support/holdfast.ts'
import { apiOver } from '../../../support/api.ts'
import { seatsioOver, type SeatsioApi } from '../../../support/seatsio.ts'
import { errorOf } from '../../../support/seatsio-scene.ts'

type Body = Record<string, unknown>

/** A chart `hall` with an event `gala`; its draft is called `New` and has one row more. */
async function openDrafted(draft: object = rowDrawing({ name: 'New', rows: 3 })) {
  const scene = await open()
  const { api, native } = scene
  await api('POST /system/public/charts/hall', rowDrawing({ name: 'Old' }))
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  await native('PATCH /api/v1/charts/hall', { draftVersion: draft })
  await api('POST /charts/hall', { name: 'New' })
  return scene
}

async function open() {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  const native = apiOver(holdfast.runtime)
  const get = async (path: `/${string}`) => (await api(`GET ${path}`)).body as Body
  return { ...holdfast, api, native, get }
}

const PUBLISH = 'POST /charts/hall/version/draft/actions/publish'
const DISCARD = 'POST /charts/hall/version/draft/actions/discard'

async function setRule(api: SeatsioApi, key: string, value: string) {
  const answer = await api('POST /accounts/me/settings', { key, value }, { key: testKeys.admin })
  expect(answer.status).toBe(204)
}

test('a draft that is published is what all events sell, and is a draft no more', async () => {
  const { api, get } = await openDrafted()
  const book = (label: string) =>
    api('POST /events/groups/actions/book', { events: ['gala'], objects: [label] })
  expect((await book('C-1')).status).toBe(404)
  expect((await api(PUBLISH)).status).toBe(204)
  expect((await book('C-1')).status).toBe(204)
  expect(await get('/charts/hall')).toMatchObject({ name: 'New', status: 'PUBLISHED' })
  expect(await get('/charts/hall/version/published')).toEqual(rowDrawing({ name: 'New', rows: 3 }))
  expect((await api(PUBLISH)).status).toBe(404)
})

test('a draft that is given up leaves name, categories and drawing as they are published', async () => {
  const { api, get } = await openDrafted()
  await api('POST /charts/hall', { categories: [] })
  expect((await api(DISCARD)).status).toBe(204)
  expect(await get('/charts/hall')).toMatchObject({ name: 'Old', status: 'PUBLISHED' })
  expect(await get('/charts/hall')).not.toHaveProperty('draftVersionThumbnailUrl')
  expect((await get('/charts/hall/categories'))['categories']).toHaveLength(2)
  expect((await api('GET /charts/hall/version/draft')).status).toBe(404)
  expect((await api(DISCARD)).status).toBe(404)
  await api('POST /charts/hall', { name: 'Newer' })
  await api(PUBLISH)
  expect((await get('/charts/hall'))['name']).toBe('Newer')
})

test('the name of what is published comes back also after the draft got several', async () => {
  const { api, get } = await openDrafted()
  await api('POST /charts/hall', { name: 'Newest' })
  await api('POST /system/public/charts/hall', rowDrawing({ name: 'Imported' }))
  expect((await get('/charts/hall'))['name']).toBe('Newest')
  await api(DISCARD)
  expect((await get('/charts/hall'))['name']).toBe('Imported')
})

describe('what the other surface does to a chart with a draft', () => {
  test('a new name there is that of the chart, whatever becomes of the draft', async () => {
    const { api, native, get } = await openDrafted()
    await native('PATCH /api/v1/charts/hall', { name: 'Renamed' })
    expect((await get('/charts/hall'))['name']).toBe('Renamed')
    await api(DISCARD)
    expect((await get('/charts/hall'))['name']).toBe('Renamed')
  })

  test('publishing there publishes the draft of here', async () => {
    const { api, native, get } = await openDrafted()
    expect((await native('POST /api/v1/charts/hall/publish')).status).toBe(200)
    expect(await get('/charts/hall')).toMatchObject({ name: 'New', status: 'PUBLISHED' })
    expect((await api(DISCARD)).status).toBe(404)
  })

  test('a draft of there is edited and published here', async () => {
    const { api, native, get } = await open()
    const { body } = await native('POST /api/v1/charts', {
      name: 'Native',
      draftVersion: quaysideDrawing(),
    })
    const key = String(body['chartKey'])
    expect((await api(`POST /charts/${key}`, { name: 'Edited' })).status).toBe(204)
    expect((await api(`GET /charts/${key}/version/published`)).status).toBe(404)
    expect((await api(`POST /charts/${key}/version/draft/actions/discard`)).status).toBe(404)
    expect((await api(`POST /charts/${key}/version/draft/actions/publish`)).status).toBe(204)
    expect(await get(`/charts/${key}`)).toMatchObject({ name: 'Edited', status: 'NOT_USED' })
    const seen = await native(`GET /api/v1/charts/${key}`)
    expect(seen.body).toMatchObject({ name: 'Edited', publishedVersion: 1 })
  })
})

test('an account without drafts changes what is published, events or not', async () => {
  const { api, get } = await open()
  await api('POST /system/public/charts/hall', rowDrawing({ name: 'Old' }))
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  const options = { key: testKeys.admin }
  await api('POST /accounts/me/draft-chart-drawings/actions/disable', undefined, options)
  await api('POST /charts/hall', { name: 'New', categories: [] })
  expect(await get('/charts/hall')).toMatchObject({ name: 'New', status: 'PUBLISHED' })
  expect((await get('/events/gala'))['categories']).toEqual([])
  await api('POST /accounts/me/draft-chart-drawings/actions/enable', undefined, options)
  await api('POST /charts/hall', { name: 'Newer' })
  expect((await get('/charts/hall'))['status']).toBe('PUBLISHED_WITH_DRAFT')
})

describe('the rules of the account', () => {
  const invalid = {
    ...(drawFloors([{}]) as Body),
    name: 'New',
    subChartFloors: [
      { floorName: '1', rows: [{ label: 'A', seats: [{ label: '1' }, { label: '1' }] }] },
      { floorName: '2' },
    ],
  }

  test('count at once, and tell of both versions what they break', async () => {
    const { api, get } = await openDrafted(invalid)
    const validate = async (version: string) =>
      (await api(`POST /charts/hall/version/${version}/actions/validate`)).body
    expect(await validate('draft')).toEqual({ errors: [], warnings: [] })
    await setRule(api, 'VALIDATE_DUPLICATE_LABELS', 'WARNING')
    await setRule(api, 'VALIDATE_EMPTY_FLOOR', 'ERROR')
    await setRule(api, 'VALIDATE_FOCAL_POINT', 'ERROR')
    expect(await validate('draft')).toEqual({
      errors: ['VALIDATE_FOCAL_POINT', 'VALIDATE_EMPTY_FLOOR'],
      warnings: ['VALIDATE_DUPLICATE_LABELS'],
    })
    expect(await validate('published')).toEqual({ errors: [], warnings: [] })
    await api('POST /system/public/charts/other', invalid)
    expect((await get('/charts/other'))['validation']).toEqual(await validate('draft'))
    const list = await get('/charts?validation=true')
    const validations = (list['items'] as Body[]).map((it) => it['validation'])
    expect(validations).toEqual([await validate('draft'), { errors: [], warnings: [] }])
  })

  test('forbid to publish a draft with errors, and to sell what was published with them', async () => {
    const { api } = await openDrafted(invalid)
    await setRule(api, 'VALIDATE_DUPLICATE_LABELS', 'ERROR')
    await setRule(api, 'VALIDATE_FOCAL_POINT', 'WARNING')
    const code = 'DRAWING_VALIDATION_FAILED'
    const errors = { failedValidations: ['VALIDATE_DUPLICATE_LABELS'] }
    const warnings = { failedValidations: ['VALIDATE_FOCAL_POINT'] }
    const message = 'Failed to publish chart [key: hall]: invalid draft drawing'
    expect((await api(PUBLISH)).body).toEqual({
      status: 400,
      errors: [{ code, message, data: errors }],
      warnings: [{ code, message: 'Invalid draft drawing', data: warnings }],
      messages: [message, 'Invalid draft drawing'],
      requestId: 'test-request',
    })
    await api('POST /system/public/charts/other', invalid)
    for (const body of [{ chartKey: 'other' }, { chartKey: 'other', events: [{}] }]) {
      const path = 'events' in body ? '/events/actions/create-multiple' : '/events'
      const answer = await api(`POST ${path as '/events'}`, body)
      expect([answer.status, errorOf(answer)]).toMatchObject([400, { code, data: errors }])
    }
    await setRule(api, 'VALIDATE_DUPLICATE_LABELS', 'WARNING')
    expect((await api('POST /events', { chartKey: 'other' })).status).toBe(200)
    expect((await api(PUBLISH)).status).toBe(204)
  })

  test('are looked up only where a drawing breaks one', async () => {
    const { api, calls } = await open()
    await api('POST /system/public/charts/fine', rowDrawing())
    await api('POST /system/public/charts/broken', invalid)
    const cost = async (key: string) => {
      calls.clear()
      await api(`GET /charts/${key}`)
      return calls.count().reads
    }
    await cost('fine')
    await cost('broken')
    expect([await cost('fine'), await cost('broken')]).toEqual([1, 2])
  })
})
