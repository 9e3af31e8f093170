import { expect, test } from 'vitest'
import { visit } from './support/pages.ts'
import { chosenIn, focused, shownMap, tabTo } from './support/shop.ts'

test('with the keyboard alone a seat is found on the picture, chosen, given back, chosen again and paid', async () => {
  const page = await (await visit()).open('/')
  const map = await shownMap(page)
  await tabTo(page, ({ role }) => role === 'listbox')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  const option = map.getByRole('option')
  const name = () =>
    map.getByRole('listbox').evaluate((box) => {
      const id = box.getAttribute('aria-activedescendant') ?? ''
      return box.querySelector(`#${id}`)?.textContent ?? ''
    })
  expect(await name()).toMatch(/Seat \d+/)
  await page.keyboard.press('ArrowRight')
  const before = await name()
  await page.keyboard.press('ArrowRight')
  expect(await name()).not.toBe(before)

  const choose = async () => {
    await page.keyboard.press('Enter')
    const dialog = map.getByRole('dialog')
    if (await dialog.isVisible()) await page.keyboard.press('Enter')
    await expect.poll(() => chosenIn(page)).toHaveLength(1)
    await expect.poll(() => option.filter({ hasText: /Chosen|Held/ }).count()).toBeGreaterThan(0)
  }
  await choose()
  expect((await focused(page)).role).toBe('listbox')
  await page.keyboard.press('Enter')
  await expect.poll(() => chosenIn(page)).toEqual([])
  await expect.poll(name).toMatch(/Available/)
  await choose()

  await tabTo(page, ({ id }) => id === 'pay')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Booked' }).waitFor()
  await expect.poll(async () => (await focused(page)).id).toBe('booked-heading')
})

test('the list is reached and left with the keyboard, and a question that is asked is left with Escape', async () => {
  const page = await (await visit()).open('/')
  const map = await shownMap(page)
  await tabTo(page, ({ text }) => text === 'List')
  await page.keyboard.press('Enter')
  await tabTo(page, ({ role, text }) => role === 'summary' && text.includes('Balcony left'))
  await page.keyboard.press('Enter')
  await tabTo(page, ({ role, text }) => role === 'summary' && text.includes('Row B'))
  await page.keyboard.press('Enter')
  await tabTo(page, ({ role, text }) => role === 'button' && text.startsWith('Seat 5'))
  await page.keyboard.press('Enter')
  await map.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await map.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await chosenIn(page)).toEqual([])
  expect((await focused(page)).text).toMatch(/^Seat 5/)
})
