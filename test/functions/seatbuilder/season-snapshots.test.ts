import { expect, test } from 'vitest'
import { diceOf } from '../../support/dice.ts'
import { drawArea, rowDrawing } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openSeason } from '../../support/season-scene.ts'
import { openTold } from '../../support/told.ts'

const keys = ['season', 'spring', 'autumn', 'match-1', 'match-2', 'match-3']
const labels = ['A-1', 'A-2', 'T1-1', 'T1-2']

/** A season of three matches that everybody polls: `shown` is what they are told of the labels, `asked` what secret keys are. */
async function open(more: object = {}) {
  const scene = await openSeason(more)
  const told = await openTold(scene)
  const { native, clock } = scene
  const get = (path: string, key: string, headers: string[] = []) =>
    native(`GET /api/v1/events/${path}`, undefined, { key, headers })
  const shown = async (event: string) => {
    const { body } = await get(`${event}/snapshot?labels=true`, testKeys.publishable)
    const all = body['labels'] as string[]
    const states = String(body['states'])
    return labels.map((label) => states[all.indexOf(label)] ?? '').join('')
  }
  const asked = async (event: string) => {
    const { body } = await get(`${event}/status`, testKeys.secret)
    const objects = body['objects'] as { objectLabel: string; status: string }[]
    const words = new Map(objects.map((it) => [it.objectLabel, it.status.charAt(0)]))
    return labels.map((label) => words.get(label) ?? 'f').join('')
  }
  const settle = async () => {
    await told.relay()
    clock.advance(1_000)
  }
  return { ...scene, get, shown, asked, settle }
}

test('what happens in a season shows in its events and the other way round, a second after it was counted', async () => {
  const { season, shown, settle, token } = await open()
  for (const key of keys) expect([key, await shown(key)]).toEqual([key, 'ffff'])
  const everywhere = async () => {
    await settle()
    return Promise.all(keys.map(shown))
  }
  await season.book('season', ['A-1'])
  expect(await everywhere()).toEqual(['bfff', 'bfff', 'bfff', 'bfff', 'bfff', 'bfff'])
  const holdToken = await token()
  await season.hold('match-1', ['A-2'], { holdToken })
  expect(await everywhere()).toEqual(['bhff', 'bhff', 'bfff', 'bhff', 'bfff', 'bfff'])
  await season.book('match-1', ['A-2'], { holdToken })
  expect(await everywhere()).toEqual(['bbff', 'bbff', 'bfff', 'bbff', 'bfff', 'bfff'])
  await season.book('autumn', ['T1-1'])
  expect(await everywhere()).toEqual(['bbbf', 'bbbf', 'bfbf', 'bbff', 'bfbf', 'bfbf'])
  await season.override('match-3', ['A-1'])
  expect(await everywhere()).toEqual(['bbbf', 'bbbf', 'bfbf', 'bbff', 'bfbf', 'ffbf'])
})

test('places of an area that others have in the season are missing of those in no channel, as they are when somebody buys', async () => {
  const { season, api, get, settle } = await open({ generalAdmissionAreas: [drawArea('Lawn', 20)] })
  const fans = { key: 'fans', name: 'Fans', color: '#111111', index: 1, objects: [] }
  await api('POST /events/season/channels/replace', {
    channels: [{ ...fans, areaPlaces: { Lawn: 5 } }],
  })
  const some = (quantity: number) => [{ objectId: 'Lawn', quantity }]
  const told = async (event: string) => {
    const { body } = await get(`${event}/snapshot`, testKeys.publishable)
    const [area] = body['areas'] as { free: number; freeInChannels: number }[]
    return [area?.free, area?.freeInChannels]
  }
  const sold = async (event: string, key: string) => {
    const { body } = await get(`${event}/status`, key)
    return (body['objects'] as { quantity: number }[]).map(({ quantity }) => quantity)
  }
  await told('season')
  expect(await season.book('match-1', some(13))).toMatchObject({ status: 200 })
  await settle()
  expect(await told('season')).toEqual([2, 5])
  expect(await season.book('season', some(3))).toMatchObject({ status: 400 })
  expect(await season.book('season', some(2))).toMatchObject({ status: 200 })
  expect(await season.book('season', some(1), { channelKeys: ['fans'] })).toMatchObject({
    status: 200,
  })
  await settle()
  expect(await told('season')).toEqual([0, 4])
  expect(await told('match-1')).toEqual([0, 4])
  expect(await told('match-2')).toEqual([12, 5])
  for (const event of keys) {
    expect(await sold(event, testKeys.publishable)).toEqual(await sold(event, testKeys.secret))
  }
})

test('places that others have of an area which the chart has lost are told where they are missing, as secret keys are told', async () => {
  const { season, native, get, settle, clock } = await open({
    generalAdmissionAreas: [drawArea('Lawn', 20)],
  })
  const some = (quantity: number) => [{ objectId: 'Lawn', quantity }]
  expect(await season.book('match-1', some(3))).toMatchObject({ status: 200 })
  expect(await season.book('match-2', some(2))).toMatchObject({ status: 200 })
  await native('PATCH /api/v1/charts/hall', { draftVersion: rowDrawing() })
  expect((await native('POST /api/v1/charts/hall/publish')).status).toBe(200)
  await settle()
  const told = async (event: string, key: string) => {
    const { body } = await get(`${event}/status`, key)
    return (body['objects'] as Record<string, unknown>[]).map(({ objectLabel, quantity }) => {
      return `${String(objectLabel)} ${String(quantity)}`
    })
  }
  expect(await told('season', testKeys.publishable)).toEqual(['Lawn 3'])
  clock.advance(60_000)
  for (const event of keys) {
    const expected = await told(event, testKeys.secret)
    expect([event, await told(event, testKeys.publishable)]).toEqual([event, expected])
  }
})

test('whatever happens, and whoever was told what before, in the end all are told what a secret key is', async () => {
  const { season, shown, asked, settle } = await open()
  const dice = diceOf(20_261_130)
  const actions = ['book', 'release', 'override', 'use', 'resale'] as const
  for (let round = 0; round < 12; round += 1) {
    for (let step = 0; step < 4; step += 1) {
      const action = actions[dice(actions.length)] ?? 'book'
      const event = keys[dice(keys.length)] ?? ''
      // Most of it is refused.
      await season[action](event, [labels[dice(labels.length)] ?? ''])
      if (dice(3) === 0) await shown(keys[dice(keys.length)] ?? '')
    }
    await settle()
    for (const key of keys) {
      const letters = (await shown(key)).replaceAll('r', 'f')
      expect([round, key, letters]).toEqual([round, key, await asked(key)])
    }
  }
})

test('a poll of an event in a season looks at two counters: one read unit', async () => {
  const { get, clock, calls } = await open()
  const { body } = await get('match-1/snapshot', testKeys.publishable)
  clock.advance(900)
  calls.clear()
  const known = ['If-None-Match', `"${String(body['revision'])}"`]
  const { status } = await get('match-1/snapshot', testKeys.publishable, known)
  const units = calls.all.reduce((sum, call) => sum + call.units, 0)
  expect([status, units]).toEqual([304, 1])
})
