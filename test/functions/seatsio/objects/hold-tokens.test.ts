import { describe, expect, test } from 'vitest'
import { testKeys, testWorkspaceKeys } from '../../../support/holdfast.ts'
import {
  errorOf,
  openSeatsioScene,
  verdictOf,
  type SeatsioScene,
} from '../../../support/seatsio-scene.ts'

const MINUTE = 60_000
const held = 'reservedByToken'

describe('a new token', () => {
  test.each([undefined, null, {}, [], { expiresInMinutes: null }])(
    'lives a quarter of an hour when the body is %j',
    async (body) => {
      const { api, clock } = await openSeatsioScene()
      const { status, body: token } = await api('POST /hold-tokens', body)
      expect(status).toBe(200)
      expect(token).toEqual({
        holdToken: expect.stringMatching(/^[A-Za-z0-9]{10}$/) as string,
        expiresAt: new Date(clock.now() + 15 * MINUTE).toISOString(),
        expiresInSeconds: 900,
        workspaceKey: testWorkspaceKeys.one,
      })
    },
  )

  test.each([1, 30, 120])('lives %i minutes when told so', async (expiresInMinutes) => {
    const { api } = await openSeatsioScene()
    const { body } = await api('POST /hold-tokens', { expiresInMinutes })
    expect(body?.['expiresInSeconds']).toBe(60 * expiresInMinutes)
  })

  test.each([0, -1, 121, 1.5, '15', true, [], {}])('cannot live %j minutes', async (minutes) => {
    const { api } = await openSeatsioScene()
    const answer = await api('POST /hold-tokens', { expiresInMinutes: minutes })
    expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
    expect(errorOf(answer)['message']).toMatch(/^#\/expiresInMinutes: /)
  })

  test('is like no other', async () => {
    const { token } = await openSeatsioScene()
    const tokens = await Promise.all(Array.from({ length: 50 }, () => token()))
    expect(new Set(tokens).size).toBe(50)
  })
})

describe('a token that is looked up', () => {
  test('tells the seconds that are left, rounded down, until it ends', async () => {
    const { api, token, clock } = await openSeatsioScene()
    const created = clock.now()
    const holdToken = await token(1)
    const left = async () => {
      const answer = await api(`GET /hold-tokens/${holdToken}`)
      return answer.status === 200 ? answer.body?.['expiresInSeconds'] : verdictOf(answer)
    }
    expect(await left()).toBe(60)
    for (const [elapsed, seconds] of [
      [1, 59],
      [1_000, 59],
      [1_001, 58],
      [59_001, 0],
      [59_999, 0],
      [60_000, '404 HOLD_TOKEN_NOT_FOUND'],
      [60_001, '404 HOLD_TOKEN_NOT_FOUND'],
    ] as const) {
      clock.advance(created + elapsed - clock.now())
      expect([elapsed, await left()]).toEqual([elapsed, seconds])
    }
  })

  test('is unknown when nobody issued it, and in every other workspace', async () => {
    const { api, token } = await openSeatsioScene()
    const holdToken = await token()
    expect(verdictOf(await api('GET /hold-tokens/made-up'))).toBe('404 HOLD_TOKEN_NOT_FOUND')
    const foreign = { key: testKeys.otherSecret }
    const minutes = { expiresInMinutes: 1 }
    for (const answer of [
      await api(`GET /hold-tokens/${holdToken}`, undefined, foreign),
      await api(`POST /hold-tokens/${holdToken}`, minutes, foreign),
      await api('POST /hold-tokens/made-up', minutes),
    ]) {
      expect(verdictOf(answer)).toBe('404 HOLD_TOKEN_NOT_FOUND')
    }
    expect((await api(`GET /hold-tokens/${holdToken}`)).body?.['expiresInSeconds']).toBe(900)
  })
})

test('a token of one workspace holds nothing in another', async () => {
  const { api, token } = await openSeatsioScene()
  const holdToken = await token()
  const foreign = { key: testKeys.otherSecret }
  await api(
    'POST /system/public/charts/theirs',
    { subChart: { booths: [{ label: 'A-1' }] } },
    foreign,
  )
  await api('POST /events', { chartKey: 'theirs', eventKey: 'night' }, foreign)
  const hold = { objects: ['A-1'], holdToken }
  const answer = await api('POST /events/night/actions/hold', hold, foreign)
  expect(verdictOf(answer)).toBe('400 HOLD_TOKEN_NOT_FOUND')
})

/** A token that holds two seats of one event and one of another. */
async function openHeld(minutes?: number) {
  const scene = await openSeatsioScene()
  const holdToken = await scene.token(minutes)
  const objects = [{ objectId: 'A-1', ticketType: 'adult', extraData: { n: 1 } }, 'A-2']
  await scene.change({ objects, status: held, holdToken, orderId: 'o-1' })
  await scene.batch({ event: 'open-air', status: held, holdToken, objects: ['B-1'] })
  const move = (expiresInMinutes: unknown) =>
    scene.api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes })
  return { ...scene, holdToken, move, created: scene.clock.now() }
}

async function everywhere({ statuses }: SeatsioScene): Promise<unknown[]> {
  return [...(await statuses(['A-1', 'A-2'])), ...(await statuses(['B-1'], 'open-air'))]
}

const allHeld = [held, held, held]
const allFree = ['free', 'free', 'free']

describe('a deadline that is moved', () => {
  test.each([
    ['later', 30],
    ['sooner', 2],
  ])('%s moves all that the token holds, in every event, at once', async (_, minutes) => {
    const scene = await openHeld()
    const { move, clock, api, holdToken, info } = scene
    clock.advance(MINUTE)
    const before = await info('A-1')
    const moved = await move(minutes)
    const expiresAt = new Date(clock.now() + minutes * MINUTE).toISOString()
    expect(moved.body).toMatchObject({ holdToken, expiresAt, expiresInSeconds: minutes * 60 })
    expect((await api(`GET /hold-tokens/${holdToken}`)).body).toEqual(moved.body)
    expect(await info('A-1')).toEqual(before)
    clock.advance(minutes * MINUTE - 1)
    expect(await everywhere(scene)).toEqual(allHeld)
    clock.advance(1)
    expect(await everywhere(scene)).toEqual(allFree)
    expect(verdictOf(await move(1))).toBe('404 HOLD_TOKEN_NOT_FOUND')
  })

  test.each([
    [10, 109, '200'],
    [10, 110, '200'],
    [10, 111, '400 GENERAL_ERROR'],
    [0, 120, '200'],
    [14, 106, '200'],
    [14, 107, '400 GENERAL_ERROR'],
    [0, 121, '400 GENERAL_ERROR'],
    [0, -1, '400 GENERAL_ERROR'],
    [0, 1.5, '400 GENERAL_ERROR'],
    [0, undefined, '400 GENERAL_ERROR'],
  ])('%i minutes after its creation may be %j minutes away: %s', async (age, minutes, verdict) => {
    const { move, clock, api, holdToken } = await openHeld()
    clock.advance(age * MINUTE)
    expect(verdictOf(await move(minutes))).toBe(verdict)
    const left = (verdict === '200' ? Number(minutes) : 15 - age) * 60
    expect((await api(`GET /hold-tokens/${holdToken}`)).body?.['expiresInSeconds']).toBe(left)
  })

  test('counts the two hours from the creation, however often it is moved', async () => {
    const scene = await openHeld()
    const { move, clock, created } = scene
    for (let minutes = 10; minutes <= 110; minutes += 10) {
      clock.advance(created + minutes * MINUTE - clock.now())
      expect(verdictOf(await move(Math.min(15, 120 - minutes)))).toBe('200')
    }
    clock.advance(1)
    expect(verdictOf(await move(10))).toBe('400 GENERAL_ERROR')
    clock.advance(10 * MINUTE - 2)
    expect(await everywhere(scene)).toEqual(allHeld)
    clock.advance(1)
    expect(await everywhere(scene)).toEqual(allFree)
  })

  test('leaves alone what was booked, released or taken by others meanwhile', async () => {
    const { move, clock, change, holdToken, statuses, token } = await openHeld()
    await change({ objects: ['A-1'], status: 'booked', holdToken })
    await change({ objects: ['A-2'], type: 'RELEASE', holdToken })
    const other = await token(60)
    await change({ objects: ['A-2'], status: held, holdToken: other })
    expect(verdictOf(await move(1))).toBe('200')
    clock.advance(MINUTE)
    expect(await statuses(['A-1', 'A-2'])).toEqual(['booked', held])
  })

  test('leaves no line in the log', async () => {
    const { move, lines } = await openHeld()
    await move(5)
    expect((await lines()).map(({ status }) => status)).toEqual([held, held])
  })

  test('moves a token that holds nothing too', async () => {
    const { api, token } = await openSeatsioScene()
    const holdToken = await token()
    const { body } = await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 3 })
    expect(body?.['expiresInSeconds']).toBe(180)
  })

  test('moves what the token holds from then on as well', async () => {
    const { move, clock, change, holdToken, statuses } = await openHeld()
    await move(40)
    clock.advance(20 * MINUTE)
    await change({ objects: ['A-3'], status: held, holdToken })
    clock.advance(20 * MINUTE - 1)
    expect(await statuses(['A-1', 'A-3'])).toEqual([held, held])
    clock.advance(1)
    expect(await statuses(['A-1', 'A-3'])).toEqual(['free', 'free'])
  })
})

describe('a token that is ended', () => {
  test('lets go of all that it holds, now and in every event, and is gone', async () => {
    const scene = await openHeld()
    const { move, api, holdToken, info, token, change } = scene
    const ended = await move(0)
    expect(ended.body).toMatchObject({ holdToken, expiresInSeconds: 0 })
    expect(ended.body?.['expiresAt']).toBe(new Date(scene.clock.now()).toISOString())
    expect(await everywhere(scene)).toEqual(allFree)
    for (const field of ['holdToken', 'orderId', 'ticketType', 'extraData']) {
      expect(await info('A-1')).not.toHaveProperty(field)
    }
    const again = { expiresInMinutes: 5 }
    expect([
      verdictOf(await api(`GET /hold-tokens/${holdToken}`)),
      verdictOf(await api(`POST /hold-tokens/${holdToken}`, again)),
      verdictOf(await change({ objects: ['A-1'], status: held, holdToken })),
    ]).toEqual(['404 HOLD_TOKEN_NOT_FOUND', '404 HOLD_TOKEN_NOT_FOUND', '400 HOLD_TOKEN_NOT_FOUND'])
    const next = await token()
    expect(verdictOf(await change({ objects: ['A-1'], status: held, holdToken: next }))).toBe('200')
  })

  test('tells the log of every object, as an end of a hold and not as a request', async () => {
    const { move, lines, clock } = await openHeld()
    clock.advance(1)
    await move(0)
    const told = [...(await lines('limit=2')), ...(await lines('limit=1', 'open-air'))]
    expect(told.map((line) => [line.objectLabel, line.status, line['origin']])).toEqual([
      ['A-2', 'free', { type: 'HOLD_EXPIRED' }],
      ['A-1', 'free', { type: 'HOLD_EXPIRED' }],
      ['B-1', 'free', { type: 'HOLD_EXPIRED' }],
    ])
  })

  test('returns what it took from resale to resale, and leaves alone what was booked', async () => {
    const { move, change, holdToken, infos } = await openHeld()
    await change({ objects: ['A-1'], status: 'booked', holdToken })
    await change({ objects: ['A-3'], status: 'resale', resaleListingId: 'l-1' })
    await change({ objects: ['A-3'], status: held, holdToken })
    await move(0)
    const found = await infos(['A-1', 'A-2', 'A-3'])
    expect(found).toMatchObject({
      'A-1': { status: 'booked' },
      'A-2': { status: 'free' },
      'A-3': { status: 'resale', resaleListingId: 'l-1' },
    })
  })
})
