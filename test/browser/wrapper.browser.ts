import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { policyOf } from '../../lib/http/page-policy.ts'
import { rowDrawing } from '../support/drawings.ts'
import { expectAccessible } from './support/accessible.ts'
import { visit, type Visitor } from './support/pages.ts'
import { ask, keys, sell } from './support/shop.ts'

const PATH = '/page-with-wrapper'

/** Opens a page that shows an event by the vendor's published React wrapper, which knows nothing of us but where the script is. */
async function openWrapper({ context, open }: Visitor, event: string): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('support/wrapper-app.ts', import.meta.url))],
    ...{ bundle: true, write: false, format: 'esm', minify: true },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  await context.route(`**${PATH}.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: outputFiles[0]?.text ?? '' }),
  )
  await context.route(`**${PATH}`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'Content-Security-Policy': policyOf({}) },
      body: `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Seats</title>
    <link rel="icon" href="/shop/icon.svg" type="image/svg+xml">
    <script type="module" src="${PATH}.js"></script>
  </head>
  <body data-workspace-key="${keys.publishable}" data-event="${event}"><div id="root"></div></body>
</html>`,
    }),
  )
  return open(PATH)
}

test('the published React wrapper shows, holds and gives up over our script, and the shop books what it holds', async () => {
  const event = await sell(rowDrawing({ rows: 3, seatsPerRow: 8 }))
  const visitor = await visit()
  const page = await openWrapper(visitor, event)
  const textOf = (id: string) => page.locator(`#${id}`).textContent()
  const shows = (id: string, text: string) =>
    page
      .locator(`#${id}`)
      .filter({ hasText: new RegExp(`^${text}$`) })
      .waitFor()
  await shows('renderings', '1')
  await expectAccessible(page)

  const map = page.locator('holdfast-seating-chart')
  // It takes the room that the page gives it, and no more.
  const place = await map.boundingBox()
  const picture = await map.locator('[part=map]').boundingBox()
  expect(place?.height).toBe(600)
  expect((picture?.y ?? 0) + (picture?.height ?? 0)).toBeCloseTo((place?.y ?? 0) + 600, 0)
  await map.getByRole('button', { name: 'List' }).click()
  await map.locator('summary', { hasText: 'Row A' }).click()
  await map.getByRole('button', { name: /^Seat 3 / }).click()
  await shows('labels', 'A-3')
  await map.getByRole('button', { name: /^Seat 4 / }).click()
  await shows('labels', 'A-3 A-4')
  await map.getByRole('button', { name: /^Seat 3 / }).click()
  await shows('labels', 'A-4')
  // Each of these has rendered the page anew, and the chart once.
  expect(await textOf('renderings')).toBe('1')

  const holdToken = await textOf('token')
  await ask(`POST /api/v1/events/${event}/seats/book`, { objectLabels: ['A-4'], holdToken })
  await page.getByRole('button', { name: 'Leave' }).click()
  expect(await map.count()).toBe(0)
  await page.getByRole('button', { name: 'Come back' }).click()
  await shows('renderings', '2')
})

test('in an element without a height a chart takes the height that the map takes by itself', async () => {
  const event = await sell(rowDrawing({ rows: 3, seatsPerRow: 8 }))
  const { context, open } = await visit()
  const config = JSON.stringify({ divId: 'chart', workspaceKey: keys.publishable, event })
  await context.route('**/plain-chart.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `new seatsio.SeatingChart(${config}).render()`,
    }),
  )
  await context.route('**/plain-chart', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'Content-Security-Policy': policyOf({}) },
      body: `<!doctype html><title>Seats</title><link rel="icon" href="/shop/icon.svg" type="image/svg+xml">
<div id="chart"></div><script src="/chart.js"></script><script src="/plain-chart.js"></script>`,
    }),
  )
  const page = await open('/plain-chart')
  const picture = await page.locator('holdfast-seating-chart [part=map]').boundingBox()
  const high = await page.evaluate(() => innerHeight)
  expect(picture?.height).toBeGreaterThan(high / 2)
})
