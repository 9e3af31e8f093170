import { describe, expect, test } from 'vitest'
import {
  openSeatsioScene,
  verdictOf,
  type SeatsioScene as Scene,
} from '../../support/seatsio-scene.ts'
import { getHoldToken } from '../../../lib/store/seats/hold-tokens.ts'

const MINUTE = 60_000
const held = 'reservedByToken'
const seats = '/api/v1/events/gala/seats'
const OWN = 'token-of-a-shop'

async function open() {
  const scene = await openSeatsioScene()
  const native = async (verb: string, body: object) =>
    (await scene.native(`POST ${seats}/${verb}`, body)).status
  const nativeStatus = async () => {
    const { body } = await scene.native('GET /api/v1/events/gala/status')
    const objects = body['objects'] as { objectLabel: string; status: string }[]
    return Object.fromEntries(objects.map(({ objectLabel, status }) => [objectLabel, status]))
  }
  return { ...scene, native, nativeStatus }
}

describe('a seat that is held here', () => {
  test('reads held there, and nobody else may take it there', async () => {
    const { change, token, native, nativeStatus } = await open()
    const holdToken = await token()
    await change({ objects: ['A-1'], status: held, holdToken })
    expect(await nativeStatus()).toMatchObject({ 'A-1': 'held' })
    expect(await native('hold', { objectLabels: ['A-1'], holdToken: OWN })).toBe(409)
    expect(await native('book', { objectLabels: ['A-1'], holdToken: OWN })).toBe(409)
    expect(await native('release', { objectLabels: ['A-1'], holdToken: OWN })).toBe(409)
  })

  test('is booked there with its token, and reads booked here', async () => {
    const { change, token, native, info } = await open()
    const holdToken = await token()
    await change({ objects: [{ objectId: 'A-1', ticketType: 't' }], status: held, holdToken })
    expect(await native('book', { objectLabels: ['A-1'], holdToken })).toBe(200)
    expect(await info('A-1')).toMatchObject({ status: 'booked', ticketType: 't' })
  })

  test('is free there from the millisecond on in which its token ends', async () => {
    const { change, token, native, nativeStatus, clock } = await open()
    await change({ objects: ['A-1'], status: held, holdToken: await token(1) })
    clock.advance(MINUTE - 1)
    expect(await nativeStatus()).toMatchObject({ 'A-1': 'held' })
    clock.advance(1)
    expect(await nativeStatus()).not.toMatchObject({ 'A-1': 'held' })
    expect(await native('hold', { objectLabels: ['A-1'], holdToken: OWN })).toBe(200)
  })
})

describe('a seat that is held there', () => {
  test('reads held here with its token, and only that token books or releases it', async () => {
    const { change, token, native, info, statuses } = await open()
    await native('hold', { objectLabels: ['A-1', 'A-2'], holdToken: OWN })
    expect(await info('A-1')).toMatchObject({ status: held, holdToken: OWN })
    const other = { objects: ['A-1'], holdToken: await token() }
    expect(verdictOf(await change({ ...other, status: 'booked' }))).toBe('400 NOT_HELD_BY_TOKEN')
    expect(verdictOf(await change({ ...other, status: held }))).toBe('400 ILLEGAL_STATUS_CHANGE')
    const mine = { objects: ['A-1'], holdToken: OWN }
    expect(verdictOf(await change({ ...mine, status: 'booked' }))).toBe('200')
    const released = { objects: ['A-2'], holdToken: OWN, type: 'RELEASE' }
    expect(verdictOf(await change(released))).toBe('200')
    expect(await statuses(['A-1', 'A-2'])).toEqual(['booked', 'free'])
  })

  test('cannot be held here by a token that was not issued here', async () => {
    const { change, native } = await open()
    await native('hold', { objectLabels: ['A-1'], holdToken: OWN })
    const hold = { objects: ['A-1'], status: held, holdToken: OWN }
    expect(verdictOf(await change(hold))).toBe('400 HOLD_TOKEN_NOT_FOUND')
  })

  test('by a token that was issued here follows its deadline', async () => {
    const { api, token, native, statuses, clock } = await open()
    const holdToken = await token()
    await native('hold', { objectLabels: ['A-1'], holdToken, ttlSeconds: 60 })
    await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 30 })
    clock.advance(30 * MINUTE - 1)
    expect(await statuses(['A-1'])).toEqual([held])
    clock.advance(1)
    expect(await statuses(['A-1'])).toEqual(['free'])
    const next = await token()
    await native('hold', { objectLabels: ['A-1'], holdToken: next })
    await api(`POST /hold-tokens/${next}`, { expiresInMinutes: 0 })
    expect(await statuses(['A-1'])).toEqual(['free'])
  })
})

describe('one hold under a token that was issued here has one deadline', () => {
  const heldUntil = async ({ native }: Pick<Scene, 'native'>, event = 'gala') => {
    const { body } = await native(`GET /api/v1/events/${event}/status`)
    const objects = body['objects'] as { objectLabel: string; holdExpiresAt: string }[]
    return Object.fromEntries(objects.map((it) => [it.objectLabel, Date.parse(it.holdExpiresAt)]))
  }

  async function issued(minutes: number) {
    const scene = await openSeatsioScene()
    const holdToken = await scene.token(minutes)
    const start = scene.clock.now()
    const call = (verb: string, body: object, event = 'gala') =>
      scene.native(`POST /api/v1/events/${event}/seats/${verb}`, { holdToken, ...body })
    const tokenEnd = async () => {
      const { status, body } = await scene.api(`GET /hold-tokens/${holdToken}`)
      return status === 200 ? Date.parse(String(body?.['expiresAt'])) : status
    }
    return { ...scene, holdToken, start, call, tokenEnd }
  }

  test.each([60, 7200])(
    'a hold there of %i s has the deadline of the token, and says so',
    async (ttlSeconds) => {
      const scene = await issued(15)
      const { call, start, clock, tokenEnd, statuses } = scene
      const end = start + 15 * MINUTE
      const answer = await call('hold', { objectLabels: ['A-1', 'A-2'], ttlSeconds })
      expect(answer).toMatchObject({
        status: 200,
        body: { holdExpiresAt: new Date(end).toISOString() },
      })
      clock.advance(5 * MINUTE)
      await call('hold', { objectLabel: 'A-1', ttlSeconds })
      expect(await heldUntil(scene)).toEqual({ 'A-1': end, 'A-2': end })
      clock.advance(10 * MINUTE - 1)
      expect([await tokenEnd(), ...(await statuses(['A-1', 'A-2']))]).toEqual([end, held, held])
      clock.advance(1)
      expect([await tokenEnd(), ...(await statuses(['A-1', 'A-2']))]).toEqual([404, 'free', 'free'])
    },
  )

  test.each([
    ['named seats', { labels: ['A-1', 'A-9'] }, ['A-9']],
    ['all seats of an event', {}, []],
  ])(
    'an extension there of %s moves the token, and all that it holds, in every event',
    async (_, which, failed) => {
      const scene = await issued(15)
      const { call, change, batch, start, clock, tokenEnd, holdToken } = scene
      await call('hold', { objectLabels: ['A-1'] })
      await change({ objects: ['A-2'], status: held, holdToken })
      await batch({ event: 'ball', objects: ['B-1'], status: held, holdToken })
      clock.advance(MINUTE)
      const end = start + 41 * MINUTE
      const { body } = await call('extend', { ...which, ttlSeconds: 40 * 60 })
      expect(body['holdExpiresAt']).toBe(new Date(end).toISOString())
      expect(body['failed']).toEqual(
        failed.map((objectLabel) => ({ objectLabel, reason: 'not_held_by_token' })),
      )
      expect([await tokenEnd(), await heldUntil(scene), await heldUntil(scene, 'ball')]).toEqual([
        end,
        { 'A-1': end, 'A-2': end },
        { 'B-1': end },
      ])
    },
  )

  test('an extension there shortens it too, and of nothing that it holds moves nothing', async () => {
    const scene = await issued(15)
    const { call, start, tokenEnd } = scene
    const none = await call('extend', { labels: ['A-1'], ttlSeconds: 60 })
    expect(none.body).toMatchObject({ holdExpiresAt: null, extended: [] })
    expect(await tokenEnd()).toBe(start + 15 * MINUTE)
    await call('hold', { objectLabel: 'A-1' })
    await call('extend', { ttlSeconds: 60 })
    expect([await tokenEnd(), await heldUntil(scene)]).toEqual([
      start + MINUTE,
      { 'A-1': start + MINUTE },
    ])
  })

  test.each([
    [3600, 200],
    [3601, 400],
  ])(
    'two hours from its creation are the end there too: %i s more after an hour answer %i',
    async (seconds, status) => {
      const { call, clock, tokenEnd, start } = await issued(120)
      await call('hold', { objectLabel: 'A-1' })
      clock.advance(60 * MINUTE + (seconds - 3600) * 1000)
      const answer = await call('extend', { ttlSeconds: 3600 })
      expect(answer.status).toBe(status)
      if (status === 400) expect(answer.body).toHaveProperty(['errors', 'ttlSeconds'])
      expect(await tokenEnd()).toBe(start + 120 * MINUTE)
    },
  )

  test.each([
    ['has expired', 15, 0],
    ['has expired days ago', 15 + 3 * 24 * 60, 0],
    ['was ended', 0, 1],
  ])('a token that %s holds and extends nothing there', async (_, minutes, isEnded) => {
    const { api, call, clock, holdToken, engine, statuses } = await issued(15)
    await call('hold', { objectLabel: 'A-1' })
    if (isEnded === 1) await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 0 })
    clock.advance(minutes * MINUTE)
    await engine.expireItems()
    for (const [verb, body] of [
      ['hold', { objectLabel: 'A-2' }],
      ['extend', { labels: ['A-1'] }],
      ['extend', {}],
    ] as const) {
      const answer = await call(verb, body)
      expect(answer.status).toBe(400)
      expect(answer.body).toHaveProperty(['errors', 'holdToken'])
    }
    expect(await statuses(['A-1', 'A-2'])).toEqual(['free', 'free'])
  })

  test('a hold there and a move here at the same moment leave one deadline', async () => {
    const scene = await issued(15)
    const { api, call, holdToken, tokenEnd } = scene
    await call('hold', { objectLabel: 'A-1' })
    await Promise.all([
      call('hold', { objectLabels: ['A-2', 'A-3'] }),
      api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 40 }),
      call('extend', { ttlSeconds: 1800 }),
    ])
    const end = await tokenEnd()
    for (const until of Object.values(await heldUntil(scene))) expect(until).toBe(end)
  })

  test('and what it may hold is counted there as here', async () => {
    const scene = await issued(15)
    const { call, runtime, holdToken } = scene
    await call('hold', { objectLabels: ['A-1', 'A-2'] })
    await call('hold', { objectLabels: ['A-2', 'A-3'] })
    const row = await getHoldToken(runtime.store, { workspaceId: 'one', holdToken })
    expect(row?.objects).toBe(3)
  })
})

test('custom statuses and resale set here are told there as words that it has', async () => {
  const { change, native, nativeStatus } = await open()
  await change({ objects: ['A-1'], status: 'checkedIn' })
  await change({ objects: ['A-2'], status: 'resale' })
  expect(Object.values(await nativeStatus()).sort()).not.toContain('=checkedIn')
  expect(await native('hold', { objectLabels: ['A-1'], holdToken: OWN })).toBe(409)
  expect(await native('hold', { objectLabels: ['A-2'], holdToken: OWN })).toBe(200)
  expect(await native('release', { objectLabels: ['A-2'], holdToken: OWN })).toBe(200)
})

test('what was done there is in the log here', async () => {
  const { native, lines, clock } = await open()
  await native('hold', { objectLabels: ['A-1'], holdToken: OWN })
  clock.advance(1)
  await native('extend', { labels: ['A-1'], holdToken: OWN })
  clock.advance(1)
  await native('book', { objectLabels: ['A-1'], holdToken: OWN })
  const told = (await lines()).map(({ status, holdToken }) => [status, holdToken])
  expect(told).toEqual([
    ['booked', OWN],
    [held, OWN],
  ])
})
