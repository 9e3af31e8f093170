import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { SeatMapElement } from '../../web/seat-map.ts'
import { halls, oneBooth } from './support/halls.ts'
import { openMap } from './support/own-page.ts'
import { visit } from './support/pages.ts'
import { chosenIn, sell, shownMap } from './support/shop.ts'

const phone = { hasTouch: true, isMobile: true, viewport: { width: 390, height: 780 } }

async function canvasOf(page: Page) {
  const map = await shownMap(page)
  const canvas = map.locator('canvas').first()
  await canvas.scrollIntoViewIfNeeded()
  const box = await canvas.boundingBox()
  if (box === null) throw new Error('There is no picture')
  return { canvas, box, x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test('a tap chooses what is under the finger, and another gives it back', async () => {
  const page = await openMap(await visit(phone), { event: await sell(oneBooth) })
  const { x, y } = await canvasOf(page)
  await page.touchscreen.tap(x, y)
  await expect.poll(() => chosenIn(page)).toEqual(['Stand'])
  await page.touchscreen.tap(x, y)
  await expect.poll(() => chosenIn(page)).toEqual([])
})

test('two fingers zoom the picture and not the page, and one then moves it', async () => {
  const visitor = await visit(phone)
  const page = await openMap(visitor, { event: await sell(halls['sections'] ?? {}) })
  const { canvas, x, y } = await canvasOf(page)
  const before = await canvas.screenshot()
  const touch = await visitor.context.newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: [number, number][]) =>
    touch.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([px, py], id) => ({ x: px, y: py, id })),
    })
  await send('touchStart', [
    [x - 20, y],
    [x + 20, y],
  ])
  for (let far = 30; far <= 120; far += 10) {
    await send('touchMove', [
      [x - far, y],
      [x + far, y],
    ])
  }
  await send('touchEnd', [])
  await expect.poll(async () => before.equals(await canvas.screenshot())).toBe(false)
  expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1)
  const zoomed = await canvas.screenshot()
  const scrolled = await page.evaluate(() => window.scrollY)
  await send('touchStart', [[x, y]])
  for (let step = 1; step <= 8; step += 1) await send('touchMove', [[x - step * 10, y - step * 10]])
  await send('touchEnd', [])
  await expect.poll(async () => zoomed.equals(await canvas.screenshot())).toBe(false)
  expect(await page.evaluate(() => window.scrollY)).toBe(scrolled)
  expect(await chosenIn(page)).toEqual([])
})

test('while the whole hall is in view, one finger scrolls the page', async () => {
  const page = await openMap(await visit(phone), { event: await sell(halls['rows'] ?? {}) })
  const { canvas } = await canvasOf(page)
  expect(await canvas.evaluate((it) => getComputedStyle(it).touchAction)).toMatch(/pan|auto/)
})

test('on a phone the first screen of the shop is half hall, and not much less with a basket', async () => {
  const visitor = await visit({ ...phone, viewport: { width: 375, height: 800 } })
  const page = await visitor.open('/')
  const map = await shownMap(page)
  const seen = () =>
    map
      .locator('canvas')
      .first()
      .evaluate((it) => {
        const { left, right, top, bottom } = it.getBoundingClientRect()
        let rows = 0
        for (let y = Math.max(0, top); y < Math.min(bottom, innerHeight); y += 1) {
          const at = document.elementFromPoint((left + right) / 2, y)
          if (at?.localName === 'holdfast-seat-map') rows += 1
        }
        return rows / innerHeight
      })
  expect(await seen()).toBeGreaterThanOrEqual(0.5)
  await map.evaluate(async (it) => {
    await (it as SeatMapElement).select(['B-A-20', 'B-A-21'])
  })
  await page.getByRole('button', { name: /^Pay €/ }).waitFor()
  expect(await seen()).toBeGreaterThanOrEqual(0.4)
})
