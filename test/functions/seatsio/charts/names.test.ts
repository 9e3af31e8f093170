import { expect, test } from 'vitest'
import { factsOf } from '../../../../lib/venue/chart-facts.ts'
import { getChart, replaceChart } from '../../../../lib/store/charts/charts.ts'
import { encodeManifest } from '../../../../lib/venue/manifest.ts'
import { drawBooth, drawChart } from '../../../support/drawings.ts'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'
import { readChart } from '../../../../lib/venue/read-chart.ts'

const boothsCalled = (...labels: string[]) =>
  drawChart({ focalPoint: { x: 0, y: 0 }, booths: labels.map((label) => drawBooth(label)) })

const importing = '/system/public/charts/hall'

test.each([
  [200, 201],
  [201, 400],
])('a label of %i characters is imported with %i', async (length, wanted) => {
  const { api } = await openSeatsioScene()
  const drawing = boothsCalled('B', 'x'.repeat(length))
  const { status, body } = await api(`POST ${importing}`, drawing)
  expect(status).toBe(wanted)
  if (wanted === 400) expect(JSON.stringify(body?.['messages'])).toContain('label too long: xxx')
})

test.each([
  ['x'.repeat(255), `${'x'.repeat(248)} (copy)`],
  [`${'x'.repeat(247)}😀yyyy`, `${'x'.repeat(247)} (copy)`],
])('the name of a copy keeps the limit: %s', async (name, wanted) => {
  const { api } = await openSeatsioScene()
  await api(`POST ${importing}`, { ...boothsCalled('B'), name })
  const { body } = await api('POST /charts/hall/version/published/actions/copy')
  expect(body?.['name']).toBe(wanted)
})

const anyWord = (value: string) => JSON.parse(`{"__proto__":"${value}"}`) as object

test('a map loses no word: tables', async () => {
  const { api } = await openSeatsioScene()
  const tableBookingConfig = { mode: 'CUSTOM', tables: anyWord('BY_TABLE') }
  const { body } = await api('POST /events', { chartKey: 'hall', tableBookingConfig })
  expect(JSON.stringify(body?.['tableBookingConfig'])).toBe(JSON.stringify(tableBookingConfig))
})

test('a map loses no word: objectCategories', async () => {
  const { api } = await openSeatsioScene()
  const objectCategories = anyWord('nobody')
  const { status, body } = await api('POST /events', { chartKey: 'hall', objectCategories })
  expect([status, JSON.stringify(body?.['messages'])]).toEqual([
    400,
    expect.stringContaining('__proto__'),
  ])
})

const category = (key: unknown) => ({ key, label: 'C', color: '#888888', accessible: false })

test.each([
  ['x'.repeat(255), 201],
  ['x'.repeat(256), 400],
  ['half \ud83d of one', 400],
])('a category key is imported whole, or not at all: %j', async (key, wanted) => {
  const { api } = await openSeatsioScene()
  const drawing = { ...boothsCalled('B'), categories: { list: [category(key), category(2)] } }
  const { status, body } = await api(`POST ${importing}`, drawing)
  expect(status).toBe(wanted)
  if (wanted === 400) {
    expect(JSON.stringify(body?.['messages'])).toContain('category key too long')
    return
  }
  await api('POST /charts/hall/version/published/actions/copy')
  const charts = (await api('GET /charts')).body?.['items'] as { key: string }[]
  for (const { key: chartKey } of charts.filter((it) => it.key !== 'park')) {
    const listed = (await api(`GET /charts/${chartKey}/categories`)).body?.['categories']
    expect(listed).toEqual([category(key), category(2)])
  }
})

test('a category key that is a number beyond all numbers is refused, and not dropped', async () => {
  const { api } = await openSeatsioScene()
  const text = JSON.stringify({ ...boothsCalled('B'), categories: { list: [category(7)] } })
  const raw = text.replace('"key":7', '"key":1e400')
  expect((await api(`POST ${importing}`, undefined, { raw })).status).toBe(400)
})

test('SeatBuilder publishes no draft with a category key that would be cut', async () => {
  const { native } = await openSeatsioScene()
  const draftVersion = { ...boothsCalled('B'), categories: { list: [category('x'.repeat(256))] } }
  const { body } = await native('POST /api/v1/charts', { name: 'Cut', draftVersion })
  const published = await native(`POST /api/v1/charts/${String(body['chartKey'])}/publish`)
  expect(published.status).toBe(409)
  expect(JSON.stringify(published.body)).toContain('Category key too long')
})

/** The scene with a drawing as an earlier version took it: one label that no request can change. */
async function withOldLabel(label: string) {
  const scene = await openSeatsioScene()
  const { store } = scene.runtime
  const head = await getChart(store, scene.context().caller.workspaceId, 'hall')
  if (head?.published === undefined) throw new Error('The scene has a chart')
  const drawing = boothsCalled('B', label)
  const chart = readChart(drawing)
  const written = await replaceChart(
    store,
    { before: head, after: head },
    {
      draft: JSON.stringify(drawing),
      isPublished: true,
      publish: { manifest: encodeManifest(chart), facts: factsOf(chart) },
      log: [],
      receiptFor: () => undefined,
    },
  )
  expect(written).toBeDefined()
  return scene
}

test.each(['x'.repeat(201), '😀'.repeat(127), 'no character \ufffe'])(
  'of an older drawing, a label that no request can change is told as not for sale: %s',
  async (label) => {
    const { api, infos, native } = await withOldLabel(label)
    const found = await infos(['B', label])
    expect(Object.keys(found)).toEqual(['B', label])
    expect(found[label]).toMatchObject({
      status: 'free',
      forSale: false,
      isAvailable: false,
      availabilityReason: 'not_for_sale',
    })
    expect(found['B']).toMatchObject({ forSale: true })
    const at = `/events/gala/objects/${encodeURIComponent(label)}` as const
    expect((await api(`GET ${at}`)).body).toEqual({ status: 'free', forSale: false })
    expect((await api(`GET ${at}/status-changes`)).body).toEqual({ items: [] })
    const book = await api('POST /events/gala/actions/book', { objects: ['B', label] })
    expect(book.status).toBe(400)
    // By its place where its length is counted, and else by its name.
    expect(JSON.stringify(book.body?.['messages'])).toMatch(/#\/objects\/1|Object not for sale/)
    expect((await api('POST /events/gala/actions/book', { objects: ['B'] })).status).toBe(204)
    expect((await native('GET /api/v1/events/gala/status')).body).toMatchObject({
      objects: [{ objectLabel: 'B' }],
    })
    expect((await api('POST /events/gala/actions/release', { objects: ['B'] })).status).toBe(204)
  },
)
