import { describe, expect, test } from 'vitest'
import type { Notice } from '../../../lib/rules/notice.ts'
import { noticeBody } from '../../../lib/seatbuilder/notice-shape.ts'
import { drawArea, rowDrawing } from '../../support/drawings.ts'
import { OTHER_TOKEN, TOKEN } from '../../support/scene.ts'
import { openSeatsioScene } from '../../support/seatsio-scene.ts'
import { openTold } from '../../support/told.ts'

/** An event with a lawn of 120 places, in three blocks, and all that is told of it. */
async function open() {
  const plane = { generalAdmissionAreas: [drawArea('Lawn', 120)] }
  const scene = await openSeatsioScene(rowDrawing({ plane }))
  const told = await openTold(scene)
  const { api, native } = scene
  const change = (action: string, quantity: number, more: object = {}) =>
    api(`POST /events/gala/actions/${action}`, {
      objects: [{ objectId: 'Lawn', quantity }],
      ...more,
    })
  const hold = (quantity: number, holdToken = TOKEN, ttlSeconds = 60) =>
    native('POST /api/v1/events/gala/seats/hold', {
      ...{ objectLabel: 'Lawn', objectType: 'generalAdmission', quantity, holdToken, ttlSeconds },
    })
  await told.relay()
  told.forget()
  /** What is told since it was asked last: each notice as the document says, under an id of its own. */
  const heard = async () => {
    await told.relay()
    const notices = told.notices()
    told.forget()
    for (const notice of notices) {
      expect(noticeBody.safeParse(notice).error?.issues).toBeUndefined()
      expect(notice.id).toMatch(new RegExp(`^\\w+:Lawn/${notice.block}:${notice.version}$`))
    }
    expect(new Set(notices.map(({ id }) => id)).size).toBe(notices.length)
    return notices
  }
  return { ...scene, told, change, hold, heard }
}

const brief = ({ type, quantity, previousStatus, status }: Notice) =>
  `${type.replace('seat.', '')} ${quantity} ${previousStatus}→${status}`

const placesOf = (notices: readonly Notice[]) =>
  notices.reduce((sum, { quantity = 0 }) => sum + quantity, 0)

describe('of places of an area is told', () => {
  test('how many are held, booked and given back, and whose they were', async () => {
    const { change, hold, heard, native } = await open()
    await hold(3)
    const [held] = await heard()
    expect(held).toMatchObject({ objectLabel: 'Lawn', holdToken: TOKEN, quantity: 3 })
    expect(held?.heldUntil).toBeDefined()
    await native('POST /api/v1/events/gala/seats/extend', { holdToken: TOKEN, ttlSeconds: 90 })
    await native('POST /api/v1/events/gala/seats/book', {
      ...{ objectLabels: ['Lawn'], holdToken: TOKEN, quantity: 2 },
    })
    await native('POST /api/v1/events/gala/seats/release', {
      ...{ objectLabels: ['Lawn'], holdToken: TOKEN },
    })
    await change('release', 2, { orderId: 'o-1' })
    await change('change-object-status', 4, { status: 'guest' })
    expect((await heard()).map(brief)).toEqual([
      'updated 3 held→held',
      'booked 2 held→booked',
      'released 1 held→free',
      'released 2 booked→free',
      'status_changed 4 free→guest',
    ])
  })

  test('a change over several blocks once for each, and all its places together', async () => {
    const { change, heard } = await open()
    await change('book', 100)
    const booked = await heard()
    expect(booked.length).toBeGreaterThan(1)
    expect(new Set(booked.map(({ block }) => block)).size).toBe(booked.length)
    expect(new Set(booked.map(({ operationId }) => operationId)).size).toBe(1)
    expect(placesOf(booked)).toBe(100)
    await change('release', 99)
    expect(placesOf(await heard())).toBe(99)
  })

  test('the end of a hold, by its timer or by whoever takes the block next', async () => {
    const { hold, heard, told, clock } = await open()
    await hold(5, TOKEN, 30)
    await hold(2, OTHER_TOKEN, 60)
    await heard()
    clock.advance(30_000)
    expect(await told.fire()).toBeGreaterThan(0)
    const [ended, ...rest] = await heard()
    expect([ended && brief(ended), ended?.holdToken, rest]).toEqual([
      'hold_expired 5 held→free',
      TOKEN,
      [],
    ])
    clock.advance(30_000)
    await hold(1, OTHER_TOKEN)
    expect((await heard()).map(brief)).toEqual(['hold_expired 2 held→free', 'held 1 free→held'])
    await told.fire()
    expect(await heard()).toEqual([])
  })

  test('nothing where places are only divided anew', async () => {
    const { api, change, heard } = await open()
    await change('book', 3)
    await heard()
    await api('POST /events/gala/channels', { key: 'k', name: 'K', areaPlaces: { Lawn: 30 } })
    expect(await heard()).toEqual([])
    await change('book', 2, { channelKeys: ['k'] })
    const told = await heard()
    expect([told.map(({ type }) => type), placesOf(told)]).toEqual([['seat.booked'], 2])
  })
})
