import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { apiOver } from '../../../support/api.ts'
import { seatsioOver, type SeatsioApi } from '../../../support/seatsio.ts'
import { DRAWING_BYTES_MAX } from '../../../../lib/limits/limits.ts'

async function open() {
  const holdfast = await openHoldfast()
  return { ...holdfast, api: seatsioOver(holdfast.runtime), native: apiOver(holdfast.runtime) }
}

function put(api: SeatsioApi, key: string, sent: string | { raw: string; headers: string[] }) {
  const options = typeof sent === 'string' ? { raw: sent } : sent
  return api(`POST /system/public/charts/${key}`, undefined, options)
}

const zoned = {
  name: 'Quayside',
  venueType: 'ZONES',
  categories: { list: [{ key: 9, label: 'Nine', color: 'blue' }] },
  zones: { list: [{ key: 'z', label: 'Zone Z' }] },
  subChart: { rows: [], focalPoint: null },
}

test('a drawing is published as it came, whatever its type is said to be', async () => {
  const { api } = await open()
  const raw = ` ${JSON.stringify(zoned)}\n`
  const made = await put(api, 'quay', { raw, headers: ['Content-Type', 'multipart/form-data'] })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    key: 'quay',
    name: 'Quayside',
    status: 'NOT_USED',
    tags: [],
    archived: false,
    venueType: 'WITH_ZONES',
    validation: { errors: [], warnings: [] },
    zones: [{ key: 'z', label: 'Zone Z' }],
  })
  expect((await api('GET /charts/quay/version/published')).text).toBe(raw)
  expect((await api('GET /charts/quay/version/draft')).status).toBe(404)
  expect((await api('GET /charts/quay')).body).toEqual(made.body)
  expect((await api('GET //charts/quay')).body).toEqual(made.body)
})

test('a drawing over a chart that is there becomes its next version', async () => {
  const { api } = await open()
  const first = await put(api, 'hall', JSON.stringify(rowDrawing()))
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  const next = await put(api, 'hall', JSON.stringify(zoned))
  expect(next.body).toMatchObject({ id: first.body?.['id'], name: 'Quayside', status: 'PUBLISHED' })
  const { body } = await api('GET /events/gala')
  expect(body?.['categories']).toEqual([
    { key: 9, label: 'Nine', color: 'blue', accessible: false },
  ])
})

test('what is no drawing is refused by what it is', async () => {
  const { api } = await open()
  const messages = async (raw: string) => (await put(api, 'x', raw)).body?.['messages']
  expect(await messages('{')).toEqual(['#: Malformed JSON'])
  expect(await messages('[]')).toEqual(['#: expected a drawing: a JSONObject'])
  expect(await messages('')).toEqual(['#: expected a drawing: a JSONObject'])
  const large = `{"name":"${'x'.repeat(DRAWING_BYTES_MAX - 11)}"}`
  expect((await put(api, 'x', large)).status).toBe(201)
  expect((await put(api, 'x', `${large} `)).status).toBe(413)
})

test('an unknown chart is named with its workspace', async () => {
  const { api } = await open()
  const { status, body } = await api('GET /charts/nowhere')
  expect([status, body?.['errors']]).toEqual([
    404,
    [
      {
        code: 'CHART_NOT_FOUND',
        message:
          'Chart not found: nowhere was not found in workspace 11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
      },
    ],
  ])
})

test('a chart tells its events when asked, newest first, and its status follows them', async () => {
  const { api } = await open()
  await put(api, 'hall', JSON.stringify(rowDrawing()))
  await put(api, 'other', JSON.stringify(rowDrawing()))
  for (const eventKey of ['a', 'b']) await api('POST /events', { chartKey: 'hall', eventKey })
  await api('POST /events', { chartKey: 'other', eventKey: 'c' })
  const { body } = await api('GET /charts/hall?expand=events&expand=zones')
  const events = body?.['events'] as { key: string }[]
  expect(events.map(({ key }) => key)).toEqual(['b', 'a'])
  expect(events[0]).toEqual((await api('GET /events/b')).body)
  expect((await api('GET /charts/hall?expand')).body).not.toHaveProperty('events')
  for (const eventKey of ['a', 'b']) await api(`DELETE /events/${eventKey}`)
  expect((await api('GET /charts/hall')).body?.['status']).toBe('NOT_USED')
})

test('one chart serves both surfaces', async () => {
  const { api, native } = await open()
  await put(api, 'hall', JSON.stringify(rowDrawing()))
  const seen = await native('GET /api/v1/charts/hall')
  expect(seen.body).toMatchObject({ draftVersion: 1, publishedVersion: 1 })
  await native('POST /api/v1/events', { chartKey: 'hall', eventKey: 'gala' })
  expect((await api('GET /events/gala')).status).toBe(200)
  await native('PATCH /api/v1/charts/hall', { draftVersion: zoned })
  expect((await api('GET /charts/hall')).body?.['status']).toBe('PUBLISHED_WITH_DRAFT')
  expect(JSON.parse((await api('GET /charts/hall/version/draft')).text)).toEqual(zoned)
  await put(api, 'hall', JSON.stringify(rowDrawing({ firstRow: 'C' })))
  expect(JSON.parse((await api('GET /charts/hall/version/draft')).text)).toEqual(zoned)
})

test('pictures of a chart are PNGs of its seats, and anyone told may see them', async () => {
  const { api } = await open()
  const { body } = await put(api, 'hall', JSON.stringify(rowDrawing()))
  const inside = await api('GET /charts/hall/version/published/thumbnail')
  const url = new URL(body?.['publishedVersionThumbnailUrl'] as string)
  const outside = await api(`GET /${url.pathname.slice(1)}`, undefined, { key: null })
  for (const { headers, text } of [inside, outside]) {
    expect(headers['content-type']).toBe('image/png')
    expect(text.startsWith('\x89PNG\r\n\x1a\n')).toBe(true)
  }
  const bytes = Buffer.from(inside.text, 'latin1')
  const pixels = inflateSync(bytes.subarray(41, bytes.length - 16))
  expect(pixels.some((value) => value !== 255 && value !== 0)).toBe(true)
  expect((await api('GET /charts/hall/version/draft/thumbnail')).status).toBe(404)
  expect((await api('GET /thumbnails/guess', undefined, { key: null })).status).toBe(404)
})

test('a picture is drawn once for all who ask, and everybody may keep what its public address shows', async () => {
  const { api, calls } = await open()
  const { body } = await put(api, 'hall', JSON.stringify(rowDrawing()))
  const address = new URL(body?.['publishedVersionThumbnailUrl'] as string).pathname
  const anyone = () => api(`GET /${address.slice(1)}`, undefined, { key: null })
  const first = await anyone()
  expect(first.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${address.split('/').at(-1) ?? ''}"`,
  })
  calls.clear()
  expect((await anyone()).text).toBe(first.text)
  expect(calls.count()).toMatchObject({ reads: 0 })
  const inside = await api('GET /charts/hall/version/published/thumbnail')
  expect(inside.text).toBe(first.text)
  expect(inside.headers['cache-control']).toBe('private, no-cache')
  await put(api, 'hall', JSON.stringify(rowDrawing({ rows: 5 })))
  expect((await api('GET /charts/hall/version/published/thumbnail')).text).not.toBe(first.text)
})

test('reading a chart costs two reads at first sight, and one afterwards', async () => {
  const { api, calls } = await open()
  await put(api, 'hall', JSON.stringify(rowDrawing()))
  const cost = async () => {
    calls.clear()
    await api('GET /charts/hall')
    return calls.all.length
  }
  expect([await cost(), await cost()]).toEqual([2, 1])
})
