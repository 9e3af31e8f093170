import { chromium, type Page } from 'playwright-core'
import type {} from '../../web/seat-map.ts'
import { spawnProduct } from '../support/spawn-product.ts'
import { findChromium } from './find-chromium.ts'
import { PICTURE_SIZE } from './picture-size.ts'

/** Painting takes a few frames. */
const LOOKS_MAX = 40

/** Takes the picture of the documents: the shop of a new demo, with some seats chosen. Refuses to where there is no Chromium. */
export async function takePicture(): Promise<Buffer> {
  const executablePath = findChromium(process.env)
  if (executablePath === undefined) {
    throw new Error('There is no Chromium: install one, or name it in CHROMIUM.')
  }
  const product = spawnProduct()
  try {
    const url = await product.url
    if (url === undefined) throw new Error(`Holdfast did not start:\n${product.output()}`)
    // Who runs as root, as in a container, has no sandbox.
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage({ viewport: PICTURE_SIZE, reducedMotion: 'reduce' })
      await page.goto(url)
      return await pictureOf(page)
    } finally {
      await browser.close()
    }
  } finally {
    product.process.kill()
  }
}

/** Chooses some seats in the shop, goes close to them, and takes the picture once everything is drawn. */
export async function pictureOf(page: Page): Promise<Buffer> {
  await page.waitForFunction(() => document.querySelector('holdfast-seat-map')?.status === 'live')
  await page.evaluate(async () => {
    const map = document.querySelector('holdfast-seat-map')
    await map?.select(['S-H-8', 'S-H-9'])
    await map?.select([{ label: 'S-J-10', ticketType: 'student' }])
    map?.zoomToSection('S')
  })
  await page.waitForFunction(() => document.querySelectorAll('#lines li').length === 3)
  await settled(page)
  return page.screenshot({ animations: 'disabled' })
}

/** Waits until the hall looks the same twice: it is painted in slices. */
async function settled(page: Page): Promise<void> {
  const look = () => page.locator('holdfast-seat-map').screenshot()
  let before = await look()
  for (let round = 0; round < LOOKS_MAX; round += 1) {
    const now = await look()
    if (now.equals(before)) return
    before = now
  }
  throw new Error('The hall does not come to rest.')
}
