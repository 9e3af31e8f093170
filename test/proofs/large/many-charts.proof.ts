import { beforeAll, describe, expect, test } from 'vitest'
import { importChart } from '../../../lib/actions/charts/import-chart.ts'
import { addTag } from '../../../lib/actions/charts/tag-chart.ts'
import { runtimeOver } from '../../../lib/open.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openPlainHoldfast } from '../../support/plain-holdfast.ts'
import { seatsioOver, type SeatsioApi } from '../../support/seatsio.ts'

const CHARTS = 10_000

/** The newest of them have events. */
const SOLD = 100
const EVENTS_EACH = 12

const drawing = JSON.stringify(rowDrawing({ seatsPerRow: 1, rows: 1 }))

interface Listed {
  readonly items: { id: number; key: string; events?: { key: string; chartKey: string }[] }[]
  readonly next_page_starts_after?: string
  readonly previous_page_ends_before?: string
}

let api: SeatsioApi

/** Numbers of the charts, in the order in which they were made. */
const ids: number[] = []
let requests: string[] = []

const list = async (query: string, path = '/charts') => {
  requests = []
  const answer = await api(`GET ${path as '/charts'}?${query}`)
  expect(answer.status).toBe(200)
  return answer.body as unknown as Listed
}

/** Ten thousand charts in a table where every request that reads is written down. */
beforeAll(async () => {
  const { port, table, context } = await openPlainHoldfast()
  const reader = table.client((request) => {
    const plain = request()
    requests.push(plain.operation)
    return table.run(plain)
  })
  const runtime = runtimeOver({ ...port, reader })
  api = seatsioOver(runtime)
  const counted = { ...context, store: runtime.store }
  for (let index = 0; index < CHARTS; index += 1) {
    const chartKey = `chart-${index}`
    const named = drawing.replace('"Rows"', `"Hall ${index}"`)
    const made = await importChart(counted, { chartKey, drawing: named })
    if (made.ok && made.value.chart) ids.push(made.value.chart.serial)
    if (index % 1_000 === 0) await addTag(counted, { chartKey, tag: 'thousand' })
  }
  for (let index = CHARTS - SOLD; index < CHARTS; index += 1) {
    const events = Array.from({ length: EVENTS_EACH }, (_, at) => ({ eventKey: `e${index}-${at}` }))
    await api('POST /events/actions/create-multiple', { chartKey: `chart-${index}`, events })
  }
}, 120_000)

test('ten thousand charts page in order, with three requests a page and no scan', async () => {
  const found: string[] = []
  let query = 'limit=20'
  for (;;) {
    const page = await list(query)
    found.push(...page.items.map(({ key }) => key))
    expect(requests.length).toBeLessThanOrEqual(3)
    expect(requests.filter((name) => name === 'Scan')).toEqual([])
    if (page.next_page_starts_after === undefined) break
    query = `limit=20&start_after_id=${page.next_page_starts_after}`
  }
  expect(found).toEqual(Array.from({ length: CHARTS }, (_, index) => `chart-${CHARTS - 1 - index}`))
}, 60_000)

test('the middle is reached by its number alone, in both directions', async () => {
  const after = await list(`start_after_id=${ids[5_001]}`)
  expect(after.items.map(({ id }) => id)).toEqual(ids.slice(4_981, 5_001).reverse())
  const before = await list(`end_before_id=${ids[5_000]}&limit=3`)
  expect(before.items.map(({ id }) => id)).toEqual(ids.slice(5_001, 5_004).reverse())
  expect(requests.length).toBeLessThanOrEqual(3)
})

test.each([
  ['events', 'expand=events', 20 + 6],
  ['events, a few of each', 'expand=events&eventsLimit=2', 20 + 6],
  ['all that there is to tell', 'expand=events&expand=validation&expand=venueType', 20 + 6],
  ['what drawings say', 'expand=validation&expand=zones', 4],
])('a page with %s takes a bounded number of requests: %s, %i', async (_, query, requestsMax) => {
  const page = await list(query)
  expect(page.items).toHaveLength(20)
  expect(requests.length).toBeLessThanOrEqual(requestsMax)
  if (!query.includes('events')) return
  for (const { key, events = [] } of page.items) {
    expect(events).toHaveLength(query.includes('Limit') ? 2 : EVENTS_EACH)
    expect(new Set(events.map(({ chartKey }) => chartKey))).toEqual(new Set([key]))
  }
})

describe('what is rare is found among ten thousand', () => {
  test.each([
    ['tag=thousand', 10],
    ['filter=all+99', 20],
    ['filter=HALL+9999', 1],
    ['filter=nowhere', 0],
    ['filter=000&tag=thousand', 9],
  ])('%s', async (query, count) => {
    const page = await list(query)
    expect(page.items).toHaveLength(count)
    expect(requests.length).toBeLessThanOrEqual(5)
  })

  test('also from a cursor on, and in full pages', async () => {
    const page = await list(`tag=thousand&limit=4&start_after_id=${ids[9_000]}`)
    const numbers = [8_000, 7_000, 6_000, 5_000].map((index) => ids[index])
    expect(page.items.map(({ id }) => id)).toEqual(numbers)
    expect(page.next_page_starts_after).toBe(String(numbers[3]))
    expect(page.previous_page_ends_before).toBe(String(numbers[0]))
    expect(requests.length).toBeLessThanOrEqual(6)
  })

  test('and so are all tags', async () => {
    requests = []
    expect((await api('GET /charts/tags')).body).toEqual({ tags: ['thousand'] })
    expect(requests.length).toBeLessThanOrEqual(4)
  })
})
