import { describe, expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { openSeatsioScene } from '../support/seatsio-scene.ts'

// What is asked without being done, under an idempotency key.

const SMALLER = rowDrawing({ rows: 1, firstRow: 'B' })

const calls = {
  'publishing a draft': 'POST /charts/hall/version/draft/actions/publish',
  'publishing a draft on SeatBuilder\u2019s surface': 'POST /api/v1/charts/hall/publish',
  'importing over a chart': 'POST /system/public/charts/hall',
  'moving an event to another chart': 'POST /events/gala',
} as const

const bodies: Readonly<Record<string, object>> = {
  'POST /system/public/charts/hall': SMALLER,
  'POST /events/gala': { chartKey: 'loft' },
}

/** An event with a seat sold that neither the draft of its chart nor another chart has. */
async function openSold() {
  const scene = await openSeatsioScene(rowDrawing())
  const { api, native } = scene
  await api('POST /system/public/charts/loft', SMALLER)
  await api('POST /events/gala/actions/book', { objects: ['A-1'] })
  await native('PATCH /api/v1/charts/hall', { draftVersion: SMALLER })
  return scene
}

describe('a dry run that is repeated under its key tells what it told, whatever was sold since', () => {
  test.each(Object.entries(calls))('%s', async (_, call) => {
    const { api, native, change } = await openSold()
    const send = call.startsWith('POST /api') ? native : api
    const ask = async (query: string) => {
      const headers = ['Idempotency-Key', 'once']
      const answer = await send(`${call}${query}`, bodies[call], { headers })
      const names = Object.keys(answer.headers).map((name) => name.toLowerCase())
      const isReplayed = names.includes('idempotent-replayed')
      return { status: answer.status, body: answer.body, isReplayed }
    }
    const first = await ask('?dryRun=true')
    expect(first).toMatchObject({ body: { soldObjects: { vanishing: 1 } }, isReplayed: false })
    await change({ objects: ['A-1'], status: 'free' })
    expect(await ask('?dryRun=true')).toEqual({ ...first, isReplayed: true })
    // Doing it is another request, and has a key of its own.
    expect((await ask('')).status).toBe(422)
  })
})
