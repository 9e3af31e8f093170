import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { errorOf } from '../../../support/seatsio-scene.ts'
import { getChart } from '../../../../lib/store/charts/charts.ts'

async function open() {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  await api('POST /system/public/charts/hall', rowDrawing())
  return { ...holdfast, api }
}

type Request = `${string} /${string}`

const one = { key: 9, label: 'Nine' }

describe('what does not fit is refused with its place', () => {
  const notText = '#/name: expected type: String, found: Integer'
  const notObject = '#/categories/0: expected type: JSONObject, found: String'
  const cases: [Request, object | string, string][] = [
    ['POST /charts', { name: 7 }, notText],
    ['POST /charts', { name: '' }, '#/name: expected minLength: 1, actual: 0'],
    ['POST /charts', { name: 'x'.repeat(256) }, '#/name: expected maxLength: 255, actual: 256'],
    [
      'POST /charts',
      { name: '\ud800' },
      '#/name: String must be well-formed Unicode, without U+FFFE and U+FFFF',
    ],
    ['POST /charts', { categories: ['x'] }, notObject],
    ['POST /charts/hall', { categories: ['x'] }, notObject],
    ['POST /charts/hall', { name: 7 }, notText],
    [
      'POST /charts/hall',
      { categories: {} },
      '#/categories: expected type: JSONArray, found: JSONObject',
    ],
    ['POST /charts', { categories: [{}] }, '#/categories/0: required key [key] not found'],
    [
      'POST /charts',
      { categories: [{ key: 1 }] },
      '#/categories/0: required key [label] not found',
    ],
    [
      'POST /charts',
      { categories: [one, { key: '9', label: 'x' }] },
      '#/categories: Duplicate category keys are not allowed',
    ],
    [
      'POST /charts',
      { categories: [{ ...one, accessible: 'yes' }] },
      '#/categories/0/accessible: expected type: Boolean, found: String',
    ],
    ['POST /charts/hall/categories', {}, '#: required key [key] not found'],
    ['POST /charts/hall/categories', { key: 9 }, '#: required key [label] not found'],
    [
      'POST /charts/hall/categories',
      { ...one, key: true },
      '#/key: expected type: String, found: Boolean',
    ],
    [
      'POST /charts/hall/categories/1',
      { color: 7 },
      '#/color: expected type: String, found: Integer',
    ],
    ['POST /charts', '{', '#: Malformed JSON'],
    ['POST /charts', '7', '#: expected type: JSONObject, found: Integer'],
  ]
  test.each(cases)('%s %j', async (request, body, message) => {
    const { api } = await open()
    const raw = typeof body === 'string' ? { raw: body } : {}
    const answer = await api(request, typeof body === 'string' ? undefined : body, raw)
    expect([answer.status, errorOf(answer)]).toEqual([400, { code: 'GENERAL_ERROR', message }])
  })

  test('a venue type that there never was', async () => {
    const { api } = await open()
    const answer = await api('POST /charts', { venueType: 'ROUND' })
    expect(errorOf(answer)['message']).toMatch(/^#\/venueType: ROUND is not a valid enum value/)
  })

  test.each([
    ['filter=a&filter=b', '#/filter: expected type: String, found: JSONArray'],
    ['tag=a&tag=b', '#/tag: expected type: String, found: JSONArray'],
    ['limit=0', '#/limit: 0 is not greater or equal to 1'],
    ['limit=1&limit=2', '#/limit: expected type: String, found: JSONArray'],
    ['limit=many', '#/limit: expected a whole number'],
    ['eventsLimit=0', '#/eventsLimit: 0 is not greater or equal to 1'],
    ['eventsLimit=-1', '#/eventsLimit: expected a whole number'],
    ['start_after_id=x', '#/start_after_id: expected a whole number'],
    ['start_after_id=1&end_before_id=2', '#: start_after_id and end_before_id exclude each other'],
    [
      'expand=seats',
      '#/expand/0: seats is not a valid enum value: expected one of events, validation, venueType, zones',
    ],
    ['validation=yes', '#/validation: yes is not a valid enum value: expected one of true, false'],
    [`filter=${'x'.repeat(256)}`, '#/filter: expected maxLength: 255, actual: 256'],
  ])('a list by %s', async (query, message) => {
    const { api } = await open()
    for (const path of ['charts', 'charts/archive']) {
      const answer = await api(`GET /${path}?${query}`)
      expect([answer.status, errorOf(answer)]).toEqual([400, { code: 'GENERAL_ERROR', message }])
    }
  })
})

test('what there is not is not found, in the words of the contract', async () => {
  const { api } = await open()
  const chart = {
    code: 'CHART_NOT_FOUND',
    message:
      'Chart not found: none was not found in workspace 11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  }
  const calls: [Request, object?][] = [
    ['POST /charts/none', { name: 'x' }],
    ['POST /charts/none', {}],
    ['GET /charts/none/categories'],
    ['POST /charts/none/categories', one],
    ['POST /charts/none/categories/1', {}],
    ['DELETE /charts/none/categories/1'],
    ['POST /charts/none/actions/move-to-archive'],
    ['POST /charts/none/actions/move-out-of-archive'],
    ['POST /charts/none/tags/x'],
    ['DELETE /charts/none/tags/x'],
    ['GET /charts/none/version/published'],
    ['POST /charts/none/version/published/actions/copy'],
    ['POST /charts/none/version/draft/actions/copy'],
    ['POST /charts/none/version/published/actions/validate'],
    ['POST /charts/none/version/draft/actions/validate'],
    ['POST /charts/none/version/draft/actions/publish'],
    ['POST /charts/none/version/draft/actions/discard'],
  ]
  for (const [request, body] of calls) {
    const answer = await api(request, body)
    expect([request, answer.status, errorOf(answer)]).toEqual([request, 404, chart])
  }
  for (const action of ['copy', 'validate', 'publish', 'discard']) {
    expect((await api(`POST /charts/hall/version/draft/actions/${action}`)).status).toBe(404)
  }
  for (const [method, body] of [['POST', {}], ['DELETE']] as const) {
    const answer = await api(`${method} /charts/hall/categories/none`, body)
    expect([answer.status, answer.body?.['messages']]).toEqual([404, ['category not found']])
  }
})

test('a category key that is taken is refused, be it number or text', async () => {
  const { api } = await open()
  for (const key of [1, '1', 'lounge']) {
    const answer = await api('POST /charts/hall/categories', { key, label: 'x' })
    expect([answer.status, errorOf(answer)['message']]).toEqual([
      400,
      `The chart has a category with the key ${key} already`,
    ])
  }
})

test.each(['archive', 'tags', '.', '..'])('no chart gets the key %j', async (key) => {
  const { api } = await open()
  const path = `POST /system/public/charts/${encodeURIComponent(key)}` as const
  const answer = await api(path, rowDrawing())
  expect(answer.status).toBe(400)
})

test('edits that come at once all count', async () => {
  const { api } = await open()
  await api('POST /events', { chartKey: 'hall' })
  const add = (key: number) => api('POST /charts/hall/categories', { key, label: 'x' })
  const answers = await Promise.all([3, 4, 5].map(add))
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204])
  const { body } = await api('GET /charts/hall/categories')
  const keys = (body?.['categories'] as { key: unknown }[]).map(({ key }) => key)
  expect(keys.slice(0, 2)).toEqual([1, 'lounge'])
  expect(keys.slice(2).sort()).toEqual([3, 4, 5])
})

test('an edit that meets a first event goes into a draft, not into what that event sells', async () => {
  const { api, runtime } = await open()
  const [edited, made] = await Promise.all([
    api('POST /charts/hall', { categories: [] }),
    api('POST /events', { chartKey: 'hall', eventKey: 'gala' }),
  ])
  expect([edited.status, made.status]).toEqual([204, 200])
  const head = await getChart(runtime.store, 'one', 'hall')
  const { body } = await api('GET /events/gala')
  const isDraft = head?.draft.drawingId !== head?.published?.drawingId
  expect(body?.['categories']).toHaveLength(isDraft ? 2 : 0)
})

test('a chart that others keep changing is busy, and nothing was done', async () => {
  const { api, runtime, engine } = await open()
  engine.inject = ({ operation }) =>
    operation === 'TransactWriteItems' ? 'transaction-conflict' : undefined
  const calls: [Request, object?][] = [
    ['POST /charts/hall', { name: 'x' }],
    ['POST /charts/hall/tags/x'],
    ['POST /charts/hall/actions/move-to-archive'],
  ]
  for (const [request, body] of calls) {
    const answer = await api(request, body)
    expect([request, answer.status, errorOf(answer)['code']]).toEqual([
      request,
      429,
      'RATE_LIMIT_EXCEEDED',
    ])
  }
  expect((await api('POST /charts')).status).toBe(503)
  engine.inject = undefined
  expect(await getChart(runtime.store, 'one', 'hall')).toMatchObject({ name: 'Rows' })
  expect((await api('GET /charts')).body?.['items']).toHaveLength(1)
})
