import { describe, expect, test } from 'vitest'
import { changeRoster, openSeason } from '../../../support/season-scene.ts'
import { errorOf, objectsOf, verdictOf } from '../../../support/seatsio-scene.ts'

describe('a season that is overridden', () => {
  const overrides = (info: object) => ({
    quantity: (info as Record<string, unknown>)['seasonStatusOverriddenQuantity'],
    quantities: (info as Record<string, unknown>)['seasonStatusOverriddenQuantities'],
  })

  test('does not count for the event: what it sold can be sold again there, and nowhere else', async () => {
    const { season, info } = await openSeason()
    await season.book('season', ['A-1'])
    expect(overrides(await info('A-1', 'match-1'))).toEqual({ quantity: 0, quantities: {} })
    const overridden = await season.override('match-1', ['A-1'])
    expect([overridden.status, overridden.body]).toEqual([204, undefined])
    expect(await season.everywhere('A-1')).toBe('booked booked booked free booked booked')
    expect(overrides(await info('A-1', 'match-1'))).toEqual({
      quantity: 1,
      quantities: { season: 1 },
    })
    expect(verdictOf(await season.book('match-2', ['A-1']))).toMatch(/^400/)
    expect(verdictOf(await season.resale('match-1', ['A-1']))).toBe('200')
    expect(verdictOf(await season.book('match-1', ['A-1'], { orderId: 'o-2' }))).toBe('200')
    expect(await info('A-1', 'match-1')).toMatchObject({ status: 'booked', orderId: 'o-2' })
  })

  test('does not count again while the event has sold a seat at a table that the season has sold whole', async () => {
    const { api, season } = await openSeason()
    const bookBy = (mode: string) => api('POST /events/season', { tableBookingConfig: { mode } })
    await bookBy('ALL_BY_TABLE')
    await season.book('season', ['T1'])
    await season.override('match-1', ['T1'])
    await bookBy('ALL_BY_SEAT')
    expect(verdictOf(await season.book('match-1', ['T1-1']))).toBe('200')
    await bookBy('ALL_BY_TABLE')
    expect(verdictOf(await season.use('match-1', ['T1']))).toBe('400 ILLEGAL_STATUS_CHANGE')
    await season.release('match-1', ['T1-1'])
    expect((await season.use('match-1', ['T1'])).status).toBe(204)
  })

  test('is the one that has the object by then, where a batch changes that and names none', async () => {
    const { season, batch, info } = await openSeason()
    await season.book('spring', ['A-1'])
    const override = { event: 'match-1', type: 'OVERRIDE_SEASON_STATUS', objects: ['A-1'] }
    const release = { event: 'spring', type: 'RELEASE', objects: ['A-1'] }
    const book = { event: 'season', status: 'booked', objects: ['A-1'] }
    expect(verdictOf(await batch(release, override, book))).toBe('200')
    expect(overrides(await info('A-1', 'match-1')).quantities).toEqual({ season: 1 })
  })

  test('counts again once it is used, unless somebody has the object in the event', async () => {
    const { season, info } = await openSeason()
    await season.book('season', ['A-1'])
    await season.override('match-1', ['A-1'])
    await season.book('match-1', ['A-1'])
    expect(verdictOf(await season.use('match-1', ['A-1']))).toBe('400 ILLEGAL_STATUS_CHANGE')
    await season.release('match-1', ['A-1'])
    expect((await season.use('match-1', ['A-1'])).status).toBe(204)
    expect(await season.everywhere('A-1')).toBe('booked booked booked booked booked booked')
    expect(overrides(await info('A-1', 'match-1'))).toEqual({ quantity: 0, quantities: {} })
    expect((await season.use('match-1', ['A-1', 'A-2'])).status).toBe(204)
  })

  test('stays overridden when it lets go, and when it sells anew', async () => {
    const { season, info } = await openSeason()
    expect((await season.override('match-1', ['A-1'])).status).toBe(204)
    expect((await season.override('match-1', ['A-1'])).status).toBe(204)
    expect(await info('A-1', 'match-1')).toMatchObject({
      status: 'free',
      seasonStatusOverriddenQuantity: 1,
    })
    await season.book('season', ['A-1'])
    expect(await season.everywhere('A-1')).toBe('booked booked booked free booked booked')
    await season.release('season', ['A-1'])
    expect(overrides(await info('A-1', 'match-1')).quantity).toBe(1)
  })

  test('is the one that is named, else the top-level one, else the only partial one that has the object', async () => {
    const { season, info } = await openSeason()
    await season.book('spring', ['A-1'])
    await season.override('match-2', ['A-1', 'A-2'])
    expect(overrides(await info('A-1', 'match-2')).quantities).toEqual({ spring: 1 })
    expect(overrides(await info('A-2', 'match-2')).quantities).toEqual({ season: 1 })
    await season.override('match-2', ['A-1'], { season: 'autumn' })
    await season.override('match-2', ['A-1'], { season: 'season' })
    expect(overrides(await info('A-1', 'match-2'))).toEqual({
      quantity: 3,
      quantities: { season: 1, spring: 1, autumn: 1 },
    })
    await season.use('match-2', ['A-1'], { season: 'spring' })
    expect(await season.everywhere('A-1')).toBe('booked booked booked booked booked free')
  })

  test('is told by its key as it is now, and not at all once it has gone', async () => {
    const scene = await openSeason()
    const { season, info, api } = scene
    await season.override('match-2', ['A-1'], { season: 'spring' })
    await season.override('match-2', ['A-1'])
    await api('POST /events/season', { eventKey: 'renamed' })
    expect(overrides(await info('A-1', 'match-2')).quantities).toEqual({ renamed: 1, spring: 1 })
    await changeRoster(scene.context(), 'renamed', (roster) => ({
      ...roster,
      partials: roster.partials.slice(1),
    }))
    expect((await api('DELETE /events/spring')).status).toBe(204)
    expect(overrides(await info('A-1', 'match-2'))).toEqual({
      quantity: 1,
      quantities: { renamed: 1 },
    })
  })

  test('must be one that the event is in', async () => {
    const { season } = await openSeason()
    for (const [event, more, words] of [
      ['gala', {}, 'Event gala is not in a season'],
      ['season', {}, 'Event season is not in a season'],
      ['spring', {}, 'Event spring is not in a season'],
      ['match-1', { season: 'autumn' }, 'Event match-1 is not in season autumn'],
      ['match-1', { season: 'match-1' }, 'Event match-1 is not in season match-1'],
      ['match-1', { season: 'gala' }, 'Event match-1 is not in season gala'],
    ] as const) {
      for (const action of [season.override, season.use]) {
        const answer = await action(event, ['A-1'], more)
        expect(verdictOf(answer)).toBe('400 EVENT_NOT_IN_SEASON')
        expect(errorOf(answer)).toMatchObject({ message: words, data: { event } })
      }
    }
    const unknown = await season.override('match-1', ['A-1'], { season: 'nowhere' })
    expect(verdictOf(unknown)).toBe('404 EVENT_NOT_FOUND')
    expect(verdictOf(await season.override('match-1', ['Z-9']))).toBe('404 OBJECT_NOT_FOUND')
    expect(verdictOf(await season.override('match-1', []))).toBe('400 GENERAL_ERROR')
  })

  test('is overridden and used in a batch too, in order, whatever else its step says', async () => {
    const { season, batch } = await openSeason()
    await season.book('season', ['A-1'])
    const override = { event: 'match-1', type: 'OVERRIDE_SEASON_STATUS', objects: ['A-1'] }
    const ignored = {
      ...{ holdToken: 'nobody', orderId: 'o', keepExtraData: true, resaleListingId: 'r' },
      ...{ channelKeys: ['none'], ignoreChannels: true },
      ...{ allowedPreviousStatuses: ['x'], rejectedPreviousStatuses: ['booked'] },
    }
    const answer = await batch(
      { ...override, ...ignored, season: 'season' },
      { event: 'match-1', status: 'resale', objects: ['A-1'] },
      { event: 'match-1', type: 'RELEASE', objects: ['A-1'] },
      { event: 'match-1', status: 'free', objects: ['A-1'] },
      { ...override, type: 'USE_SEASON_STATUS' },
    )
    expect(verdictOf(answer)).toBe('200')
    const results = answer.body?.['results'] as { objects: Record<string, { status: string }> }[]
    expect(results.map(({ objects }) => objects['A-1']?.status)).toEqual([
      'free',
      'resale',
      'free',
      'free',
      'booked',
    ])
    const [first, , , , last] = results.map(({ objects }) => overrides(objects['A-1'] ?? {}))
    expect([first?.quantities, last?.quantities]).toEqual([{ season: 1 }, {}])
  })

  test('has no status beside it, and where the step that names it is refused that is told with its place', async () => {
    const { season, batch, api } = await openSeason()
    const override = { event: 'match-1', type: 'OVERRIDE_SEASON_STATUS', objects: ['A-1'] }
    expect(verdictOf(await batch({ ...override, status: 'free' }))).toBe('400 GENERAL_ERROR')
    const book = { event: 'match-1', status: 'booked', objects: ['A-2'] }
    const refused = await batch(book, { ...override, season: 'autumn' })
    expect(verdictOf(refused)).toBe('400 EVENT_NOT_IN_SEASON')
    expect(errorOf(refused)['data']).toEqual({ event: 'match-1', season: 'autumn', index: 1 })
    const earlier = await batch({ ...book, objects: ['Z-9'] }, { ...override, event: 'gala' })
    expect(verdictOf(earlier)).toBe('404 OBJECT_NOT_FOUND')
    const type = 'OVERRIDE_SEASON_STATUS'
    const single = await api('POST /events/match-1/actions/change-object-status', {
      objects: ['A-1'],
      type,
    })
    expect(verdictOf(single)).toBe('400 GENERAL_ERROR')
    expect(await season.everywhere('A-2')).toBe('free free free free free free')
  })

  test('leaves no line in any log, and the season the lines of what was done there', async () => {
    const { season, lines } = await openSeason()
    await season.book('season', ['A-1'])
    await season.book('spring', ['A-2'])
    await season.override('match-1', ['A-1'])
    await season.book('match-1', ['A-1'])
    const of = async (key: string) =>
      (await lines('', key)).map(({ objectLabel, status }) => `${objectLabel} ${status}`)
    expect(await of('season')).toEqual(['A-1 booked'])
    expect(await of('spring')).toEqual(['A-2 booked'])
    expect(await of('match-1')).toEqual(['A-1 booked'])
    expect(await of('match-2')).toEqual([])
  })
})

test('objects after a change are shown with what the season makes of them', async () => {
  const { season } = await openSeason()
  await season.book('season', ['A-1'], { orderId: 'o-1' })
  await season.override('match-1', ['A-1'])
  const sold = await season.book('match-1', ['A-1'])
  expect(objectsOf(sold)['A-1']).toMatchObject({
    status: 'booked',
    seasonStatusOverriddenQuantities: { season: 1 },
  })
  const released = await season.release('match-1', ['A-1'])
  expect(objectsOf(released)['A-1']).toMatchObject({
    status: 'free',
    seasonStatusOverriddenQuantities: { season: 1 },
  })
})
