import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { drawArea, drawChart, drawRow, drawSeat } from '../support/drawings.ts'
import { expectAccessible, expectNarrow } from './support/accessible.ts'
import { visit } from './support/pages.ts'
import { ask, chosenIn, keys, sell, shownMap } from './support/shop.ts'

const HOSTILE = '<img src=x onerror=alert(1)>'

/** An event with seats of its own for each test, so that nobody takes another's. */
function openEvent(): Promise<string> {
  const seats = ['1', '2', '3', HOSTILE].map((label, at) => drawSeat(label, { x: at * 21 }))
  const plane = { rows: [drawRow('A', seats)], generalAdmissionAreas: [drawArea('Lawn', 10)] }
  return sell(drawChart(plane), 'Evening <b>')
}

const wants = (page: Page, labels: readonly (string | { label: string; quantity: number })[]) =>
  page.evaluate(async (wanted) => {
    const map = document.querySelector('holdfast-seat-map')
    await (map as unknown as { select(labels: unknown): Promise<unknown> }).select(wanted)
  }, labels)

test('any event of this machine can be looked at and bought from, whatever its seats are called', async () => {
  const eventKey = await openEvent()
  const page = await (await visit()).open(`/?event=${eventKey}&key=${keys.publishable}`)
  await shownMap(page)
  await page.getByRole('heading', { name: 'Evening <b>' }).waitFor()
  await wants(page, [`A-${HOSTILE}`, { label: 'Lawn', quantity: 2 }])
  await page.locator('#lines').getByText(`row A, seat ${HOSTILE}`).waitFor()
  await page.locator('#lines').getByText('2 × Lawn').waitFor()
  await page.getByRole('button', { name: 'Book' }).click()
  await page.getByRole('heading', { name: 'Booked' }).waitFor()
  const order = (await page.locator('#number').textContent()) ?? ''
  const { objects } = await ask<{ objects: { objectLabel: string; extraData: unknown }[] }>(
    `GET /api/v1/events/${eventKey}/status`,
  )
  expect(objects.map(({ objectLabel, extraData }) => [objectLabel, extraData])).toEqual([
    [`A-${HOSTILE}`, { orderId: order }],
    ['Lawn', { orderId: order }],
  ])
  await page.getByRole('button', { name: 'Buy more seats' }).click()
  await wants(page, ['A-1'])
  await page.locator('#lines').getByText('row A, seat 1').waitFor()
})

test('a booking that is refused books nothing, says why, and the rest can be booked', async () => {
  const eventKey = await openEvent()
  const page = await (await visit({ bears: [/409 \(/] })).open(`/?event=${eventKey}`)
  await shownMap(page)
  await wants(page, ['A-1', 'A-2'])
  await page.locator('#lines li').nth(1).waitFor()
  // The box office gives it to somebody else, a moment before the buyer pays.
  await ask(`POST /api/v1/events/${eventKey}/seats/release`, { objectLabels: ['A-1'] })
  await page.getByRole('button', { name: 'Book' }).click()
  await page.getByText(/^Nothing was booked\. A-1 was not yours any more/).waitFor()
  await page.locator('#lines li').nth(1).waitFor({ state: 'detached' })
  expect(await chosenIn(page)).toEqual(['A-2'])
  await page.getByRole('button', { name: 'Book' }).click()
  await page.getByRole('heading', { name: 'Booked' }).waitFor()
})

test('who was slower sees which seat is gone; who starts over gives back what was held', async () => {
  const eventKey = await openEvent()
  const [ada, ben] = [await visit(), await visit({ bears: [/409 \(/] })]
  const [hers, his] = [await ada.open(`/?event=${eventKey}`), await ben.open(`/?event=${eventKey}`)]
  await Promise.all([shownMap(hers), shownMap(his)])
  await wants(hers, ['A-3'])
  await wants(his, ['A-3'])
  await his.getByText('Somebody else was faster: A-3.').waitFor()
  expect(await chosenIn(his)).toEqual([])
  await hers.getByRole('button', { name: 'Start over' }).click()
  await hers.locator('#empty').waitFor()
  await his.waitForFunction(() => {
    const map = document.querySelector('holdfast-seat-map') as unknown as {
      objects: { label: string; isTaken: boolean }[]
    }
    return !map.objects.find(({ label }) => label === 'A-3')?.isTaken
  })
  await wants(his, ['A-3'])
  await his.locator('#lines').getByText('row A, seat 3').waitFor()
})

test('a line is given back by its button, and the keyboard keeps its place', async () => {
  const eventKey = await openEvent()
  const page = await (await visit()).open(`/?event=${eventKey}`)
  await shownMap(page)
  await wants(page, ['A-1', 'A-2'])
  await page.getByRole('button', { name: 'Give back row A, seat 1' }).press('Enter')
  await page.locator('#lines li').nth(1).waitFor({ state: 'detached' })
  const focused = page.locator(':focus')
  expect(await focused.getAttribute('aria-label')).toBe('Give back row A, seat 2')
  await focused.press('Enter')
  await page.locator('#empty').waitFor()
  expect(await page.locator(':focus').getAttribute('id')).toBe('seats')
})

test.each([
  ['light', 1280],
  ['dark', 320],
] as const)('everybody can use the shop, in %s at %d pixels', async (colorScheme, width) => {
  const eventKey = await openEvent()
  const visitor = await visit({ colorScheme, viewport: { width, height: 800 } })
  const page = await visitor.open(`/?event=${eventKey}`)
  await shownMap(page)
  await expectAccessible(page)
  await expectNarrow(page)
  await wants(page, ['A-1', 'A-2'])
  await page.locator('#lines li').nth(1).waitFor()
  await expectAccessible(page)
  await expectNarrow(page)
  await page.getByRole('button', { name: 'Book' }).click()
  await page.getByRole('heading', { name: 'Booked' }).waitFor()
  await expectAccessible(page)
})

test('the page for developers can be used by everybody', async () => {
  const page = await (await visit({ viewport: { width: 320, height: 800 } })).open('/start')
  await expectAccessible(page)
  await expectNarrow(page)
})
