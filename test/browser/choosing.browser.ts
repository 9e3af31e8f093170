import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { everything, oneBooth } from './support/halls.ts'
import { openMap } from './support/own-page.ts'
import { visit } from './support/pages.ts'
import { ask, chosenIn, sell, shownMap, waitForTaken } from './support/shop.ts'

const basketOf = (page: Page) => page.locator('holdfast-seat-map').getByRole('region').last()

test('seats, a seat at a table, a booth and places of an area are chosen in the list, each as it is sold', async () => {
  const event = await sell(everything)
  const page = await openMap(await visit(), { event })
  const map = await shownMap(page)
  await map.getByRole('button', { name: 'List' }).click()
  for (const row of ['Row A', 'Table T']) await map.locator('summary', { hasText: row }).click()
  await map
    .getByRole('button', { name: /^Seat 3 / })
    .first()
    .click()
  await map
    .getByRole('button', { name: /^Seat 5 / })
    .last()
    .click()
  await map.getByRole('button', { name: /^Booth / }).click()
  await map.getByRole('button', { name: /^Standing / }).click()
  const dialog = map.getByRole('dialog')
  await dialog.getByRole('button', { name: /^One more/ }).click()
  await dialog.getByRole('button', { name: /^One more/ }).click()
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect
    .poll(async () => (await chosenIn(page)).sort())
    .toEqual(['A-3', 'Booth 1', 'Standing', 'T-5'])
  await basketOf(page).getByText('3 places').waitFor()
  const { objects } = await ask<{ objects: { objectLabel: string; status: string }[] }>(
    `GET /api/v1/events/${event}/status`,
  )
  expect(objects.map(({ objectLabel }) => objectLabel).sort()).toEqual([
    'A-3',
    'Booth 1',
    'Standing',
    'T-5',
  ])
})

test('the best seats are found for who does not want to look, side by side, and given back together', async () => {
  const event = await sell(rowDrawing({ rows: 1, seatsPerRow: 8 }))
  const page = await openMap(await visit(), { event })
  const map = await shownMap(page)
  await map.locator('summary', { hasText: 'Best seats' }).click()
  await map.getByRole('button', { name: /^One more/ }).click()
  await map.getByRole('button', { name: 'Find' }).click()
  await expect.poll(() => chosenIn(page)).toHaveLength(3)
  const numbers = (await chosenIn(page)).map((label) => Number(label.replace('A-', ''))).sort()
  expect(numbers.at(-1)).toBe((numbers[0] ?? 0) + 2)
  await map.getByRole('button', { name: 'Remove all' }).click()
  await expect.poll(() => chosenIn(page)).toEqual([])
})

test('where seats are held at the checkout, choosing takes them from nobody until then', async () => {
  const event = await sell(oneBooth)
  const page = await openMap(await visit(), { event, hold: 'checkout' })
  const other = await openMap(await visit(), { event })
  const map = await shownMap(page)
  await shownMap(other)
  await map.locator('canvas').first().click()
  await map.getByText('Not held yet').waitFor()
  await waitForTaken(other, 'Stand', false)
  await map.getByRole('button', { name: 'Hold these seats' }).click()
  await waitForTaken(other, 'Stand', true)
  await map.getByRole('timer').waitFor()
})

test('a mouse over the picture is told what is there, and a click beside everything chooses nothing', async () => {
  const page = await openMap(await visit(), { event: await sell(oneBooth) })
  const map = await shownMap(page)
  const canvas = map.locator('canvas').first()
  await canvas.hover()
  await map.getByText('Booth Stand').filter({ visible: true }).first().waitFor()
  await canvas.click({ position: { x: 30, y: 30 } })
  expect(await chosenIn(page)).toEqual([])
  await canvas.click()
  await expect.poll(() => chosenIn(page)).toEqual(['Stand'])
})

test('no more is chosen than may be, one by one or as the best that are left, and that is said', async () => {
  const event = await sell(rowDrawing({ rows: 1, seatsPerRow: 8 }))
  const page = await openMap(await visit(), { event, 'max-seats': 2 })
  const map = await shownMap(page)
  await map.getByRole('button', { name: 'List' }).click()
  await map.locator('summary', { hasText: 'Row A' }).click()
  for (const number of [1, 2]) {
    await map.getByRole('button', { name: new RegExp(`^Seat ${number} `) }).click()
    await expect.poll(() => chosenIn(page)).toHaveLength(number)
  }
  await map.getByRole('button', { name: /^Seat 3 / }).click()
  await map.getByText('You can choose at most 2 seats.').first().waitFor({ state: 'attached' })
  expect(await chosenIn(page)).toHaveLength(2)
  await map.getByRole('alert').filter({ hasText: /./ }).waitFor({ state: 'hidden' })
  await map.locator('summary', { hasText: 'Best seats' }).click()
  await map.getByRole('button', { name: 'Find' }).click()
  await map.getByText('You can choose at most 2 seats.').first().waitFor({ state: 'attached' })
  expect(await chosenIn(page)).toHaveLength(2)
})
