import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { drawArea, drawRow, drawSeat, drawChart } from '../support/drawings.ts'
import { expectAccessible, expectNarrow } from './support/accessible.ts'
import { visit } from './support/pages.ts'
import { ask, sell } from './support/shop.ts'

const HOSTILE = '<img src=x onerror=alert(1)>'

/** An event of a few seats, one with a hostile label, and an area. */
function openEvent(): Promise<string> {
  const seats = ['1', '2', HOSTILE].map((label, at) => drawSeat(label, { x: at * 21 }))
  const plane = { rows: [drawRow('A', seats)], generalAdmissionAreas: [drawArea('Lawn', 10)] }
  return sell(drawChart(plane), 'Evening <b>')
}

function hold(eventKey: string, body: object): Promise<unknown> {
  return ask(`POST /api/v1/events/${eventKey}/seats/hold`, body)
}

const lineOf = (page: Page, text: string) => page.locator('#rows tr').filter({ hasText: text })

/** The choice has a number behind its name. */
async function show(page: Page, state: string): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${state} [\\d,]+$`) }).check()
}

async function chooseAll(page: Page, state: string): Promise<void> {
  await show(page, state)
  await page.locator('#rows tr').first().waitFor()
  await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check()
}

test('the office sees who holds what and for how long, releases it, and tells the history', async () => {
  const eventKey = await openEvent()
  await hold(eventKey, { objectLabels: ['A-1', `A-${HOSTILE}`], holdToken: 'token-of-ada' })
  await hold(eventKey, {
    objectLabel: 'Lawn',
    objectType: 'generalAdmission',
    quantity: 3,
    holdToken: 'token-of-ben',
  })
  const page = await (await visit()).open(`/office?event=${eventKey}`)
  await page.getByRole('heading', { name: 'Evening <b>' }).waitFor()
  expect(await lineOf(page, 'A-1').innerText()).toMatch(/A-1.*Held.*1[45]:\d\d.*token-of-ada/s)
  await lineOf(page, 'Lawn, 3 places').filter({ hasText: 'token-of-ben' }).waitFor()
  await lineOf(page, `A-${HOSTILE}`).getByRole('button', { name: 'History' }).click()
  await page.getByRole('heading', { name: `History of A-${HOSTILE}` }).waitFor()
  await page.locator('#history li').filter({ hasText: 'token token-of-ada' }).waitFor()

  await chooseAll(page, 'Held')
  await page.getByRole('button', { name: 'Release', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Keep' }).click()
  expect(await lineOf(page, 'A-1').count()).toBe(1)
  await page.getByRole('button', { name: 'Release', exact: true }).click()
  await dialog.getByRole('button', { name: 'Release' }).click()
  await page.getByText('Released: 3 objects.').waitFor()
  await page.getByText('Nothing like that.').waitFor()
})

test('seats and places are taken off sale and put on sale again', async () => {
  const eventKey = await openEvent()
  const page = await (await visit()).open(`/office?event=${eventKey}`)
  await chooseAll(page, 'Free')
  await page.getByRole('button', { name: 'Take off sale' }).click()
  await page.getByText(/^Off sale: 4 objects\. .* 9 more times today\.$/).waitFor()
  await chooseAll(page, 'Not for sale')
  await lineOf(page, 'Lawn, 10 places').waitFor()
  await page.getByRole('checkbox', { name: 'Choose all that are shown' }).check()
  await page.getByRole('button', { name: 'Put on sale' }).click()
  await page.getByText('On sale again: 4 objects.').waitFor()
  await show(page, 'Free')
  await lineOf(page, 'Lawn, 10 places').waitFor()
  expect(await page.locator('#rows tr').count()).toBe(4)
})

test('what is refused is said, and an event that is gone too', async () => {
  const eventKey = await openEvent()
  await hold(eventKey, { objectLabels: ['A-1'], holdToken: 'token-of-ada' })
  const visitor = await visit({ bears: [/40[49] \(/] })
  const page = await visitor.open(`/office?event=${eventKey}`)
  await lineOf(page, 'A-1').getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Release', exact: true }).click()
  // Meanwhile the buyer gives it back.
  await ask(`POST /api/v1/events/${eventKey}/seats/release`, { objectLabels: ['A-1'] })
  await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click()
  await page.getByText('A-1: not_found_or_free').waitFor()
  await ask(`DELETE /api/v1/events/${eventKey}`)
  await page.getByText(`Event not found: ${eventKey}`).waitFor()
})

test.each([
  ['light', 1280],
  ['dark', 320],
] as const)('everybody can use the office, in %s at %d pixels', async (colorScheme, width) => {
  const visitor = await visit({ colorScheme, viewport: { width, height: 800 } })
  const page = await visitor.open('/office')
  await page.locator('#rows tr').first().waitFor()
  await expectAccessible(page)
  await expectNarrow(page)
  await page
    .getByRole('button', { name: /^History of/ })
    .first()
    .click()
  await page.locator('#history li').first().waitFor()
  await page.locator('#rows input').first().check()
  await page.getByRole('button', { name: 'Release', exact: true }).click()
  await expectAccessible(page)
})
