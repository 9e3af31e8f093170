import { expect, test } from 'vitest'
import { expectAccessible } from './support/accessible.ts'
import { everything } from './support/halls.ts'
import { openMap } from './support/own-page.ts'
import { visit } from './support/pages.ts'
import { sell, shownMap } from './support/shop.ts'

test.each([
  ['light', 'Seat 7'],
  ['dark', 'Seat 8'],
] as const)('everybody can use the shop’s list and what it asks, %s', async (colorScheme, seat) => {
  const { open } = await visit({ colorScheme })
  const shop = await open('/')
  const map = await shownMap(shop)
  await expectAccessible(shop)
  await map.getByRole('button', { name: 'List' }).click()
  await map.locator('summary', { hasText: 'Balcony left' }).click()
  await map.locator('summary', { hasText: 'Row C' }).click()
  await expectAccessible(shop)
  await map.getByRole('button', { name: `${seat} ` }).click()
  await map.getByRole('dialog').waitFor()
  await expectAccessible(shop)
  await map
    .getByRole('dialog')
    .getByRole('button', { name: /^Adult/ })
    .click()
  await shop.getByRole('button', { name: /^Pay €/ }).waitFor()
  await expectAccessible(shop)
})

test('everybody can use a map with a basket of its own, in a phone’s width and in Arabic', async () => {
  const event = await sell(everything)
  const narrow = { viewport: { width: 360, height: 780 } }
  const page = await openMap(await visit(narrow), { event, language: 'ar', 'max-seats': 4 })
  const map = await shownMap(page)
  await page.evaluate(() => document.querySelector('holdfast-seat-map')?.hold(['A-1', 'B-2']))
  await map.getByRole('timer').waitFor()
  await expectAccessible(page)
  const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(await isWide()).toBe(false)
})

test('who wants no motion gets none: what a key zooms is there at once', async () => {
  const event = await sell(everything)
  const pageFor = async (reducedMotion: 'reduce' | 'no-preference') => {
    const page = await openMap(await visit({ reducedMotion }), { event })
    return { page, map: await shownMap(page) }
  }
  const { page, map } = await pageFor('reduce')
  const canvas = map.locator('canvas').first()
  await map.getByRole('button', { name: 'Zoom in' }).click()
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )
  const first = await canvas.screenshot()
  await page.waitForTimeout(600)
  expect(first.equals(await canvas.screenshot())).toBe(true)
  const running = await page.evaluate(() => document.getAnimations().length)
  expect(running).toBe(0)
})

test('with the colours of the system everything is there and can be chosen', async () => {
  const event = await sell(everything)
  const page = await openMap(await visit({ forcedColors: 'active' }), { event })
  const map = await shownMap(page)
  await map.getByRole('button', { name: 'List' }).click()
  await map.locator('summary').first().click()
  await expectAccessible(page)
})

test('on paper there are the hall with its categories and what was chosen, and nothing to press', async () => {
  const event = await sell(everything)
  const page = await openMap(await visit(), { event })
  const map = await shownMap(page)
  await page.evaluate(() => document.querySelector('holdfast-seat-map')?.hold(['A-1', 'B-2']))
  await map.getByRole('timer').waitFor()
  await page.emulateMedia({ media: 'print' })
  const pressed = map.locator('button:not(.legend button)').filter({ visible: true })
  expect(await pressed.count()).toBe(0)
  await map.getByText('Row A, Seat 1').filter({ visible: true }).first().waitFor()
  expect((await page.pdf()).length).toBeGreaterThan(5_000)
})

test('in German nothing is said in English', async () => {
  const event = await sell(everything)
  const page = await openMap(await visit(), { event, language: 'de' })
  const map = await shownMap(page)
  const said = await map.ariaSnapshot()
  for (const word of ['Seat map', 'Zoom in', 'List"', 'Best seats', 'Your seats'])
    expect(said).not.toContain(`"${word}`)
})
