import { apiOver, type Api } from './api.ts'
import { rowDrawing } from './drawings.ts'
import { openHoldfast, type Holdfast } from './holdfast.ts'

/** A Holdfast with one event on a published chart. */
export interface Scene extends Holdfast {
  readonly api: Api
  readonly chartKey: string
  readonly eventKey: string
  /** Path of the event's seats. */
  readonly seats: `/${string}`
}

export const TOKEN = 'token-of-ada'
export const OTHER_TOKEN = 'token-of-ben'

/** Opens one; the drawing is rows A and B of ten seats unless given. */
export async function openScene(drawing: object = rowDrawing()): Promise<Scene> {
  const holdfast = await openHoldfast()
  const api = apiOver(holdfast.runtime)
  const { chartKey, eventKey } = await makeEvent(api, drawing)
  holdfast.calls.clear()
  return { ...holdfast, api, chartKey, eventKey, seats: `/api/v1/events/${eventKey}/seats` }
}

/** Creates a chart, publishes it and creates an event on it. */
export async function makeEvent(
  api: Api,
  drawing: object,
): Promise<{ chartKey: string; eventKey: string }> {
  const chart = await api('POST /api/v1/charts', { name: 'Test hall', draftVersion: drawing })
  const { chartKey } = chart.body as { chartKey: string }
  await api(`POST /api/v1/charts/${chartKey}/publish`)
  const event = await api('POST /api/v1/events', { chartKey, name: 'Test night' })
  const { eventKey } = event.body as { eventKey: string }
  return { chartKey, eventKey }
}

/** Labels of a row: `A-1`, `A-2`, … */
export function labelsOf(row: string, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `${row}-${from + index}`)
}
