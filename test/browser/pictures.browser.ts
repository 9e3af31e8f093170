import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { halls } from './support/halls.ts'
import { openMap } from './support/own-page.ts'
import { visit } from './support/pages.ts'
import { sell, shownMap } from './support/shop.ts'

/** Where pictures lie for who wants to look at them; it is not checked in. */
const folder = fileURLToPath(new URL('../../dist/pictures/', import.meta.url))

const looks = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['forced', { forcedColors: 'active' }],
  ['phone', { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }],
] as const

test.each(
  Object.keys(halls).flatMap((hall) => looks.map(([look, options]) => ({ hall, look, options }))),
)('a picture of $hall, $look, shows more than an empty page', async ({ hall, look, options }) => {
  await mkdir(folder, { recursive: true })
  const event = await sell(halls[hall] ?? {}, hall)
  const page = await openMap(await visit(options), { event })
  const map = await shownMap(page)
  await page.screenshot({ path: `${folder}${hall}-${look}.png`, fullPage: true })
  const colours = await map
    .locator('canvas')
    .first()
    .evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement
      const pixels = (canvas as HTMLCanvasElement)
        .getContext('2d')
        ?.getImageData(0, 0, width, height)
      const seen = new Set<number>()
      const data = new Uint32Array(pixels?.data.buffer ?? new ArrayBuffer(0))
      for (const pixel of data) seen.add(pixel)
      return seen.size
    })
  expect(colours).toBeGreaterThan(10)
})
