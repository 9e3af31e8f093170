import { expect, test } from 'vitest'
import { visit } from './support/pages.ts'
import { chosenIn, shownMap, waitForTaken } from './support/shop.ts'

test('a buyer chooses seats in the list and pays; another window sees each step at once, and so does the back office', async () => {
  const buyer = await visit()
  const other = await visit()
  const page = await buyer.open('/')
  const watching = await other.open('/')
  const map = await shownMap(page)
  await shownMap(watching)

  await map.getByRole('button', { name: 'List' }).click()
  await map.locator('summary', { hasText: 'Section Balcony left' }).click()
  await map.locator('summary', { hasText: 'Row A' }).click()
  await map.getByRole('button', { name: /^Seat 12 / }).click()
  await map
    .getByRole('dialog')
    .getByRole('button', { name: /^Adult/ })
    .click()
  await page.getByRole('button', { name: 'Pay €36.00' }).waitFor()
  const [label = ''] = await chosenIn(page)
  expect(label).not.toBe('')
  expect(await page.locator('#left').textContent()).toMatch(/^(9:5\d|10:00)$/)
  await waitForTaken(watching, label, true)

  await page.getByRole('button', { name: 'Pay €36.00' }).click()
  await page.getByRole('heading', { name: 'Booked' }).waitFor()
  const order = await page.locator('#number').textContent()
  expect(await chosenIn(page)).toEqual([])
  await waitForTaken(page, label, true)

  const office = await other.open('/office')
  await office.getByRole('searchbox').fill(order ?? '')
  await office.getByRole('row').filter({ hasText: label }).waitFor()
})
