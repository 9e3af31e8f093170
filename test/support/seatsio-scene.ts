import { expect } from 'vitest'
import { apiOver, type Api } from './api.ts'
import { rowDrawing } from './drawings.ts'
import { openHoldfast, type Holdfast } from './holdfast.ts'
import { seatsioOver, type SeatsioAnswer, type SeatsioApi } from './seatsio.ts'

/** An object as it is answered, whatever it has. */
export type Info = Readonly<Record<string, unknown>>

/** A line of the log as it is answered. */
export interface LogItem {
  readonly id: number
  readonly objectLabel: string
  readonly status: string
  readonly date: string
  readonly [field: string]: unknown
}

/** A Holdfast with the events `gala` and `ball` on one chart, and `open-air` on another. */
export interface SeatsioScene extends Holdfast {
  readonly api: SeatsioApi
  readonly native: Api
  /** Issues a hold token. */
  readonly token: (expiresInMinutes?: number) => Promise<string>
  /** Changes objects of `gala`, through the call for one event. */
  readonly change: (body: object) => Promise<SeatsioAnswer>
  /** Runs a batch, with its objects in the answer. */
  readonly batch: (...statusChanges: object[]) => Promise<SeatsioAnswer>
  readonly info: (label: string, event?: string) => Promise<Info>
  readonly infos: (labels: readonly string[], event?: string) => Promise<Record<string, Info>>
  readonly statuses: (labels: readonly string[], event?: string) => Promise<unknown[]>
  readonly lines: (query?: string, event?: string) => Promise<LogItem[]>
}

/** Opens one; rows A and B of ten seats on both charts unless drawn otherwise. */
export async function openSeatsioScene(
  drawing: object = rowDrawing({ seatsPerRow: 10 }),
): Promise<SeatsioScene> {
  const holdfast = await openHoldfast()
  const api = withoutNulls(seatsioOver(holdfast.runtime))
  await api('POST /system/public/charts/hall', drawing)
  await api('POST /system/public/charts/park', rowDrawing({ seatsPerRow: 10 }))
  for (const eventKey of ['gala', 'ball']) await api('POST /events', { chartKey: 'hall', eventKey })
  await api('POST /events', { chartKey: 'park', eventKey: 'open-air' })
  holdfast.calls.clear()
  return { ...holdfast, api, native: apiOver(holdfast.runtime), ...callsOf(api) }
}

function callsOf(api: SeatsioApi) {
  const infos = async (labels: readonly string[], event = 'gala') => {
    const query = labels.map((label) => `label=${encodeURIComponent(label)}`).join('&')
    const { body } = await api(`GET /events/${event}/objects?${query}`)
    return (body ?? {}) as Record<string, Info>
  }
  return {
    infos,
    async token(expiresInMinutes?: number) {
      const { body } = await api('POST /hold-tokens', { expiresInMinutes })
      return String(body?.['holdToken'])
    },
    change: (body: object) =>
      api('POST /events/gala/actions/change-object-status?expand=objects', body),
    batch: (...statusChanges: object[]) =>
      api('POST /events/actions/change-object-status?expand=objects', { statusChanges }),
    async info(label: string, event = 'gala') {
      return (await infos([label], event))[label] ?? {}
    },
    async statuses(labels: readonly string[], event = 'gala') {
      const found = await infos(labels, event)
      return labels.map((label) => found[label]?.['status'])
    },
    async lines(query = '', event = 'gala') {
      const { body } = await api(`GET /events/${event}/status-changes?${query}`)
      return (body?.['items'] ?? []) as LogItem[]
    },
  }
}

/** Two client libraries fail on a null, so no answer has one. */
function withoutNulls(api: SeatsioApi): SeatsioApi {
  return async (...request) => {
    const answer = await api(...request)
    expect(nullsIn(answer.body ?? {}, '')).toEqual([])
    return answer
  }
}

function nullsIn(value: unknown, path: string): string[] {
  if (value === null) return [path]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, child]) => nullsIn(child, `${path}/${name}`))
}

/** The objects of an answer. */
export function objectsOf({ body }: SeatsioAnswer): Record<string, Info> {
  return (body?.['objects'] ?? {}) as Record<string, Info>
}

/** The only error of an answer. */
export function errorOf({ body }: SeatsioAnswer): Info {
  const [error] = (body?.['errors'] ?? []) as Info[]
  return error ?? {}
}

/** The status of an answer, with the code of its error if it has one. */
export function verdictOf(answer: SeatsioAnswer): string {
  return answer.status < 300
    ? String(answer.status)
    : `${answer.status} ${String(errorOf(answer)['code'])}`
}
