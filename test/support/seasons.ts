import { expect } from 'vitest'
import { apiOver } from './api.ts'
import { rowDrawing } from './drawings.ts'
import { openHoldfast } from './holdfast.ts'
import { seatsioOver } from './seatsio.ts'

/** An event or a season as it is answered. */
export interface Told {
  readonly id: number
  readonly key: string
  readonly events?: readonly Told[]
  readonly partialSeasonKeys?: readonly string[]
  readonly partialSeasonKeysForEvent?: readonly string[]
  readonly [field: string]: unknown
}

/** A Holdfast with a chart, `hall`. */
export async function openHall() {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  await api('POST /system/public/charts/hall', rowDrawing())
  holdfast.calls.clear()
  /** Sends what must succeed, and answers what was told. */
  const must = async (request: `${string} /${string}`, body?: object): Promise<Told> => {
    const answer = await api(request, body)
    expect([request, answer.status, answer.text]).toEqual([
      request,
      answer.status < 300 ? answer.status : 200,
      answer.text,
    ])
    return (answer.body ?? {}) as unknown as Told
  }
  /** Sends what must be refused, and answers its status, its code and its sentence. */
  const refused = async (request: `${string} /${string}`, body?: object) => {
    const answer = await api(request, body)
    const [error] = (answer.body?.['errors'] ?? []) as { code: string; message: string }[]
    return [answer.status, error?.code, error?.message]
  }
  /** What is in the list of events, newest first. */
  const listed = async (): Promise<Told[]> => {
    const found: Told[] = []
    for (let after = ''; ;) {
      const { body } = await api(`GET /events?limit=100&start_after_id=${after}`)
      found.push(...(body?.['items'] as Told[]))
      if (body?.['next_page_starts_after'] === undefined) return found
      after = body['next_page_starts_after'] as string
    }
  }
  const season = (body: object = {}) =>
    must('POST /seasons', { chartKey: 'hall', key: 'season', ...body })
  return {
    ...holdfast,
    ...{ api, must, refused, listed, season },
    native: apiOver(holdfast.runtime),
  }
}

export type Hall = Awaited<ReturnType<typeof openHall>>

/** Keys of what was answered. */
export const keysOf = (told: readonly Told[] | undefined) => told?.map(({ key }) => key)

/** So many keys. */
export const keysUpTo = (count: number, start = 'e') =>
  Array.from({ length: count }, (_, index) => `${start}${index + 1}`)
