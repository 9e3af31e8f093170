import { expect, test } from 'vitest'
import { getEvent } from '../../../../lib/store/events/events.ts'
import { apiOver } from '../../../support/api.ts'
import { drawArea, rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { seatsioOver } from '../../../support/seatsio.ts'

const withLawn = (capacity: number) =>
  rowDrawing({
    plane: {
      generalAdmissionAreas: [
        drawArea('Lawn', capacity),
        { ...drawArea('Box', 8), bookAsAWhole: true },
      ],
    },
  })

async function open() {
  const holdfast = await openHoldfast()
  const api = seatsioOver(holdfast.runtime)
  await api('POST /system/public/charts/hall', withLawn(250))
  await api('POST /system/public/charts/park', withLawn(90))
  await api('POST /system/public/charts/cellar', rowDrawing())
  const { store } = holdfast.runtime
  const kept = async (eventKey: string) => (await getEvent(store, 'one', eventKey))?.capacities
  return { ...holdfast, api, native: apiOver(holdfast.runtime), kept }
}

test('events know what their areas had when they were created, through whichever call', async () => {
  const { api, native, kept } = await open()
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  const several = ['ball', 'open-air'].map((eventKey) => ({ eventKey }))
  await api('POST /events/actions/create-multiple', { chartKey: 'hall', events: several })
  await native('POST /api/v1/events', { chartKey: 'hall', eventKey: 'native' })
  for (const eventKey of ['gala', 'ball', 'open-air', 'native']) {
    expect(await kept(eventKey)).toEqual([['Lawn', 250]])
  }
  await api('POST /events', { chartKey: 'cellar', eventKey: 'talk' })
  expect(await kept('talk')).toBeUndefined()
})

test('what an event knows of its areas stays, whatever becomes of event and chart', async () => {
  const { api, native, kept } = await open()
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  await api('POST /system/public/charts/hall', withLawn(300))
  expect(await kept('gala')).toEqual([['Lawn', 250]])
  await native('PATCH /api/v1/events/gala', { name: 'Gala' })
  await api('POST /events/gala', { eventKey: 'ball', date: '2031-05-17' })
  await api('POST /events/ball/channels', { key: 'k', name: 'K', areaPlaces: { Lawn: 3 } })
  await api('POST /events/ball/actions/mark-as-not-for-sale', { objects: ['A-1'] })
  expect(await kept('ball')).toEqual([['Lawn', 250]])
  await api('POST /events/ball', { chartKey: 'park' })
  expect(await kept('ball')).toEqual([['Lawn', 250]])
  await api('POST /events/ball/actions/move-to-new-chart-copy')
  expect(await kept('ball')).toEqual([['Lawn', 250]])
  // Another event begins with what its chart has then.
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  expect(await kept('gala')).toEqual([['Lawn', 300]])
})
