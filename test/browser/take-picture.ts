import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import type {} from '../../web/seat-map.ts'
import { findChromium } from './find-chromium.ts'
import { PICTURE_SIZE } from './picture-size.ts'

/** Painting takes a few frames. */
const LOOKS_MAX = 40

const main = fileURLToPath(new URL('../../local/main.ts', import.meta.url))

/** Takes the picture of the documents: the shop of a new demo, with some seats chosen. Refuses to where there is no Chromium. */
export async function takePicture(): Promise<Buffer> {
  const executablePath = findChromium(process.env)
  if (executablePath === undefined) {
    throw new Error('There is no Chromium: install one, or name it in CHROMIUM.')
  }
  const product = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const url = await readyAt(product)
    // Who runs as root, as in a container, has no sandbox.
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage({
        viewport: PICTURE_SIZE,
        colorScheme: 'light',
        reducedMotion: 'reduce',
      })
      await page.goto(url)
      await choose(page)
      return await page.screenshot({ animations: 'disabled' })
    } finally {
      await browser.close()
    }
  } finally {
    product.kill()
  }
}

/** Chooses some seats as the page's own program would, looks at their section, and waits until everything is drawn. */
async function choose(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('holdfast-seat-map')?.status === 'live')
  await page.evaluate(async () => {
    const map = document.querySelector('holdfast-seat-map')
    await map?.select(['S-H-8', 'S-H-9'])
    await map?.select([{ label: 'S-J-10', ticketType: 'student' }])
    map?.zoomToSection('S')
  })
  await page.waitForFunction(() => document.querySelectorAll('#lines li').length === 3)
  await settled(page)
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

function readyAt(product: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    product.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const [, url] = /Holdfast is ready at (\S+)/.exec(text) ?? []
      if (url !== undefined) resolve(url)
    })
    product.once('close', () => {
      reject(new Error(`Holdfast did not start:\n${text}`))
    })
  })
}
