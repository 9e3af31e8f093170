import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../lib/actions/seats/change-seats.ts'
import { readSeasonRows } from '../../../lib/store/seats/read-event.ts'
import { changeRoster } from '../../support/season-scene.ts'
import { brief, openToldSeason } from '../../support/told-season.ts'

describe('a change of a season', () => {
  test('is told once, for the season, with those events that it counts for', async () => {
    const { change, heard } = await openToldSeason()
    await change('season book', ['A-1'], { orderId: 'o-1' })
    const [booked, ...more] = await heard()
    expect(more).toEqual([])
    expect(booked).toMatchObject({
      type: 'seat.booked',
      event: { eventKey: 'season' },
      season: {
        events: [{ eventKey: 'match-1' }, { eventKey: 'match-2' }, { eventKey: 'match-3' }],
      },
      objectLabel: 'A-1',
      version: 1,
      orderId: 'o-1',
    })
    await change('season release', ['A-1'])
    await change('autumn book', ['A-1'])
    await change('empty book', ['A-2'])
    const told = await heard()
    expect(told.map(brief)).toEqual([
      'season A-1 released booked→free',
      'autumn A-1 booked free→booked',
      'empty A-2 booked free→booked',
    ])
    expect(told[1]).toMatchObject({
      version: 1,
      season: { events: [{ eventKey: 'match-2' }, { eventKey: 'match-3' }] },
    })
    expect(told[2]?.season).toEqual({ events: [] })
  })

  test('counts for no event that is past, and for those that came to it since', async () => {
    const scene = await openToldSeason()
    const { change, heard } = scene
    await changeRoster(scene.context(), 'season', (roster) => ({
      ...roster,
      events: roster.events.map((event) =>
        event.number === 1 ? { ...event, isInThePast: true as const } : event,
      ),
      partials: roster.partials.map((partial) => {
        return partial.events.length > 0 ? partial : { ...partial, events: [0] }
      }),
    }))
    await change('season book', ['A-1'])
    await change('empty book', ['A-2'])
    const [season, empty] = await heard()
    expect(season?.season?.events?.map(({ eventKey }) => eventKey)).toEqual(['match-1', 'match-3'])
    expect(empty?.season?.events?.map(({ eventKey }) => eventKey)).toEqual(['match-1'])
  })

  test('asks the table little, whatever the number of changes', async () => {
    const { change, heard, calls } = await openToldSeason()
    const labels = Array.from({ length: 10 }, (_, index) => `A-${index + 1}`)
    await change('season book', labels)
    await change('match-1 book', ['B-1'])
    await change('spring book', ['B-2'])
    calls.clear()
    expect(await heard()).toHaveLength(12)
    const batches = calls.all.filter(({ operation }) => operation === 'BatchGetItem')
    expect(batches.length).toBeLessThanOrEqual(5)
  })
})

describe('a change of an event in a season', () => {
  test('is told for the event, with its season, and what the season notes of it is not told', async () => {
    const { change, heard, owned } = await openToldSeason()
    await change('match-2 book', ['A-1'])
    const [booked, ...more] = await heard()
    expect(more).toEqual([])
    expect(booked).toMatchObject({
      event: { eventKey: 'match-2' },
      season: { seasonKey: 'season' },
    })
    expect(await owned()).toEqual(['match-2 A-1 booked'])
    await change('match-2 release', ['A-1'])
    expect((await heard()).map(brief)).toEqual(['match-2 A-1 released booked→free'])
  })

  test('of a plain event says nothing of seasons', async () => {
    const { change, told } = await openToldSeason()
    await change('gala book', ['A-1'])
    await told.relay()
    expect(told.notices()).toMatchObject([{ event: { eventKey: 'gala' } }])
    expect(told.notices()[0]).not.toHaveProperty('season')
  })

  test('by an override is told to rules of your own alone, and the log does not show it', async () => {
    const scene = await openToldSeason()
    const { change, heard, lines, headOf } = scene
    await change('season book', ['A-1'])
    await heard()
    const { eventId: seasonId } = headOf('season')
    for (const kind of ['override-season', 'use-season'] as const) {
      const parts = [{ eventKey: 'match-1', labels: ['A-1'] }] as const
      const changed = await changeSeats(scene.context(), { parts, change: { kind, seasonId } })
      expect(changed.ok).toBe(true)
    }
    expect((await heard()).map(brief)).toEqual([
      'match-1 A-1 updated free→free',
      'match-1 A-1 updated free→free',
    ])
    expect(await lines('', 'match-1')).toEqual([])
    expect(await lines('', 'season')).toHaveLength(1)
  })
})

test('of one commit over a season and its events all is told, each object by itself', async () => {
  const { change, heard, api, runtime, season } = await openToldSeason()
  await change('match-3 book', ['A-1'])
  await heard()
  const step = (type: string, event: string, objects: string[]) => ({
    ...{ type, event, objects },
  })
  const answer = await api('POST /events/actions/change-object-status', {
    statusChanges: [
      { ...step('RELEASE', 'match-3', ['A-1']) },
      { ...step('CHANGE_STATUS_TO', 'season', ['A-1']), status: 'booked' },
      { ...step('RELEASE', 'season', ['A-1']) },
      { ...step('CHANGE_STATUS_TO', 'spring', ['A-1']), status: 'checkedIn' },
    ],
  })
  expect(answer.status).toBe(204)
  expect((await heard()).map(brief).sort()).toEqual([
    'match-3 A-1 released booked→free',
    'season A-1 booked free→booked',
    'season A-1 released booked→free',
    'spring A-1 status_changed free→checkedIn',
  ])
  expect((await readSeasonRows(runtime.store, season)).get('A-1')).toMatchObject({ version: 2 })
})
