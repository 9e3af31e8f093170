import { describe, expect, test } from 'vitest'
import { labelsOf, openScene, OTHER_TOKEN, TOKEN } from '../../support/scene.ts'
import { testKeys } from '../../support/holdfast.ts'

describe('hold', () => {
  test('holds a free seat for 900 seconds unless told otherwise', async () => {
    const { api, seats, chartKey, eventKey } = await openScene()
    const answer = await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
    expect(answer).toEqual({
      status: 200,
      body: {
        chartKey,
        eventKey,
        status: 'held',
        holdToken: TOKEN,
        holdExpiresAt: '2027-03-04T18:35:00.000Z',
        objectLabel: 'A-1',
      },
    })
  })

  test('holds several seats all or none, and lists every refused one in request order', async () => {
    const { api, seats, eventKey } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-2', holdToken: OTHER_TOKEN })
    await api(`POST ${seats}/hold`, { objectLabel: 'A-4', holdToken: OTHER_TOKEN })
    await api(`POST ${seats}/book`, { objectLabels: ['A-4'], holdToken: OTHER_TOKEN })
    const objectLabels = ['A-4', 'A-1', 'Z-9', 'A-2']
    const refused = await api(`POST ${seats}/hold`, { objectLabels, holdToken: TOKEN })
    expect(refused).toEqual({
      status: 409,
      body: {
        error: 'One or more seats could not be held',
        failed: [
          { objectLabel: 'A-4', reason: 'booked' },
          { objectLabel: 'Z-9', reason: 'not_found' },
          { objectLabel: 'A-2', reason: 'held' },
        ],
      },
    })
    const status = await api(`GET /api/v1/events/${eventKey}/status`)
    expect(labelsIn(status.body)).toEqual(['A-2', 'A-4'])
    const held = await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-3'], holdToken: TOKEN })
    expect(held.body).toMatchObject({ held: [{ objectLabel: 'A-1' }, { objectLabel: 'A-3' }] })
    expect(held.body).not.toHaveProperty('objectLabel')
  })

  test('again with the same token succeeds, moves the deadline and keeps the extra data', async () => {
    const { api, seats, clock, eventKey } = await openScene()
    const body = { objectLabel: 'A-1', holdToken: TOKEN }
    await api(`POST ${seats}/hold`, { ...body, extraData: { note: 'aisle' } })
    clock.advance(60_000)
    const again = await api(`POST ${seats}/hold`, { ...body, ttlSeconds: 10 })
    expect(again.body).toMatchObject({ holdExpiresAt: '2027-03-04T18:21:10.000Z' })
    const status = await api(`GET /api/v1/events/${eventKey}/status`)
    expect(status.body).toMatchObject({ objects: [{ extraData: { note: 'aisle' } }] })
  })

  test('ends at the millisecond of its deadline, for the next buyer and for its own', async () => {
    const { api, seats, clock } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN, ttlSeconds: 5 })
    clock.advance(4_999)
    const early = await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: OTHER_TOKEN })
    expect(early.status).toBe(409)
    clock.advance(1)
    const late = await api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken: TOKEN })
    expect(late.status).toBe(409)
    const next = await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: OTHER_TOKEN })
    expect(next.status).toBe(200)
  })

  test('restricted to a category refuses seats of another', async () => {
    const { api, seats } = await openScene()
    const hold = { objectLabel: 'A-1', holdToken: TOKEN }
    const other = await api(`POST ${seats}/hold`, { ...hold, categoryKey: 'nowhere' })
    expect(other.body).toMatchObject({ failed: [{ objectLabel: 'A-1', reason: 'not_for_sale' }] })
    const same = await api(`POST ${seats}/hold`, { ...hold, categoryKey: '1' })
    expect(same.status).toBe(200)
  })
})

describe('extend', () => {
  test('moves what the token holds, reports the rest, and counts from now', async () => {
    const { api, seats, clock } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
    await api(`POST ${seats}/hold`, { objectLabel: 'A-3', holdToken: OTHER_TOKEN })
    clock.advance(1_000)
    const labels = ['A-3', 'A-1', 'Z-1']
    const answer = await api(`POST ${seats}/extend`, { holdToken: TOKEN, labels })
    expect(answer).toEqual({
      status: 200,
      body: {
        holdExpiresAt: '2027-03-04T18:30:01.000Z',
        extended: [{ objectLabel: 'A-1' }],
        failed: [
          { objectLabel: 'A-3', reason: 'not_held_by_token' },
          { objectLabel: 'Z-1', reason: 'not_held_by_token' },
        ],
      },
    })
  })

  test('without labels moves everything the token holds in the event, and nothing else', async () => {
    const { api, seats, clock } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabels: labelsOf('A', 1, 3), holdToken: TOKEN })
    await api(`POST ${seats}/hold`, { objectLabel: 'B-1', holdToken: TOKEN, ttlSeconds: 1 })
    await api(`POST ${seats}/book`, { objectLabels: ['A-2'], holdToken: TOKEN })
    await api(`POST ${seats}/hold`, { objectLabel: 'B-2', holdToken: OTHER_TOKEN })
    clock.advance(1_000)
    const answer = await api(`POST ${seats}/extend`, { holdToken: TOKEN })
    expect(answer.body).toMatchObject({
      failed: [{ objectLabel: 'B-1', reason: 'not_held_by_token' }],
    })
    expect(
      (answer.body['extended'] as { objectLabel: string }[]).map((seat) => seat.objectLabel).sort(),
    ).toEqual(['A-1', 'A-3'])
  })

  test('with nothing to extend answers 200 and an empty list', async () => {
    const { api, seats } = await openScene()
    const body = { holdExpiresAt: null, extended: [], failed: [] }
    expect(await api(`POST ${seats}/extend`, { holdToken: TOKEN })).toEqual({ status: 200, body })
    const named = await api(`POST ${seats}/extend`, { holdToken: TOKEN, labels: ['A-1'] })
    expect(named.body).toMatchObject({ extended: [], failed: [{ objectLabel: 'A-1' }] })
  })
})

describe('book', () => {
  test('books held seats in request order and merges extra data shallowly over that of the hold', async () => {
    const { api, seats, chartKey, eventKey } = await openScene()
    const extraData = { order: 1, who: { name: 'Ada', age: 36 } }
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN, extraData })
    const answer = await api(`POST ${seats}/book`, {
      objectLabels: ['A-2', 'A-1'],
      holdToken: TOKEN,
      extraData: { who: { name: 'Eve' }, paid: true },
    })
    const booked = (objectLabel: string) => ({
      chartKey,
      eventKey,
      objectLabel,
      status: 'booked',
      bookedAt: '2027-03-04T18:20:00.000Z',
      extraData: { order: 1, who: { name: 'Eve' }, paid: true },
    })
    expect(answer).toEqual({ status: 200, body: { booked: [booked('A-2'), booked('A-1')] } })
  })

  test('refuses whole when one seat is not held by the token, and leaves the good holds alone', async () => {
    const { api, seats, eventKey } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
    await api(`POST ${seats}/hold`, { objectLabel: 'A-2', holdToken: OTHER_TOKEN })
    const objectLabels = ['A-1', 'A-2', 'A-3', 'Z-1']
    const answer = await api(`POST ${seats}/book`, { objectLabels, holdToken: TOKEN })
    expect(answer).toMatchObject({
      status: 409,
      body: {
        failed: ['A-2', 'A-3', 'Z-1'].map((objectLabel) => ({
          objectLabel,
          reason: 'not_held_by_token',
        })),
      },
    })
    const status = await api(`GET /api/v1/events/${eventKey}/status`)
    expect(status.body).toMatchObject({
      objects: [
        { objectLabel: 'A-1', status: 'held', holdExpiresAt: '2027-03-04T18:35:00.000Z' },
        { objectLabel: 'A-2', status: 'held' },
      ],
    })
  })

  test('a second time refuses, since the seats are no longer held', async () => {
    const { api, seats } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
    const book = () => api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken: TOKEN })
    expect((await book()).status).toBe(200)
    expect((await book()).status).toBe(409)
  })
})

describe('release', () => {
  test('frees held and booked seats alike and removes their extra data', async () => {
    const { api, seats, chartKey, eventKey } = await openScene()
    const hold = { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN, extraData: { a: 1 } }
    await api(`POST ${seats}/hold`, hold)
    await api(`POST ${seats}/book`, { objectLabels: ['A-2'], holdToken: TOKEN })
    const answer = await api(`POST ${seats}/release`, { objectLabels: ['A-2', 'A-1'] })
    expect(answer).toEqual({
      status: 200,
      body: {
        chartKey,
        eventKey,
        status: 'free',
        releasedAt: '2027-03-04T18:20:00.000Z',
        released: [{ objectLabel: 'A-2' }, { objectLabel: 'A-1' }],
      },
    })
    const empty = await api(`GET /api/v1/events/${eventKey}/status`)
    expect(empty.body).toEqual({ eventKey, objects: [] })
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
    const status = await api(`GET /api/v1/events/${eventKey}/status`)
    expect(status.body).toMatchObject({ objects: [{ extraData: null }] })
  })

  test('refuses whole when one label is free, lapsed or unknown', async () => {
    const { api, seats, clock } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
    await api(`POST ${seats}/hold`, { objectLabel: 'A-2', holdToken: TOKEN, ttlSeconds: 1 })
    clock.advance(1_000)
    const objectLabels = ['A-1', 'A-2', 'A-3', 'Z-1']
    const answer = await api(`POST ${seats}/release`, { objectLabels })
    expect(answer).toMatchObject({
      status: 409,
      body: {
        failed: ['A-2', 'A-3', 'Z-1'].map((objectLabel) => ({
          objectLabel,
          reason: 'not_found_or_free',
        })),
      },
    })
  })

  test('with a token frees only what that token holds, never a booking', async () => {
    const { api, seats } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
    await api(`POST ${seats}/book`, { objectLabels: ['A-2'], holdToken: TOKEN })
    const release = (objectLabels: string[], holdToken: string) =>
      api(`POST ${seats}/release`, { objectLabels, holdToken })
    expect((await release(['A-1'], OTHER_TOKEN)).status).toBe(409)
    expect((await release(['A-2'], TOKEN)).status).toBe(409)
    expect((await release(['A-1'], TOKEN)).status).toBe(200)
  })
})

describe('status', () => {
  test('shows a publishable key neither tokens nor extra data', async () => {
    const { api, seats, eventKey } = await openScene()
    const hold = { objectLabels: ['A-1', 'B-1'], holdToken: TOKEN, extraData: { a: 1 } }
    await api(`POST ${seats}/hold`, hold)
    await api(`POST ${seats}/book`, { objectLabels: ['B-1'], holdToken: TOKEN })
    const path = `GET /api/v1/events/${eventKey}/status` as const
    const shown = {
      objectLabel: 'A-1',
      status: 'held',
      holdExpiresAt: '2027-03-04T18:35:00.000Z',
      categoryKey: '1',
    }
    const booked = {
      objectLabel: 'B-1',
      status: 'booked',
      holdExpiresAt: null,
      holdToken: null,
      categoryKey: '1',
    }
    const asSecret = await api(path)
    expect(asSecret.body['objects']).toEqual([
      { ...shown, holdToken: TOKEN, extraData: { a: 1 } },
      { ...booked, extraData: { a: 1 } },
    ])
    const asPublishable = await api(path, undefined, { key: testKeys.publishable })
    expect(asPublishable.body['objects']).toEqual([{ ...shown, holdToken: null }, booked])
  })

  test('of a lapsed hold shows nothing', async () => {
    const { api, seats, clock, eventKey } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN, ttlSeconds: 1 })
    clock.advance(1_000)
    const status = await api(`GET /api/v1/events/${eventKey}/status`)
    expect(status.body).toEqual({ eventKey, objects: [] })
  })
})

function labelsIn(body: Record<string, unknown>): string[] {
  return (body['objects'] as { objectLabel: string }[]).map(({ objectLabel }) => objectLabel)
}
