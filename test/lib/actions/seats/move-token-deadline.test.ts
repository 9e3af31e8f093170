import { describe, expect, test } from 'vitest'
import { changeStatuses } from '../../../../lib/actions/seats/change-statuses.ts'
import type { Context } from '../../../../lib/actions/context.ts'
import { moveTokenDeadline } from '../../../../lib/actions/seats/move-token-deadline.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { interrupted } from '../../../support/interrupted.ts'
import { labelsOf } from '../../../support/scene.ts'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'

// What slips in between the moment in which an action reads and the one in which it commits: the store's reads are wrapped, so
// that something happens right after the first of them.

const MINUTE = 60_000
const held = 'reservedByToken'

async function open(minutes = 10) {
  const scene = await openSeatsioScene()
  const holdToken = await scene.token(minutes)
  const hold = (label: string, event = 'gala') =>
    scene.batch({ event, status: held, holdToken, objects: [label] })
  await hold('A-1')
  const move = (context: Context, to: number) =>
    moveTokenDeadline(context, { holdToken, minutes: to })
  return { ...scene, holdToken, hold, move }
}

describe.each(['getHoldToken', 'findHeldRows'] as const)(
  'a change of a deadline, right after its %s',
  (read) => {
    test('does not miss a hold that slips in, in the same event or another', async () => {
      const scene = await open()
      const { hold, move, clock, statuses } = scene
      const context = interrupted(scene, read, async () => {
        await hold('A-2')
        await hold('B-1', 'open-air')
      })
      expect((await move(context, 30)).ok).toBe(true)
      clock.advance(30 * MINUTE - 1)
      expect(await statuses(['A-1', 'A-2'])).toEqual([held, held])
      expect(await statuses(['B-1'], 'open-air')).toEqual([held])
      clock.advance(1)
      expect(await statuses(['A-1', 'A-2'])).toEqual(['free', 'free'])
      expect(await statuses(['B-1'], 'open-air')).toEqual(['free'])
    })

    test('to nothing lets go of a hold that slips in as well', async () => {
      const scene = await open()
      const context = interrupted(scene, read, () => scene.hold('A-2'))
      expect((await scene.move(context, 0)).ok).toBe(true)
      expect(await scene.statuses(['A-1', 'A-2'])).toEqual(['free', 'free'])
    })

    test('leaves what is booked meanwhile booked', async () => {
      const scene = await open()
      const { change, holdToken, clock, statuses } = scene
      const context = interrupted(scene, read, () =>
        change({ objects: ['A-1'], status: 'booked', holdToken }),
      )
      expect((await scene.move(context, 1)).ok).toBe(true)
      clock.advance(MINUTE)
      expect(await statuses(['A-1'])).toEqual(['booked'])
    })

    test('leaves what is released and taken by another token meanwhile to that token', async () => {
      const scene = await open()
      const { batch, token, clock, info, move } = scene
      const other = await token(60)
      const context = interrupted(scene, read, () =>
        batch(
          { event: 'gala', type: 'RELEASE', objects: ['A-1'] },
          { event: 'gala', status: held, holdToken: other, objects: ['A-1'] },
        ),
      )
      expect((await move(context, 0)).ok).toBe(true)
      clock.advance(59 * MINUTE)
      expect(await info('A-1')).toMatchObject({ status: held, holdToken: other })
    })

    test('keeps extra data that is updated meanwhile', async () => {
      const scene = await open()
      const path = 'POST /events/gala/objects/A-1/actions/update-extra-data'
      const context = interrupted(scene, read, () => scene.api(path, { extraData: { n: 1 } }))
      expect((await scene.move(context, 30)).ok).toBe(true)
      expect(await scene.info('A-1')).toMatchObject({ status: held, extraData: { n: 1 } })
    })

    test('comes after another one that slips in: the last word is one deadline for all', async () => {
      const scene = await open()
      const { api, holdToken, clock, statuses, hold, move } = scene
      await hold('B-1', 'open-air')
      const context = interrupted(scene, read, () =>
        api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 50 }),
      )
      expect((await move(context, 20)).ok).toBe(true)
      clock.advance(20 * MINUTE - 1)
      expect([...(await statuses(['A-1'])), ...(await statuses(['B-1'], 'open-air'))]).toEqual([
        held,
        held,
      ])
      clock.advance(1)
      expect([...(await statuses(['A-1'])), ...(await statuses(['B-1'], 'open-air'))]).toEqual([
        'free',
        'free',
      ])
    })

    test('is refused when the token is ended meanwhile', async () => {
      const scene = await open()
      const { api, holdToken, move, statuses } = scene
      const context = interrupted(scene, read, () =>
        api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 0 }),
      )
      const refusal = { code: 'hold-token-not-found', holdToken }
      expect(await move(context, 20)).toEqual({ ok: false, refusal })
      expect(await statuses(['A-1'])).toEqual(['free'])
    })

    test('is refused when the token runs out meanwhile', async () => {
      const scene = await open()
      scene.clock.advance(10 * MINUTE - 1)
      const context = interrupted(scene, read, () => {
        scene.clock.advance(1)
        return Promise.resolve()
      })
      const moved = await scene.move(context, 20)
      expect(moved).toMatchObject({ ok: false, refusal: { code: 'hold-token-not-found' } })
      expect(await scene.statuses(['A-1'])).toEqual(['free'])
    })
  },
)

describe('a hold into which a change of the deadline slips', () => {
  const holdIn = (context: Context, holdToken: string, label: string) =>
    changeStatuses(context, [
      {
        eventKeys: ['gala'],
        objects: [{ label }],
        change: { kind: 'set-held', holdToken },
      },
    ])

  test.each([
    ['later', 30],
    ['sooner', 1],
  ])('lasts as long as the token does then: %s', async (_, minutes) => {
    const scene = await open()
    const { api, holdToken, clock, statuses } = scene
    const context = interrupted(scene, 'readSeats', () =>
      api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: minutes }),
    )
    expect((await holdIn(context, holdToken, 'A-2')).ok).toBe(true)
    const { body } = await api(`GET /hold-tokens/${holdToken}`)
    const ends = Date.parse(String(body?.['expiresAt']))
    clock.advance(ends - 1 - clock.now())
    expect(await statuses(['A-1', 'A-2'])).toEqual([held, held])
    clock.advance(1)
    expect(await statuses(['A-1', 'A-2'])).toEqual(['free', 'free'])
  })

  test('is refused when the token was ended', async () => {
    const scene = await open()
    const { api, holdToken, statuses } = scene
    const context = interrupted(scene, 'readSeats', () =>
      api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 0 }),
    )
    const refusal = { code: 'hold-token-unknown', holdToken }
    expect(await holdIn(context, holdToken, 'A-2')).toEqual({ ok: false, refusal })
    expect(await statuses(['A-1', 'A-2'])).toEqual(['free', 'free'])
  })

  test('is refused when the token ran out between reading and deciding', async () => {
    const scene = await open()
    const context = interrupted(scene, 'readSeats', () => {
      scene.clock.advance(10 * MINUTE)
      return Promise.resolve()
    })
    const outcome = await holdIn(context, scene.holdToken, 'A-2')
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'hold-token-unknown' } })
  })
})

describe('a token that holds more than one transaction can change', () => {
  async function openFull() {
    const scene = await openSeatsioScene(rowDrawing({ rows: 2, seatsPerRow: 100 }))
    const holdToken = await scene.token(10)
    const objects = [...labelsOf('A', 1, 100), ...labelsOf('B', 1, 50)]
    for (const event of ['gala', 'ball']) {
      await scene.batch({ event, status: held, holdToken, objects })
    }
    const counted = async () => {
      const found = [...(await scene.statuses(objects)), ...(await scene.statuses(objects, 'ball'))]
      return found.filter((status) => status === held).length
    }
    return { ...scene, holdToken, counted }
  }

  test('is moved whole, and is ended whole', async () => {
    const { api, holdToken, counted, clock } = await openFull()
    expect(await counted()).toBe(300)
    const move = (expiresInMinutes: number) =>
      api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes })
    expect((await move(30)).status).toBe(200)
    clock.advance(30 * MINUTE - 1)
    expect(await counted()).toBe(300)
    expect((await move(0)).status).toBe(200)
    expect(await counted()).toBe(0)
  })

  test('ends as a whole by itself', async () => {
    const { counted, clock } = await openFull()
    clock.advance(10 * MINUTE)
    expect(await counted()).toBe(0)
  })
})

test('a token holds a thousand objects at most, over all its events', async () => {
  const scene = await openSeatsioScene(rowDrawing({ rows: 5, seatsPerRow: 100 }))
  const { batch, token, api } = scene
  const holdToken = await token()
  const rows = ['A', 'B', 'C', 'D', 'E'].flatMap((row) => labelsOf(row, 1, 100))
  for (const event of ['gala', 'ball']) {
    expect((await batch({ event, status: held, holdToken, objects: rows })).status).toBe(200)
  }
  const more = await batch({ event: 'open-air', status: held, holdToken, objects: ['A-1'] })
  expect(more.body?.['errors']).toMatchObject([{ code: 'TOO_MANY_OBJECTS' }])
  const again = await batch({ event: 'gala', status: held, holdToken, objects: ['A-1'] })
  expect(again.status).toBe(200)
  expect((await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 20 })).status).toBe(200)
})
