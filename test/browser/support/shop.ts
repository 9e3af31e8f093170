import type { Locator, Page } from 'playwright-core'
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
    const shown = document.querySelector('holdfast-seat-map') as MapElement | null
    return shown?.status === 'live' && shown.objects.length > 0
  })
  return map
}

/** What tests read of the element. */
export interface MapElement extends HTMLElement {
  readonly status: string
  readonly objects: readonly { label: string; isTaken: boolean; isSelected: boolean }[]
  readonly selection: readonly { label: string; isHeld: boolean }[]
  readonly secondsLeft: number | undefined
}

/** Labels of what is chosen in a page. */
export function chosenIn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const map = document.querySelector('holdfast-seat-map') as MapElement | null
    return (map?.selection ?? []).map(({ label }) => label)
  })
}

/** Waits until an object is taken in a page, or is not any more. */
export async function waitForTaken(page: Page, label: string, isTaken: boolean): Promise<void> {
  await page.waitForFunction(
    ([wanted, expected]) => {
      const map = document.querySelector('holdfast-seat-map') as MapElement | null
      return map?.objects.find((it) => it.label === wanted)?.isTaken === expected
    },
    [label, isTaken] as const,
  )
}
