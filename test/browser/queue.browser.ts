import { expect, test } from 'vitest'
import { drawChart, drawRow, drawSeats } from '../support/drawings.ts'
import { expectAccessible, expectNarrow } from './support/accessible.ts'
import { visit } from './support/pages.ts'
import { ask, chosenIn, sell, shownMap } from './support/shop.ts'

test('who is not let in goes to the waiting room, and comes back with a token that holds', async () => {
  const eventKey = await sell(drawChart({ rows: [drawRow('A', drawSeats(3))] }))
  await ask('POST /api/v1/admission-key/rotate')
  await ask(`PATCH /api/v1/events/${eventKey}`, { admission: 'browsers' })
  const page = await (await visit({ bears: [/403 \(/] })).open(`/?event=${eventKey}`)
  await shownMap(page)
  const choose = (label: string) =>
    page.evaluate(async (wanted) => {
      const map = document.querySelector('holdfast-seat-map')
      await (map as unknown as { select(label: string): Promise<unknown> }).select(wanted)
    }, label)
  // The page may be gone before the map has answered.
  await choose('A-1').catch(() => undefined)
  await page.getByRole('heading', { name: 'Waiting room' }).waitFor()
  await page.getByText(/You are next|before you in the line/).waitFor()
  await expectAccessible(page)
  await expectNarrow(page)
  await page.waitForURL((url) => url.pathname === '/')
  await shownMap(page)
  await choose('A-1')
  await page.locator('#lines li').waitFor()
  expect(await chosenIn(page)).toEqual(['A-1'])
})
