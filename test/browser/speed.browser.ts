import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { largeHall } from './support/halls.ts'
import { openMap } from './support/own-page.ts'
import { visit } from './support/pages.ts'
import { CATEGORIES, quantile, readProfile, type Profile } from './support/profile.ts'
import { sell, shownMap } from './support/shop.ts'

/** Milliseconds of script that a frame may have: half of what there is at sixty frames a second. */
const SCRIPT_MS_MAX = 8

/** From the last of the data to the first picture. */
const PICTURE_MS_MAX = 1_000

/** Frames of the hall may take so many times as long as those of a canvas with nothing on it. */
const FRAME_RATIO_MAX = 2

/** What is prepared once for what was not seen before. */
const GROWTH_BYTES_MAX = 3_000_000

/** Drags and turns the wheel, a step a frame, from the whole hall to single seats and back. */
async function moveAbout(page: Page): Promise<void> {
  const box = await page.locator('canvas').first().boundingBox()
  if (box === null) throw new Error('There is no picture')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const frame = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  await page.mouse.move(x, y)
  for (const way of [-120, 120]) {
    for (let step = 0; step < 25; step += 1) {
      await page.mouse.wheel(0, way)
      await frame()
    }
    await page.mouse.down()
    for (let step = 0; step < 40; step += 1) {
      await page.mouse.move(x + 150 * Math.sin(step / 6), y + 100 * Math.cos(step / 5))
      await frame()
    }
    await page.mouse.up()
  }
}

async function profileOf(page: Page): Promise<Profile> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('There is no browser')
  await browser.startTracing(page, { categories: CATEGORIES })
  await moveAbout(page)
  return readProfile(await browser.stopTracing())
}

/** A page with a canvas of the same size, which is emptied with each frame. */
async function emptyCanvas(): Promise<Page> {
  const { context } = await visit()
  const page = await context.newPage()
  await page.setContent('<canvas width="900" height="500"></canvas>')
  await page.evaluate(() => {
    const pen = document.querySelector('canvas')?.getContext('2d')
    let count = 0
    const paint = () => {
      if (!pen) return
      count += 1
      pen.fillStyle = count % 2 === 0 ? '#fff' : '#eee'
      pen.fillRect(0, 0, 900, 500)
      requestAnimationFrame(paint)
    }
    paint()
  })
  return page
}

/** Milliseconds from the last of the data until the first picture had been painted. */
async function pictureMsOf(page: Page): Promise<number> {
  await page.waitForFunction(() => performance.getEntriesByName('pictured').length > 0)
  return page.evaluate(() => {
    const all = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const data = all.filter(({ name }) => /\/(layout|snapshot)\b/.test(name)).slice(0, 2)
    const last = Math.max(...data.map(({ responseEnd }) => responseEnd))
    return (performance.getEntriesByName('pictured')[0]?.startTime ?? Infinity) - last
  })
}

test.each([8_897, 30_000])('a hall of %i seats is moved and zoomed smoothly', async (seats) => {
  const event = await sell(largeHall(seats), 'Arena')
  const visitor = await visit()
  await visitor.context.addInitScript(() => {
    document.addEventListener('holdfast-loaded', () => {
      requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('pictured')))
    })
  })
  const page = await openMap(visitor, { event })
  await shownMap(page)
  const pictureMs = await pictureMsOf(page)
  const { script, intervals } = await profileOf(page)
  const empty = await profileOf(await emptyCanvas())
  const p95 = quantile(script, 0.95)
  const ratio = quantile(intervals, 0.5) / quantile(empty.intervals, 0.5)
  console.log(
    [
      `${seats} seats: first picture ${pictureMs.toFixed(0)} ms after the data`,
      `script a frame p50 ${quantile(script, 0.5).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, most ${Math.max(...script).toFixed(1)} ms of ${script.length}`,
      `frames ${ratio.toFixed(2)} times as long as those of an empty canvas (p50 ${quantile(intervals, 0.5).toFixed(1)} ms)`,
    ].join('; '),
  )
  expect(script.length).toBeGreaterThan(50)
  expect(p95).toBeLessThanOrEqual(SCRIPT_MS_MAX)
  expect(pictureMs).toBeLessThanOrEqual(PICTURE_MS_MAX)
  expect(ratio).toBeLessThanOrEqual(FRAME_RATIO_MAX)
})

/** Bytes of script's memory, after what nobody needs was taken away. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

test('memory does not grow while a hall is moved, and goes with the element', async () => {
  const page = await openMap(await visit(), { event: await sell(largeHall(8_897), 'Arena') })
  await shownMap(page)
  await moveAbout(page)
  const before = await heapOf(page)
  for (let round = 0; round < 3; round += 1) await moveAbout(page)
  expect(await heapOf(page)).toBeLessThan(before + GROWTH_BYTES_MAX)
  const without = await removedHeapOf(page)
  expect(without).toBeLessThan(before * 0.7)
  for (let round = 0; round < 3; round += 1) {
    await page.evaluate(() => {
      const { put } = window as unknown as { put: { map: Element; into: Element } }
      put.into.append(put.map)
    })
    await shownMap(page)
    expect(await removedHeapOf(page)).toBeLessThan(without + GROWTH_BYTES_MAX / 3)
  }
})

/** Takes the element out of the page, which keeps it to put it back, and says what is left. */
async function removedHeapOf(page: Page): Promise<number> {
  await page.evaluate(() => {
    const map = document.querySelector('holdfast-seat-map')
    const into = map?.parentElement
    if (!map || !into) return
    map.remove()
    Object.assign(window, { put: { map, into } })
  })
  await page.waitForTimeout(2_000)
  return heapOf(page)
}
