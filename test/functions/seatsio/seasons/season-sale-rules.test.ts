import { expect, test } from 'vitest'
import { SALE_CALLS_MAX } from '../../../../lib/limits/limits.ts'
import { readEventDetails } from '../../../../lib/store/events/event-details.ts'
import { getEvent } from '../../../../lib/store/events/events.ts'
import { changeRoster, makeSeason } from '../../../support/season-scene.ts'
import { errorOf, openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

const EVENTS = ['match-1', 'match-2', 'match-3']
const ALL = ['season', 'half', ...EVENTS]
const seats = ['A-1', 'A-2', 'A-3', 'A-4']

/** The first two events are in the partial season. */
async function openSeasonScene() {
  const scene = await openSeatsioScene()
  const context = scene.context()
  const partials = { half: ['match-1', 'match-2'] }
  await makeSeason(context, { chartKey: 'hall', events: EVENTS, partials })
  const { store } = context
  const headOf = async (key: string) => {
    const head = await getEvent(store, context.caller.workspaceId, key)
    if (head === undefined) throw new Error('no head')
    return head
  }
  return {
    ...scene,
    headOf,
    act: (key: string, action: string, body?: object) =>
      scene.api(`POST /events/${key}/actions/${action}`, body),
    /** What each sells of the first seats. */
    sold: async () => {
      const found = await Promise.all(
        ALL.map(async (key): Promise<[string, string]> => {
          const infos = await scene.infos(seats, key)
          return [key, seats.filter((label) => infos[label]?.['forSale'] === true).join(' ')]
        }),
      )
      return Object.fromEntries(found)
    },
    /** By key, of those whose text the roster names. */
    named: async () => {
      const head = await headOf('season')
      const { roster } = (await readEventDetails(store, [head])).get(head.eventId) ?? {}
      const heads = await Promise.all(ALL.map(headOf))
      const members = [...(roster?.events ?? []), ...(roster?.partials ?? [])]
      return heads.flatMap(({ eventId, eventKey, details }) => {
        const text = members.find((it) => it.eventId === eventId)?.terms
        if (text === undefined) return []
        expect(text).toEqual(details)
        return [eventKey]
      })
    },
  }
}

const everything = Object.fromEntries(ALL.map((key) => [key, seats.join(' ')]))

test('what is off sale on the season is off sale in all its events and partial seasons, and refused there', async () => {
  const { act, sold, named } = await openSeasonScene()
  expect(await sold()).toEqual(everything)
  const answer = await act('season', 'mark-as-not-for-sale', { objects: ['A-1'] })
  expect(answer).toMatchObject({ status: 200, body: { rateLimitRemainingCalls: 9 } })
  expect(await sold()).toEqual(Object.fromEntries(ALL.map((key) => [key, 'A-2 A-3 A-4'])))
  for (const key of ['match-1', 'season', 'half']) {
    const refused = await act(key, 'book', { objects: ['A-1'] })
    expect(verdictOf(refused)).toBe('400 OBJECT_NOT_FOR_SALE')
  }
  expect((await act('season', 'mark-everything-as-for-sale')).status).toBe(204)
  expect(await sold()).toEqual(everything)
  expect(await named()).toEqual([])
})

test('what one event takes off sale is off sale in the seasons that it is in, until it is past or sells it again', async () => {
  const scene = await openSeasonScene()
  const { act, sold, named } = scene
  await act('match-1', 'mark-as-not-for-sale', { objects: ['A-1'] })
  await act('match-3', 'edit-for-sale-config', { notForSale: [{ object: 'A-2' }] })
  expect(await named()).toEqual(['match-1', 'match-3'])
  expect(await sold()).toEqual({
    ...everything,
    'match-1': 'A-2 A-3 A-4',
    'match-3': 'A-1 A-3 A-4',
    half: 'A-2 A-3 A-4',
    season: 'A-3 A-4',
  })
  for (const [key, object] of [
    ['season', 'A-2'],
    ['half', 'A-1'],
  ] as const) {
    const refused = await act(key, 'book', { objects: [object] })
    expect(verdictOf(refused)).toBe('400 OBJECT_NOT_FOR_SALE')
  }
  await changeRoster(scene.context(), 'season', (roster) => ({
    ...roster,
    events: roster.events.map((it) => (it.number === 2 ? { ...it, isInThePast: true } : it)),
  }))
  expect((await sold())['season']).toBe('A-2 A-3 A-4')
  await act('match-1', 'mark-everything-as-for-sale')
  expect(await named()).toEqual(['match-3'])
  expect(await sold()).toEqual({ ...everything, 'match-3': 'A-1 A-3 A-4' })
})

test('what a partial season takes off sale is off sale in its events, and so on the season', async () => {
  const { act, sold, named } = await openSeasonScene()
  await act('half', 'mark-as-for-sale', { objects: ['A-1', 'A-2'] })
  expect(await named()).toEqual(['half'])
  expect(await sold()).toEqual({
    ...Object.fromEntries(ALL.map((key) => [key, 'A-1 A-2'])),
    'match-3': 'A-1 A-2 A-3 A-4',
  })
})

test('events of a season, its partial season and itself are changed together, all or none, and the season is written once', async () => {
  const { api, sold, named, headOf } = await openSeasonScene()
  const { version } = await headOf('season')
  const off = (object: string) => ({ notForSale: [{ object }] })
  const edit = (events: object) => api('POST /events/actions/edit-for-sale-config', { events })
  const refused = await edit({ 'match-1': off('A-1'), nowhere: off('A-2') })
  expect(verdictOf(refused)).toBe('404 EVENT_NOT_FOUND')
  expect(await named()).toEqual([])
  const events = { 'match-1': off('A-1'), 'match-2': off('A-2'), 'match-3': off('A-3') }
  expect((await edit(events)).status).toBe(200)
  expect((await headOf('season')).version).toBe(version + 1)
  expect(await named()).toEqual(EVENTS)
  expect(await sold()).toMatchObject({ season: 'A-4', half: 'A-3 A-4', 'match-1': 'A-2 A-3 A-4' })
  const more = await edit({ season: off('A-4'), 'match-1': off('A-2'), half: off('A-3') })
  expect(more.body).toMatchObject({
    season: { forSaleConfig: { forSale: false, objects: ['A-4'] } },
    'match-1': {
      forSaleConfig: { objects: ['A-1', 'A-2'] },
      rateLimitInfo: { rateLimitRemainingCalls: 8 },
    },
    half: { rateLimitInfo: { rateLimitRemainingCalls: 9 } },
  })
  expect((await headOf('season')).version).toBe(version + 2)
  expect(await named()).toEqual(['half', ...EVENTS])
  expect(await sold()).toEqual({
    season: '',
    half: '',
    'match-1': '',
    'match-2': 'A-1',
    'match-3': 'A-1 A-2',
  })
})

test('of rules of several events that change at once the season knows all', async () => {
  const { act, sold, named } = await openSeasonScene()
  const answers = await Promise.all(
    EVENTS.map((key, place) => {
      return act(key, 'mark-as-not-for-sale', { objects: [seats[place]] })
    }),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(await named()).toEqual(EVENTS)
  expect((await sold())['season']).toBe('A-4')
})

test('the changes of a day are counted for each event and for the season, each by itself', async () => {
  const { act } = await openSeasonScene()
  const close = (key: string) => act(key, 'mark-as-not-for-sale', { objects: ['A-1'] })
  for (let call = 0; call < SALE_CALLS_MAX; call += 1) {
    expect((await close('season')).status).toBe(200)
  }
  const refused = await close('season')
  expect(refused.status).toBe(429)
  expect(errorOf(refused)['message']).toContain('season')
  for (const key of ['match-1', 'half']) {
    expect((await close(key)).body).toMatchObject({ rateLimitRemainingCalls: SALE_CALLS_MAX - 1 })
  }
})
