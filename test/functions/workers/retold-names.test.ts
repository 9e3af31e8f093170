import { describe, expect, test } from 'vitest'
import { relayBatch } from '../../../functions/workers/relay-changes.ts'
import type { Notice } from '../../../lib/rules/notice.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openSeatsioScene } from '../../support/seatsio-scene.ts'
import { labelsOf, TOKEN } from '../../support/scene.ts'
import { openTold } from '../../support/told.ts'
import { getEvent } from '../../../lib/store/events/events.ts'

/** `gala` on `hall`, whose calls move the clock on, so that no two happen at one moment. */
async function open() {
  const scene = await openSeatsioScene(rowDrawing({ rows: 1, seatsPerRow: 150 }))
  const { clock, runtime } = scene
  const told = await openTold(scene)
  await told.relay()
  const ticking = async (answer: Promise<{ status: number }>) => {
    expect((await answer).status).toBeLessThan(300)
    clock.advance(1_000)
  }
  const api = (...request: Parameters<typeof scene.api>) => ticking(scene.api(...request))
  const native = (...request: Parameters<typeof scene.native>) => ticking(scene.native(...request))
  await native('PATCH /api/v1/events/gala', { name: 'First night' })
  /** Tells all that there was so far once more. */
  const retell = async () => {
    told.forget()
    await relayBatch(runtime, told.messaging.bus, { Records: told.records.slice() })
    return texts()
  }
  const texts = () =>
    told
      .notices()
      .map((notice) => JSON.stringify(notice))
      .toSorted()
  const words = () => told.notices().map(wordsIn)
  return { ...scene, api, native, told, retell, texts, words }
}

type Scene = Awaited<ReturnType<typeof open>>

const wordsIn = ({ chart, event }: Notice) =>
  `${event.eventKey} ${event.name ?? '-'} ${chart.chartKey} ${chart.name}`

const renamings: Record<string, (scene: Scene) => Promise<unknown>> = {
  'an event was renamed through SeatBuilder': ({ native }) =>
    native('PATCH /api/v1/events/gala', { name: 'Last night' }),
  'an event lost its name through SeatBuilder': ({ native }) =>
    native('PATCH /api/v1/events/gala', { name: null }),
  'an event was renamed through the API of seats.io': ({ api }) =>
    api('POST /events/gala', { name: 'Last night' }),
  'an event got another key': ({ api }) => api('POST /events/gala', { eventKey: 'gala-2' }),
  'an event went to another chart': ({ api }) => api('POST /events/gala', { chartKey: 'park' }),
  'an event got another key and chart, in several steps': async ({ api }) => {
    await api('POST /events/gala', { eventKey: 'gala-2', name: 'Second' })
    await api('POST /events/gala-2', { chartKey: 'park', name: 'Third' })
    await api('POST /events/gala-2', { eventKey: 'gala-3' })
  },
  'an event went to a copy of its chart': ({ api }) =>
    api('POST /events/gala/actions/move-to-new-chart-copy'),
  'a chart was renamed through SeatBuilder': ({ native }) =>
    native('PATCH /api/v1/charts/hall', { name: 'Great hall' }),
  'a chart was renamed through the API of seats.io': ({ api }) =>
    api('POST /charts/hall', { name: 'Great hall' }),
  'a chart was published anew under another name': ({ api }) =>
    api('POST /system/public/charts/hall', { ...rowDrawing(), name: 'Great hall' }),
  'a chart was renamed after the event had left it': async ({ api, native }) => {
    await api('POST /events/gala', { chartKey: 'park' })
    await native('PATCH /api/v1/charts/hall', { name: 'Great hall' })
  },
  'an event was renamed and deleted': async ({ api, native }) => {
    await api('POST /events/gala', { eventKey: 'gala-2', name: 'Last night' })
    await native('DELETE /api/v1/events/gala-2')
  },
  'event and chart were renamed and deleted': async (scene) => {
    await scene.native('PATCH /api/v1/charts/hall', { name: 'Great hall' })
    await endAll(scene)
  },
  'event and chart were deleted, and others took their keys': async (scene) => {
    await endAll(scene)
    const drawing = { ...rowDrawing(), name: 'Another hall' }
    await scene.api('POST /system/public/charts/hall', drawing)
    await scene.api('POST /events', { chartKey: 'hall', eventKey: 'gala', name: 'Another' })
  },
}

async function endAll({ native }: Scene) {
  for (const key of ['gala', 'ball']) await native(`DELETE /api/v1/events/${key}`)
  await native('DELETE /api/v1/charts/hall')
}

describe('a notice says the same words however often it is told, also where between the tellings', () => {
  test.each(Object.entries(renamings))('%s', async (_, rename) => {
    const scene = await open()
    const { api, told, texts, retell } = scene
    await api('POST /events/gala/actions/book', { objects: ['A-1', 'A-2'] })
    await told.relay()
    const first = texts()
    expect(first).toHaveLength(2)
    await rename(scene)
    expect(await retell()).toEqual(first)
  })

  test.each(Object.entries(renamings))(
    'and is told late in the words of its time: %s',
    async (_, rename) => {
      const scene = await open()
      const { api, told, words } = scene
      await api('POST /events/gala/actions/book', { objects: ['A-1'] })
      await rename(scene)
      await told.relay()
      expect(words()).toEqual(['gala First night hall Rows'])
    },
  )
})

test('what happens between two renamings is told with the words between them', async () => {
  const { api, native, told, words } = await open()
  const book = (label: string, key: string) =>
    api(`POST /events/${key}/actions/book`, { objects: [label] })
  await book('A-1', 'gala')
  await api('POST /events/gala', { eventKey: 'gala-2' })
  await book('A-2', 'gala-2')
  await native('PATCH /api/v1/charts/hall', { name: 'Great hall' })
  await book('A-3', 'gala-2')
  await api('POST /events/gala-2', { chartKey: 'park', name: 'Last night' })
  await book('A-4', 'gala-2')
  await told.relay()
  expect(words()).toEqual([
    'gala First night hall Rows',
    'gala-2 First night hall Rows',
    'gala-2 First night hall Great hall',
    'gala-2 Last night park Rows',
  ])
})

test('the many rows of a large commit are told with the words of the moment that decided it', async () => {
  const { native, told, texts, retell } = await open()
  const objectLabels = labelsOf('A', 1, 150)
  await native('POST /api/v1/events/gala/seats/hold', { objectLabels, holdToken: TOKEN })
  await told.relay()
  const first = texts()
  expect(first).toHaveLength(150)
  await native('PATCH /api/v1/events/gala', { name: 'Last night' })
  expect(await retell()).toEqual(first)
})

test('former names are kept for a day and a little more, and no more than twenty of them', async () => {
  const { native, clock, runtime } = await open()
  const rename = (name: string) => native('PATCH /api/v1/events/gala', { name })
  const kept = async () =>
    (await getEvent(runtime.store, 'one', 'gala'))?.formerly?.map(({ words }) => words.name)
  for (let turn = 1; turn <= 25; turn += 1) await rename(`Night ${turn}`)
  expect(await kept()).toEqual(Array.from({ length: 20 }, (_, index) => `Night ${index + 5}`))
  clock.advance(25 * 3_600_000)
  await rename('Late night')
  expect(await kept()).toHaveLength(20)
  clock.advance(27 * 3_600_000)
  await rename('Last night')
  expect(await kept()).toEqual(['Late night'])
})
