import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { SeatMapElement } from '../../web/seat-map.ts'
import { halls, oneBooth } from './support/halls.ts'
import { openMap } from './support/own-page.ts'
import { visit } from './support/pages.ts'
import { ask, chosenIn, sell, shownMap, waitForStatus, waitForTaken } from './support/shop.ts'

const rows = halls['rows'] ?? {}
const refusedLoads = /Failed to load resource/

const hold = (page: Page, label: string) =>
  page.evaluate(
    (wanted) => document.querySelector<SeatMapElement>('holdfast-seat-map')?.hold(wanted),
    label,
  )

test('without a connection the map says that it is out of date and lets nobody choose; with it, it catches up', async () => {
  const event = await sell(oneBooth)
  const visitor = await visit({ bears: [/ERR_INTERNET_DISCONNECTED/] })
  const page = await openMap(visitor, { event })
  const map = await shownMap(page)
  await visitor.context.setOffline(true)
  await waitForStatus(page, 'offline')
  await map
    .getByRole('status')
    .filter({ hasText: /^No connection/ })
    .waitFor()
  await map.locator('canvas').first().click()
  expect(await chosenIn(page)).toEqual([])
  const body = { objectLabels: ['Stand'], holdToken: 'somebody-else' }
  await ask(`POST /api/v1/events/${event}/seats/hold`, body)
  await visitor.context.setOffline(false)
  await waitForStatus(page, 'live')
  await waitForTaken(page, 'Stand', true)
  await map
    .getByRole('status')
    .filter({ hasText: /^No connection/ })
    .waitFor({ state: 'hidden' })
})

test('what is held runs out at its deadline: it is said, the basket is empty, and the seat is free for others', async () => {
  const event = await sell(oneBooth)
  const page = await openMap(await visit(), { event, 'hold-seconds': 4 })
  const other = await openMap(await visit(), { event })
  const map = await shownMap(page)
  await shownMap(other)
  await map.locator('canvas').first().click()
  await expect.poll(() => chosenIn(page)).toEqual(['Stand'])
  await map.getByRole('timer').filter({ hasText: '0:0' }).waitFor()
  await waitForTaken(other, 'Stand', true)
  await map.getByText('Your time is up.').waitFor({ state: 'attached' })
  expect(await chosenIn(page)).toEqual([])
  await waitForTaken(other, 'Stand', false)
})

test('what the box office takes back is said to be gone, and not that the time is up', async () => {
  const event = await sell(oneBooth)
  const page = await openMap(await visit(), { event })
  const map = await shownMap(page)
  await map.locator('canvas').first().click()
  await expect.poll(() => chosenIn(page)).toEqual(['Stand'])
  // Until a snapshot has it, it may as well be on its way.
  for (let poll = 0; poll < 4; poll += 1) await page.waitForResponse('**/snapshot*')
  await ask(`POST /api/v1/events/${event}/seats/release`, { objectLabels: ['Stand'] })
  await map.getByText('Booth Stand no longer held for you.').waitFor()
  expect(await map.getByText('Your time is up.').count()).toBe(0)
  expect(await chosenIn(page)).toEqual([])
})

test('a seat that somebody else has just taken is shown as taken at once, and why is said', async () => {
  const event = await sell(oneBooth)
  const visitor = await visit({ bears: [refusedLoads] })
  const page = await openMap(visitor, { event })
  const map = await shownMap(page)
  // Nothing more is heard of the hall, so the map cannot know.
  await page.route('**/snapshot*', () => undefined)
  await ask(`POST /api/v1/events/${event}/seats/hold`, {
    objectLabels: ['Stand'],
    holdToken: 'somebody-else',
  })
  const result = await hold(page, 'Stand')
  expect(result?.held).toEqual([])
  await waitForTaken(page, 'Stand', true)
  await map
    .getByText(/somebody else has just taken it/)
    .first()
    .waitFor({ state: 'attached' })
})

test('a reload keeps the basket and its deadline', async () => {
  const event = await sell(rows)
  const page = await openMap(await visit(), { event })
  await shownMap(page)
  await hold(page, 'A-1')
  expect(await chosenIn(page)).toEqual(['A-1'])
  const left = () =>
    page.evaluate(
      () => document.querySelector<SeatMapElement>('holdfast-seat-map')?.secondsLeft ?? 0,
    )
  const before = await left()
  await page.reload()
  await shownMap(page)
  await expect.poll(() => chosenIn(page)).toEqual(['A-1'])
  await expect.poll(left).toBeGreaterThan(0)
  expect(await left()).toBeLessThanOrEqual(before + 1)
})

test('a key that stops working while the page is open is told to the buyer', async () => {
  const event = await sell(rows)
  const visitor = await visit({ bears: [refusedLoads] })
  const page = await openMap(visitor, { event })
  const map = await shownMap(page)
  await page.route('**/api/**', (route) =>
    route.continue({ headers: { ...route.request().headers(), 'x-api-key': 'pk_test_revoked' } }),
  )
  await waitForStatus(page, 'refused')
  await map.getByText(/can no longer be shown here/).waitFor()
})

test('an event that is deleted while the page is open is told to the buyer', async () => {
  const event = await sell(rows)
  const page = await openMap(await visit({ bears: [refusedLoads] }), { event })
  const map = await shownMap(page)
  await ask(`DELETE /api/v1/events/${event}`)
  await waitForStatus(page, 'gone')
  await map.getByText('This event is no longer on sale.').waitFor()
})

test.each([2, -2])('a clock that is %s hours off changes no deadline', async (hours) => {
  const event = await sell(oneBooth)
  const visitor = await visit()
  await visitor.context.addInitScript((ms) => {
    const Real = Date
    window.Date = new Proxy(Real, {
      construct: (made, given: [number?]) =>
        Reflect.construct(made, given.length === 0 ? [Real.now() + ms] : given) as object,
      get: (of, name) =>
        name === 'now' ? () => Real.now() + ms : (Reflect.get(of, name) as unknown),
    })
  }, hours * 3_600_000)
  const page = await openMap(visitor, { event, 'hold-seconds': 300 })
  const map = await shownMap(page)
  await map.locator('canvas').first().click()
  await map
    .getByRole('timer')
    .filter({ hasText: /4:5\d|5:00/ })
    .waitFor()
  const left = await page.evaluate(
    () => document.querySelector<SeatMapElement>('holdfast-seat-map')?.secondsLeft ?? 0,
  )
  expect(left).toBeGreaterThan(240)
  expect(left).toBeLessThanOrEqual(300)
})

test('nobody polls for a page that nobody looks at', async () => {
  const event = await sell(rows)
  const visitor = await visit()
  const page = await openMap(visitor, { event })
  await shownMap(page)
  let polls = 0
  page.on('request', (request) => {
    if (request.url().includes('/snapshot')) polls += 1
  })
  await page.waitForRequest('**/snapshot*')
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden', configurable: true })
    Object.defineProperty(document, 'hidden', { get: () => true, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await page.waitForTimeout(1_500)
  polls = 0
  await page.waitForTimeout(4_000)
  expect(polls).toBe(0)
  await page.evaluate(() => {
    Reflect.deleteProperty(document, 'visibilityState')
    Reflect.deleteProperty(document, 'hidden')
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await page.waitForRequest('**/snapshot*')
})
