import type { Locator, Page } from 'playwright-core'
import type { SeatMapElement } from '../../../web/seat-map.ts'
import { productUrl } from './pages.ts'

/** The keys of the demo, which the product prints when it starts. */
export const keys = {
  secret: 'sk_test_holdfast_demo_secret_key',
  publishable: 'pk_test_holdfast_demo_publishable_key',
}

/** Asks SeatBuilder's API with the secret key; throws what it refuses. */
export async function ask<Answer = unknown>(call: string, body?: object): Promise<Answer> {
  const [method = '', path = ''] = call.split(' ')
  const response = await fetch(`${productUrl}${path}`, {
    method,
    headers: { 'X-Api-Key': keys.secret, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${call}: ${response.status} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

/** Puts an event on a drawing of its own on sale; answers its key. */
export async function sell(drawing: object, name = 'Evening'): Promise<string> {
  const { chartKey } = await ask<{ chartKey: string }>('POST /api/v1/charts', {
    name,
    draftVersion: drawing,
  })
  await ask(`POST /api/v1/charts/${chartKey}/publish`)
  const { eventKey } = await ask<{ eventKey: string }>('POST /api/v1/events', { chartKey, name })
  return eventKey
}

/** The element of a page, once it shows its hall. */
export async function shownMap(page: Page): Promise<Locator> {
  const map = page.locator('holdfast-seat-map')
  await page.waitForFunction(() => {
    const shown = document.querySelector<SeatMapElement>('holdfast-seat-map')
    return shown?.status === 'live' && shown.objects.length > 0
  })
  return map
}

/** Labels of what is chosen in a page. */
export function chosenIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const map = document.querySelector<SeatMapElement>('holdfast-seat-map')
    return (map?.selection ?? []).map(({ label }) => label)
  })
}

/** Waits until an object is taken in a page, or is not any more. */
export async function waitForTaken(page: Page, label: string, isTaken: boolean): Promise<void> {
  await page.waitForFunction(
    ([wanted, expected]) => {
      const map = document.querySelector<SeatMapElement>('holdfast-seat-map')
      return map?.objects.find((it) => it.label === wanted)?.isTaken === expected
    },
    [label, isTaken] as const,
  )
}

/** Waits until the element says that it is connected, cut off, shut out or without its event. */
export async function waitForStatus(page: Page, status: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector<SeatMapElement>('holdfast-seat-map')?.status === wanted,
    status,
  )
}

/** What somebody with this key may see: the focus, however deep it is. */
export function focused(page: Page): Promise<{ role: string; text: string; id: string }> {
  return page.evaluate(() => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    const role = at?.getAttribute('role') ?? at?.tagName.toLowerCase() ?? ''
    return { role, text: at?.textContent ?? '', id: at?.id ?? '' }
  })
}

/** Moves on with the tabulator until the focus is there; gives up after a hundred steps. */
export async function tabTo(
  page: Page,
  isThere: (at: { role: string; text: string; id: string }) => boolean,
): Promise<void> {
  for (let step = 0; step < 100; step += 1) {
    if (isThere(await focused(page))) return
    await page.keyboard.press('Tab')
  }
  throw new Error('The tabulator never comes there')
}
