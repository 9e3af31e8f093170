import { describe, expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { seatsioOver } from '../../support/seatsio.ts'
import { openScene, OTHER_TOKEN, TOKEN } from '../../support/scene.ts'

const drawing = rowDrawing({
  plane: {
    generalAdmissionAreas: [drawArea('Lawn', 120), { ...drawArea('Box', 8), bookAsAWhole: true }],
  },
})

/** An event with a lawn of 120 places, and a box that is sold as a whole. */
async function open() {
  const scene = await openScene(drawing)
  const { api, seats, eventKey } = scene
  const hold = (quantity?: number, holdToken = TOKEN, more: object = {}) =>
    api(`POST ${seats}/hold`, {
      ...{ objectLabel: 'Lawn', objectType: 'generalAdmission', holdToken },
      ...(quantity === undefined ? {} : { quantity }),
      ...more,
    })
  const change = (verb: 'book' | 'release' | 'extend', body: object = {}) =>
    api(`POST ${seats}/${verb}`, { objectLabels: ['Lawn'], ...body })
  const status = async () => {
    const { body } = await api(`GET /api/v1/events/${eventKey}/status`)
    const objects = body['objects'] as Record<string, unknown>[]
    return objects.map((it) => [it['objectLabel'], it['status'], it['quantity'], it['holdToken']])
  }
  return { ...scene, hold, change, status }
}

const refused = (reason: string, objectLabel = 'Lawn') => ({
  failed: [{ objectLabel, reason }],
})

describe('places of an area', () => {
  test('are held by their number, one unless told otherwise, and each hold adds to what the token has', async () => {
    const { hold, status } = await open()
    const { status: code, body } = await hold(4)
    expect([code, body]).toEqual([
      200,
      expect.objectContaining({ objectLabel: 'Lawn', quantity: 4, status: 'held' }),
    ])
    expect((await hold()).body).toMatchObject({ quantity: 1 })
    await hold(2, OTHER_TOKEN)
    expect(await status()).toEqual([
      ['Lawn', 'held', 5, TOKEN],
      ['Lawn', 'held', 2, OTHER_TOKEN],
    ])
  })

  test('are booked and let go with their token, all of them or so many', async () => {
    const { hold, change, status } = await open()
    await hold(6)
    await hold(2, OTHER_TOKEN)
    const some = await change('book', { holdToken: TOKEN, quantity: 2 })
    expect(some.body).toMatchObject({ booked: [{ objectLabel: 'Lawn', quantity: 2 }] })
    const let1 = await change('release', { holdToken: TOKEN, quantity: 1 })
    expect(let1.body).toMatchObject({ released: [{ objectLabel: 'Lawn', quantity: 1 }] })
    expect((await change('book', { holdToken: TOKEN, quantity: 4 })).body).toMatchObject(
      refused('not_held_by_token'),
    )
    const rest = await change('book', { holdToken: TOKEN })
    expect(rest.body).toMatchObject({ booked: [{ objectLabel: 'Lawn', quantity: 3 }] })
    expect((await change('book', { holdToken: TOKEN })).status).toBe(409)
    await change('release', { holdToken: OTHER_TOKEN })
    expect(await status()).toEqual([['Lawn', 'booked', 5, null]])
  })

  test('are given back without a token where they are booked, one unless told otherwise', async () => {
    const { hold, change, status } = await open()
    await hold(5)
    await change('book', { holdToken: TOKEN })
    await hold(3, OTHER_TOKEN)
    expect((await change('release')).body).toMatchObject({ released: [{ quantity: 1 }] })
    expect((await change('release', { quantity: 5 })).status).toBe(409)
    await change('release', { quantity: 4 })
    // What somebody holds stays held.
    expect(await status()).toEqual([['Lawn', 'held', 3, OTHER_TOKEN]])
  })

  test('are refused where there are not so many, and nothing is held', async () => {
    const { hold, change, status } = await open()
    expect((await hold(121)).body).toMatchObject(refused('not_enough_places'))
    expect(await status()).toEqual([])
    await hold(120)
    expect((await hold(1, OTHER_TOKEN)).body).toMatchObject(refused('not_enough_places'))
    await change('release', { holdToken: TOKEN, quantity: 1 })
    expect((await hold(1, OTHER_TOKEN)).status).toBe(200)
  })

  test('are free again at the deadline of their hold, and extended with all that the token holds', async () => {
    const { hold, change, status, clock } = await open()
    await hold(2, TOKEN, { ttlSeconds: 10 })
    await hold(3, OTHER_TOKEN, { ttlSeconds: 10 })
    const { body } = await change('extend', { holdToken: TOKEN, ttlSeconds: 60 })
    expect(body).toMatchObject({ extended: [{ objectLabel: 'Lawn' }], failed: [] })
    clock.advance(10_000)
    expect(await status()).toEqual([['Lawn', 'held', 2, TOKEN]])
    expect((await change('book', { holdToken: OTHER_TOKEN })).body).toMatchObject(
      refused('not_held_by_token'),
    )
    clock.advance(50_000)
    expect(await status()).toEqual([])
  })

  test('go with seats in one request, all or none', async () => {
    const { api, seats, change, status } = await open()
    const objectLabels = ['A-1', 'Lawn']
    const held = await api(`POST ${seats}/hold`, { objectLabels, holdToken: TOKEN })
    expect(held.body).toMatchObject({ held: [{ objectLabel: 'A-1' }, { objectLabel: 'Lawn' }] })
    const wrong = await change('book', { objectLabels: ['A-2', 'Lawn'], holdToken: TOKEN })
    expect(wrong.body).toMatchObject(refused('not_held_by_token', 'A-2'))
    await change('book', { objectLabels, holdToken: TOKEN })
    expect(await status()).toEqual([
      ['A-1', 'booked', undefined, null],
      ['Lawn', 'booked', 1, null],
    ])
  })

  test('are those of areas that sell them one by one: neither seats nor an area as a whole have any', async () => {
    const { api, seats } = await open()
    for (const objectLabel of ['A-1', 'Box', 'nowhere']) {
      const { status, body } = await api(`POST ${seats}/hold`, {
        ...{ objectLabel, objectType: 'generalAdmission', quantity: 2, holdToken: TOKEN },
      })
      expect([status, body]).toEqual([
        409,
        expect.objectContaining(refused('not_found', objectLabel)),
      ])
    }
    const box = await api(`POST ${seats}/hold`, { objectLabel: 'Box', holdToken: TOKEN })
    expect([box.status, box.body['quantity']]).toEqual([200, undefined])
  })

  test('of a channel are named by a secret key alone, as channels are opened by one', async () => {
    const { runtime, api, hold, eventKey } = await open()
    const channel = { key: 'k', name: 'K', areaPlaces: { Lawn: 5 } }
    const call = seatsioOver(runtime)
    await call(`POST /events/${eventKey}/channels`, channel)
    const [made] = (await call(`GET /events/${eventKey}`)).body?.['channels'] as { id: string }[]
    const objectLabel = `Lawn##${made?.id}`
    const body = { objectLabel, objectType: 'generalAdmission', quantity: 2, holdToken: TOKEN }
    const browser = { key: testKeys.publishable }
    const refused = await api(`POST /api/v1/events/${eventKey}/seats/hold`, body, browser)
    expect(refused.status).toBe(403)
    expect((await hold(5, TOKEN, { objectLabel })).body).toMatchObject({ quantity: 5 })
    expect((await hold(1, TOKEN, { objectLabel })).body).toMatchObject({
      failed: [{ reason: 'not_enough_places' }],
    })
  })

  test('are counted by reports, and by the question whether an event has bookings', async () => {
    const { api, hold, change, eventKey } = await open()
    await hold(5)
    await change('book', { holdToken: TOKEN, quantity: 3 })
    expect((await api(`GET /api/v1/events/${eventKey}/reports`)).body).toMatchObject({
      byStatus: { held: 2, booked: 3 },
      byCategory: [
        { status: 'held', categoryKey: '1', count: 2 },
        { status: 'booked', categoryKey: '1', count: 3 },
      ],
    })
    const deleted = await api(`DELETE /api/v1/events/${eventKey}?ifUnbooked=true`)
    expect(deleted.status).toBe(409)
  })

  test('keep one extra data for the whole area: that of a booking is merged over it', async () => {
    const { hold, change } = await open()
    await hold(2, TOKEN, { extraData: { gate: 1 } })
    const { body } = await change('book', { holdToken: TOKEN, extraData: { order: 'o-1' } })
    expect(body).toMatchObject({ booked: [{ extraData: { gate: 1, order: 'o-1' } }] })
  })
})
