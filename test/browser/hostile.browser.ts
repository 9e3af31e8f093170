import { expect, test } from 'vitest'
import { drawArea, drawChart, drawRow, drawSeat, drawSeats } from '../support/drawings.ts'
import { expectNarrow } from './support/accessible.ts'
import { openMap } from './support/own-page.ts'
import { visit } from './support/pages.ts'
import { chosenIn, sell, shownMap, waitForStatus } from './support/shop.ts'

const markup = '<img src=x onerror="window.struck=1">'
const labels = [markup, 'שורה א׳', '🎭🎟️', 'W'.repeat(198)]

const drawing = drawChart(
  {
    rows: labels.map((label, at) =>
      drawRow(label, drawSeats(3, { y: at * 30, categoryKey: 1 }), { displayLabel: null }),
    ),
    generalAdmissionAreas: [drawArea(`${markup} area`, 10)],
    texts: [{ text: markup, center: { x: 0, y: -40 }, fontSize: 12 }],
  },
  { list: [{ key: 1, label: `${markup}${'C'.repeat(250)}`, color: '#2b8a3e' }] },
)

test('labels of a drawing are text wherever they are shown, whatever they say and however long they are', async () => {
  const event = await sell(drawing, markup)
  const page = await openMap(await visit(), { event })
  const map = await shownMap(page)
  await map.getByRole('button', { name: 'List' }).click()
  for (const label of labels) {
    const row = map.locator('summary').filter({ hasText: label })
    await row.first().click()
  }
  const seats = map.getByRole('button', { name: /^Seat 2\b/ })
  await seats.nth(labels.length - 1).waitFor()
  expect(await seats.count()).toBe(labels.length)
  for (let at = 0; at < labels.length; at += 1) {
    await seats.nth(at).click()
    await expect.poll(() => chosenIn(page)).toHaveLength(at + 1)
  }
  expect(new Set(await chosenIn(page))).toEqual(new Set(labels.map((label) => `${label}-2`)))
  expect(await map.locator('img, script, iframe, object').count()).toBe(0)
  expect(await page.evaluate(() => 'struck' in window)).toBe(false)
  await expectNarrow(page)
})

test('in a language that is read from the right everything stands from the right, and works', async () => {
  const event = await sell(drawing)
  const page = await openMap(await visit(), { event, language: 'ar' })
  const map = await shownMap(page)
  expect(await map.locator('[dir=rtl]').count()).toBeGreaterThan(0)
  const [first, second] = [
    await map.getByRole('button').nth(0).boundingBox(),
    await map.getByRole('button').nth(1).boundingBox(),
  ]
  expect(first?.x ?? 0).toBeGreaterThan(second?.x ?? 0)
})

/** Answers of the API for the drawing, made worse on their way: no chart like these can be published. */
const spoilt: Readonly<Record<string, (text: string) => string>> = {
  'no categories': (text) => text.replace(/"list":\[[^\]]*\]/g, '"list":[]'),
  'places a thousand million away': (text) => text.replace(/"x":21\b/g, '"x":1000000000'),
  'places that are no numbers': (text) => text.replace(/"x":21\b/g, '"x":"NaN"'),
  'the same label twice': (text) => text.replace(/"label":"2"/g, '"label":"1"'),
}

test.each(Object.keys(spoilt))('a drawing with %s is shown as far as it goes', async (name) => {
  const rows = [drawRow('A', drawSeats(4)), drawRow('B', [drawSeat('1', { y: 90 })])]
  const event = await sell(drawChart({ rows }))
  const visitor = await visit()
  let spoils = 0
  await visitor.context.route('**/layout*', async (route) => {
    const response = await route.fetch()
    const text = await response.text()
    const worse = spoilt[name]?.(text) ?? text
    if (worse !== text) spoils += 1
    await route.fulfill({ response, body: worse })
  })
  const page = await openMap(visitor, { event })
  const map = await shownMap(page)
  expect(spoils).toBeGreaterThan(0)
  const shot = await map.locator('canvas').first().screenshot()
  expect(shot.length).toBeGreaterThan(1_000)
  await map.getByRole('button', { name: 'List' }).click()
  await map.locator('summary').first().waitFor()
})

test('what is no drawing at all is said, and no blank page', async () => {
  const event = await sell(drawChart({ rows: [drawRow('A', drawSeats(4))] }))
  const visitor = await visit({ bears: [/.*/] })
  await visitor.context.route('**/layout*', (route) =>
    route.fulfill({ contentType: 'application/json', body: '[]' }),
  )
  const page = await openMap(visitor, { event })
  const map = page.locator('holdfast-seat-map')
  await map
    .getByRole('status')
    .filter({ hasText: /drawing of this hall cannot be shown|Nothing on this map is for sale/ })
    .waitFor()
})

test('a drawing that comes cut off is told, asked for again, and shown once it comes whole', async () => {
  const event = await sell(drawChart({ rows: [drawRow('A', drawSeats(4))] }))
  const visitor = await visit()
  await visitor.context.route('**/layout*', (route) =>
    route.fulfill({ contentType: 'application/json', body: '{"subChart":' }),
  )
  const page = await openMap(visitor, { event })
  await waitForStatus(page, 'offline')
  await page
    .getByRole('status')
    .filter({ hasText: /^No connection/ })
    .waitFor()
  await visitor.context.unroute('**/layout*')
  await shownMap(page)
})

test('a key that is none, and an event that is none, are said', async () => {
  const bears = [/Failed to load resource/, /\bholdfast\b/i]
  const wrongKey = await openMap(await visit({ bears }), {
    event: 'evt_demo',
    key: 'pk_test_nobody',
  })
  await waitForStatus(wrongKey, 'refused')
  const wrongEvent = await openMap(await visit({ bears }), { event: 'evt_nowhere' })
  await waitForStatus(wrongEvent, 'gone')
  await wrongEvent.getByText('This event is no longer on sale.').waitFor()
})
