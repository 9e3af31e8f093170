import { expect, test } from 'vitest'
import { makeSeason } from '../../../support/season-scene.ts'
import { drawArea, drawRow, drawSeat, rowDrawing } from '../../../support/drawings.ts'
import { errorOf, openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

const EVENTS = ['match-1', 'match-2']
const seats = ['A-1', 'A-2', 'A-3']
const plane = {
  rows: [
    drawRow(
      'A',
      seats.map((_, place) => drawSeat(String(place + 1))),
    ),
  ],
  generalAdmissionAreas: [drawArea('Lawn', 10)],
}
const red = { key: 'red', name: 'Red', objects: ['A-1', 'A-2'], areaPlaces: { Lawn: 4 } }
const blue = { key: 'blue', name: 'Blue' }

/** A season with the channels red and blue, of which `match-1` is in the partial season. */
async function openChannelScene() {
  const scene = await openSeatsioScene(rowDrawing({ plane }))
  const { api, infos } = scene
  await makeSeason(scene.context(), {
    chartKey: 'hall',
    events: EVENTS,
    partials: { half: ['match-1'] },
  })
  expect((await api('POST /events/season/channels', [red, blue])).status).toBe(204)
  return {
    ...scene,
    put: (channelKey: string, body: object, event = 'match-1') =>
      api(`POST /events/${event}/channels/${channelKey}/objects`, body),
    take: (channelKey: string, body: object, event = 'match-1') =>
      api(`DELETE /events/${event}/channels/${channelKey}/objects`, body),
    /** Which channel each of the seats is in. */
    channels: async (event: string) => {
      const found = await infos(seats, event)
      return seats
        .map((label) => (found[label]?.['channel'] as string | undefined) ?? '-')
        .join(' ')
    },
  }
}

test('events and partial seasons have the channels of their season', async () => {
  const { api, channels } = await openChannelScene()
  for (const key of ['season', 'half', ...EVENTS]) expect(await channels(key)).toBe('red red -')
  const shut = await api('POST /events/match-1/actions/book', { objects: ['A-1'] })
  expect(shut.status).toBe(400)
  const opened = { objects: ['A-1'], channelKeys: ['red'] }
  expect((await api('POST /events/match-1/actions/book', opened)).status).toBe(204)
})

test.each(['match-1', 'half'])('channels are changed on the season, not on %s', async (key) => {
  const { api, channels, put, take } = await openChannelScene()
  const calls = [
    api(`POST /events/${key}/channels`, { key: 'green', name: 'Green' }),
    api(`POST /events/${key}/channels/replace`, { channels: [] }),
    api(`POST /events/${key}/channels/red`, { objects: [] }),
    api(`DELETE /events/${key}/channels/red`),
    ...(key === 'half'
      ? [put('red', { objects: ['A-3'] }, key), take('red', { objects: ['A-1'] }, key)]
      : []),
  ]
  for (const answer of await Promise.all(calls)) {
    expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
    expect(errorOf(answer)['message']).toBe(
      `${key} has the channels of its season: change them there`,
    )
  }
  expect(await channels(key)).toBe('red red -')
})

test('an event may have objects in other channels than its season, or in none, for itself alone', async () => {
  const { put, take, channels, api } = await openChannelScene()
  expect((await put('blue', { objects: ['A-1', 'A-3'] })).status).toBe(204)
  expect((await put('NO_CHANNEL', { objects: ['A-2'] })).status).toBe(204)
  expect(await channels('match-1')).toBe('blue - blue')
  for (const key of ['season', 'half', 'match-2']) expect(await channels(key)).toBe('red red -')
  expect((await api('POST /events/match-1/actions/book', { objects: ['A-2'] })).status).toBe(204)
  const former = { objects: ['A-1'], channelKeys: ['red'] }
  expect((await api('POST /events/match-1/actions/book', former)).status).toBe(400)
  // What the season does then counts for what the event says nothing of.
  expect((await put('red', { objects: ['A-3'] }, 'season')).status).toBe(204)
  expect(await channels('match-1')).toBe('blue - blue')
  expect((await take('blue', { objects: ['A-3', 'A-2'] })).status).toBe(204)
  expect((await take('NO_CHANNEL', { objects: ['A-2'] })).status).toBe(204)
  expect(await channels('match-1')).toBe('blue red red')
})

test('what an event has in a channel is forgotten with the channel', async () => {
  const { put, channels, api } = await openChannelScene()
  await put('blue', { objects: ['A-1'] })
  expect((await api('DELETE /events/season/channels/blue')).status).toBe(204)
  expect(await channels('match-1')).toBe('red red -')
  await api('POST /events/season/channels', { ...blue, objects: ['A-3'] })
  expect(await channels('match-1')).toBe('red red blue')
})

test('an event may give channels more places of an area, up to what there is, and take those back', async () => {
  const { api, put, take } = await openChannelScene()
  const places = async (key: string) => {
    const { channels } = (await api(`GET /events/${key}`)).body ?? {}
    return (channels as { areaPlaces: Record<string, number> }[]).map(
      ({ areaPlaces }) => areaPlaces['Lawn'] ?? 0,
    )
  }
  expect((await put('blue', { areaPlaces: { Lawn: 6 } })).status).toBe(204)
  expect(await places('match-1')).toEqual([4, 6])
  const refused = await put('red', { areaPlaces: { Lawn: 1 } })
  expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
  expect(errorOf(refused)['message']).toBe('Channels would have 11 places of Lawn, which has 10')
  expect((await take('blue', { areaPlaces: { Lawn: 1 } })).status).toBe(204)
  expect((await put('red', { areaPlaces: { Lawn: 1 } })).status).toBe(204)
  expect(await places('match-1')).toEqual([5, 5])
  for (const key of ['season', 'match-2']) expect(await places(key)).toEqual([4, 0])
  expect((await take('red', { areaPlaces: { Lawn: 3 } })).status).toBe(204)
  expect(await places('match-1')).toEqual([4, 5])
  const inTwo = await put('blue', { objects: ['Lawn'] })
  expect(errorOf(inTwo)['message']).toBe(
    'Lawn is in a channel as a whole and by places: choose one of the two',
  )
})

test('an event divides an area anew once it has it in no channel as a whole; places are in none by that alone', async () => {
  const { put, api } = await openChannelScene()
  const refused = await put('NO_CHANNEL', { areaPlaces: { Lawn: 1 } })
  expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
  expect(errorOf(refused)['message']).toContain('give its label in objects')
  const book = (n: number) =>
    api('POST /events/match-1/actions/book', { objects: [{ objectId: 'Lawn', quantity: n }] })
  expect((await book(7)).status).toBe(400)
  expect((await put('NO_CHANNEL', { objects: ['Lawn'] })).status).toBe(204)
})

test('a channel that there is not is not found; NO_CHANNEL is one for events of a season alone', async () => {
  const { put, take } = await openChannelScene()
  for (const call of [put, take]) {
    for (const [key, event] of [
      ['green', 'match-1'],
      ['NO_CHANNEL', 'season'],
      ['NO_CHANNEL', 'gala'],
    ] as const) {
      expect(verdictOf(await call(key, { objects: ['A-1'] }, event))).toBe('404 CHANNEL_NOT_FOUND')
    }
  }
})
