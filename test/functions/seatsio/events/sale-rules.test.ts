import { describe, expect, test } from 'vitest'
import { quaysideDrawing } from '../../../support/drawings.ts'
import {
  errorOf,
  openSeatsioScene,
  verdictOf,
  type SeatsioScene,
} from '../../../support/seatsio-scene.ts'

const ACTIONS = '/events/gala/actions'
const DAY_MS = 24 * 3_600_000

const ruleOf = async ({ api }: SeatsioScene, event = 'gala') =>
  (await api(`GET /events/${event}`)).body?.['forSaleConfig']

const soldAmong = async (scene: SeatsioScene, labels: readonly string[], event = 'gala') => {
  const infos = await scene.infos(labels, event)
  return labels.filter((label) => infos[label]?.['forSale'])
}

const empty = { objects: [], areaPlaces: {}, categories: [] }

describe('an event tells its sale rules', () => {
  test('none until there are some; all four fields whatever was given; none once all is for sale', async () => {
    const scene = await openSeatsioScene()
    const { api } = scene
    expect(await ruleOf(scene)).toBeUndefined()
    await api(`POST ${ACTIONS}/mark-as-for-sale`, { objects: ['A-1', 'A-1', 'nowhere'] })
    expect(await ruleOf(scene)).toEqual({
      ...empty,
      forSale: true,
      objects: ['A-1', 'A-1', 'nowhere'],
    })
    await api(`POST ${ACTIONS}/mark-as-not-for-sale`, {
      areaPlaces: { Lawn: 20 },
      categories: [7, 'Standing'],
    })
    const rule = { forSale: false, objects: [], areaPlaces: { Lawn: 20 } }
    expect(await ruleOf(scene)).toEqual({ ...rule, categories: ['7', 'Standing'] })
    await api(`POST ${ACTIONS}/mark-everything-as-not-for-sale`)
    expect(await ruleOf(scene)).toEqual({ ...empty, forSale: true })
    expect((await api(`POST ${ACTIONS}/mark-everything-as-for-sale`)).status).toBe(204)
    expect(await ruleOf(scene)).toBeUndefined()
  })

  test('those that it was created with', async () => {
    const scene = await openSeatsioScene()
    const forSaleConfig = { ...empty, forSale: false, objects: ['A-1'] }
    const made = await scene.api('POST /events', {
      chartKey: 'hall',
      eventKey: 'x',
      forSaleConfig: { forSale: false, objects: ['A-1'] },
    })
    expect(made.body).toMatchObject({ forSaleConfig })
    expect(await ruleOf(scene, 'x')).toEqual(forSaleConfig)
    expect(await soldAmong(scene, ['A-1', 'A-2'], 'x')).toEqual(['A-2'])
  })
})

describe('what is off sale', () => {
  test('is shown so, and refused to whoever takes it, by every call', async () => {
    const scene = await openSeatsioScene()
    const { api, batch } = scene
    await api(`POST ${ACTIONS}/mark-as-not-for-sale`, { objects: ['A-1'] })
    expect(await scene.info('A-1')).toMatchObject({
      status: 'free',
      forSale: false,
      isAvailable: false,
      availabilityReason: 'not_for_sale',
    })
    const objects = ['A-1']
    const holdToken = await scene.token()
    const refused = '400 OBJECT_NOT_FOR_SALE'
    const ignoring = { objects, ignoreChannels: true }
    for (const [action, more] of [
      ['book', {}],
      ['hold', { holdToken }],
      ['change-object-status', { status: 'x' }],
    ] as const) {
      expect(verdictOf(await api(`POST ${ACTIONS}/${action}`, { ...ignoring, ...more }))).toBe(
        refused,
      )
    }
    expect(verdictOf(await batch({ event: 'gala', objects, status: 'booked' }))).toBe(refused)
    const group = { events: ['ball', 'gala'], objects }
    expect(verdictOf(await api('POST /events/groups/actions/book', group))).toBe(refused)
    // What leaves it selectable is no sale.
    for (const more of [{ type: 'RELEASE' }, { status: 'free' }, { status: 'resale' }]) {
      expect(verdictOf(await scene.change({ objects, ...more }))).toBe('200')
    }
    expect(verdictOf(await api(`POST ${ACTIONS}/book`, { objects }))).toBe(refused)
  })

  test('goes on where it was held or sold before', async () => {
    const scene = await openSeatsioScene()
    const { api } = scene
    const holdToken = await scene.token()
    await api(`POST ${ACTIONS}/hold`, { objects: ['A-1', 'A-2'], holdToken })
    await api(`POST ${ACTIONS}/book`, { objects: ['A-3'] })
    await api(`POST ${ACTIONS}/mark-everything-as-not-for-sale`)
    expect(await scene.info('A-1')).toMatchObject({
      forSale: false,
      isAvailable: false,
      availabilityReason: 'reservedByToken',
    })
    const done = async (action: string, body: object) => {
      expect(verdictOf(await api(`POST ${ACTIONS}/${action}`, body))).toBe('204')
    }
    await done('book', { objects: ['A-1'], holdToken })
    await done('release', { objects: ['A-2'], holdToken })
    await done('change-object-status', { objects: ['A-3'], status: 'seated' })
    await done('release', { objects: ['A-1', 'A-3'] })
    expect(await scene.statuses(['A-1', 'A-2', 'A-3'])).toEqual(['free', 'free', 'free'])
    const again = await api(`POST ${ACTIONS}/book`, { objects: ['A-1'] })
    expect(verdictOf(again)).toBe('400 OBJECT_NOT_FOR_SALE')
  })

  test('is told by object, category by key or label, and table; and by nothing else', async () => {
    const scene = await openSeatsioScene(quaysideDrawing())
    const labels = ['A-1', 'B1', 'T2-1', 'T2-2']
    const mark = async (body: object) => {
      await scene.api(`POST ${ACTIONS}/mark-as-not-for-sale`, body)
      return soldAmong(scene, labels)
    }
    expect(await mark({ objects: ['A-1', 'T2'] })).toEqual(['B1'])
    expect(await mark({ objects: ['A', 'T'] })).toEqual(labels)
    const one = await mark({ categories: ['1'] })
    expect(await mark({ categories: ['Standard'] })).toEqual(one)
    expect(one).not.toEqual(labels)
  })
})

describe('an edit', () => {
  const edit = (scene: SeatsioScene, body: unknown) =>
    scene.api(`POST ${ACTIONS}/edit-for-sale-config`, body)

  test('makes rules where there are none, and touches only what is listed', async () => {
    const scene = await openSeatsioScene()
    const first = await edit(scene, {
      notForSale: [{ object: 'A-1' }, { object: 'A-2' }, { object: 'Lawn', quantity: 5 }],
    })
    const forSaleConfig = {
      forSale: false,
      objects: ['A-1', 'A-2'],
      areaPlaces: { Lawn: 5 },
      categories: [],
    }
    expect(first.body).toEqual({
      forSaleConfig,
      rateLimitInfo: {
        rateLimitRemainingCalls: 9,
        rateLimitResetDate: new Date(scene.clock.now() + DAY_MS).toISOString(),
      },
    })
    const second = await edit(scene, {
      forSale: [{ object: 'A-1' }, { object: 'Lawn', quantity: 5 }],
    })
    expect(second.body).toMatchObject({
      forSaleConfig: { ...forSaleConfig, objects: ['A-2'], areaPlaces: {} },
    })
    expect(await soldAmong(scene, ['A-1', 'A-2'])).toEqual(['A-1'])
  })

  test.each<[unknown, RegExp]>([
    [{}, /^#\/forSale: give/],
    [undefined, /^#\/forSale: give/],
    [{ forSale: null, notForSale: null }, /^#\/forSale: give/],
    [{ forSale: ['A-1'] }, /^#\/forSale\/0: expected type: JSONObject/],
    [{ forSale: [{}] }, /required key \[object\]/],
    [{ forSale: [{ object: 'A', quantity: 0 }] }, /^#\/forSale\/0\/quantity: /],
    [{ notForSale: [{ object: 'A', quantity: 1.5 }] }, /^#\/notForSale\/0\/quantity: /],
  ])('%j is refused', async (body, message) => {
    const scene = await openSeatsioScene()
    const answer = await edit(scene, body)
    expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
    expect(String(errorOf(answer)['message'])).toMatch(message)
    expect(await ruleOf(scene)).toBeUndefined()
  })

  test('of several events is made in all of them, or in none', async () => {
    const scene = await openSeatsioScene()
    const call = 'POST /events/actions/edit-for-sale-config'
    const off = { notForSale: [{ object: 'A-1' }] }
    const both = await scene.api(call, { events: { gala: off, 'open-air': off } })
    const forSaleConfig = { ...empty, forSale: false, objects: ['A-1'] }
    expect(both.body).toMatchObject({ gala: { forSaleConfig }, 'open-air': { forSaleConfig } })
    const more = { notForSale: [{ object: 'A-2' }] }
    const unknown = await scene.api(call, { events: { gala: more, nope: more } })
    expect(verdictOf(unknown)).toBe('404 EVENT_NOT_FOUND')
    const wrong = await scene.api(call, { events: { gala: more, ball: {} } })
    expect(String(errorOf(wrong)['message'])).toMatch(/^#\/events\/ball\/forSale: give/)
    for (const events of [{}, null, undefined]) {
      expect(verdictOf(await scene.api(call, { events }))).toBe('400 GENERAL_ERROR')
    }
    const many = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`e${index}`, more]))
    expect(verdictOf(await scene.api(call, { events: many }))).toBe('400 GENERAL_ERROR')
    expect(await ruleOf(scene)).toEqual(forSaleConfig)
  })

  test('of as many events as one request takes fits, and of texts that do not fit none is made', async () => {
    const scene = await openSeatsioScene()
    const events = Array.from({ length: 15 }, (_, index) => ({ eventKey: `e${index}` }))
    await scene.api('POST /events/actions/create-multiple', { chartKey: 'hall', events })
    const call = 'POST /events/actions/edit-for-sale-config'
    const edits = (body: object) => ({
      events: Object.fromEntries(events.map(({ eventKey }) => [eventKey, body])),
    })
    const off = await scene.api(call, edits({ notForSale: [{ object: 'A-1' }] }))
    expect(Object.keys(off.body ?? {})).toHaveLength(15)
    for (const { eventKey } of events) {
      const objects = Array.from({ length: 12_000 }, (_, index) => noise(`${eventKey}/${index}`))
      await scene.api(`POST /events/${eventKey}/actions/mark-as-not-for-sale`, { objects })
    }
    const tooMuch = await scene.api(call, edits({ notForSale: [{ object: 'A-2' }] }))
    expect(verdictOf(tooMuch)).toBe('400 GENERAL_ERROR')
    expect(String(errorOf(tooMuch)['message'])).toContain('send fewer')
    const rules = (await ruleOf(scene, 'e0')) as { objects: string[] }
    expect(rules.objects).not.toContain('A-2')
  })
})

/** A label that no compression makes much shorter. */
function noise(seed: string): string {
  let state = 7
  for (const char of seed) state = (state * 31 + char.charCodeAt(0)) % 2_147_483_647
  return Array.from({ length: 60 }, () => {
    state = (state * 48_271) % 2_147_483_647
    return String.fromCharCode(97 + (state % 26))
  }).join('')
}

describe('ten changes in a day', () => {
  const off = { objects: ['A-1'] }
  const mark = (scene: SeatsioScene) => scene.api(`POST ${ACTIONS}/mark-as-not-for-sale`, off)

  test('are told, and the eleventh is refused until the day is over', async () => {
    const scene = await openSeatsioScene()
    const resetDate = new Date(scene.clock.now() + DAY_MS).toISOString()
    for (let left = 9; left >= 0; left -= 1) {
      const { status, body } = await mark(scene)
      const rateLimitInfo = { rateLimitRemainingCalls: left, rateLimitResetDate: resetDate }
      expect([status, body]).toEqual([200, rateLimitInfo])
    }
    scene.clock.advance(1_500)
    const refused = await mark(scene)
    expect(verdictOf(refused)).toBe('429 RATE_LIMIT_EXCEEDED')
    expect(refused.headers['retry-after']).toBe(String(24 * 3_600 - 1))
    const other = {
      events: {
        ball: { notForSale: [{ object: 'A-1' }] },
        gala: { notForSale: [{ object: 'A-2' }] },
      },
    }
    const both = await scene.api('POST /events/actions/edit-for-sale-config', other)
    expect(verdictOf(both)).toBe('429 RATE_LIMIT_EXCEEDED')
    expect(await ruleOf(scene, 'ball')).toBeUndefined()
    const nothing = await scene.api(`POST ${ACTIONS}/mark-everything-as-not-for-sale`)
    expect(verdictOf(nothing)).toBe('429 RATE_LIMIT_EXCEEDED')
    // What only opens is done all the same.
    const opened = await scene.api(`POST ${ACTIONS}/edit-for-sale-config`, {
      forSale: [{ object: 'A-1' }],
    })
    expect(opened.body).toMatchObject({ rateLimitInfo: { rateLimitRemainingCalls: 0 } })
    expect((await scene.api(`POST ${ACTIONS}/mark-everything-as-for-sale`)).status).toBe(204)
    scene.clock.advance(DAY_MS)
    expect((await mark(scene)).body).toMatchObject({ rateLimitRemainingCalls: 9 })
  })

  test('a repeat under an idempotency key is counted once', async () => {
    const scene = await openSeatsioScene()
    const headers = ['Idempotency-Key', 'once']
    const call = () => scene.api(`POST ${ACTIONS}/mark-as-not-for-sale`, off, { headers })
    const first = await call()
    expect(await call()).toMatchObject({ status: 200, body: first.body })
    expect((await mark(scene)).body).toMatchObject({ rateLimitRemainingCalls: 8 })
  })
})
