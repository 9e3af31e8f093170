import { describe, expect, test } from 'vitest'
import { drawTable, rowDrawing } from '../../support/drawings.ts'
import { OTHER_TOKEN, TOKEN } from '../../support/scene.ts'
import { openSeatsioScene } from '../../support/seatsio-scene.ts'
import { openTold } from '../../support/told.ts'

// What is only relied on is told of to nobody; what has ended along the way is told as what it is, once.

describe.each([
  ['one transaction', 4],
  ['a large commit', 120],
])('a table taken by %s', (_, seatsAtTable) => {
  test('is told of, with the hold of a seat that had ended, and nothing of its other seats', async () => {
    const plane = { tables: [drawTable('T', seatsAtTable)] }
    const scene = await openSeatsioScene(rowDrawing({ plane }))
    const { api, native, clock, statuses } = scene
    const told = await openTold(scene)
    const hold = (objectLabel: string, holdToken: string) =>
      native('POST /api/v1/events/gala/seats/hold', { objectLabel, holdToken, ttlSeconds: 60 })
    const brief = async () => {
      await told.relay()
      return told
        .notices()
        .map(({ objectLabel, version, type }) => `${objectLabel} ${version} ${type}`)
    }
    expect((await hold('T-2', TOKEN)).status).toBe(200)
    await api('POST /events/gala', { tableBookingConfig: { mode: 'ALL_BY_TABLE' } })
    expect(await brief()).toEqual(['T-2 1 seat.held'])
    clock.advance(60_000)
    expect((await hold('T', OTHER_TOKEN)).status).toBe(200)
    const all = ['T 1 seat.held', 'T-2 1 seat.held', 'T-2 2 seat.hold_expired']
    expect((await brief()).sort()).toEqual(all)
    // The timer of the hold that ended comes too late to end it once more.
    expect(await told.fire()).toBe(1)
    expect((await brief()).sort()).toEqual(all)
    expect(await statuses(['T'])).toEqual(['reservedByToken'])
    const status = await native('GET /api/v1/events/gala/status')
    expect(status.body).toMatchObject({ objects: [{ objectLabel: 'T', status: 'held' }] })
    clock.advance(60_000)
    expect(await told.fire()).toBe(1)
    expect((await brief()).sort()).toEqual([
      'T 1 seat.held',
      'T 2 seat.hold_expired',
      ...all.slice(1),
    ])
    await api('POST /events/gala', { tableBookingConfig: { mode: 'ALL_BY_SEAT' } })
    expect(await statuses(['T-1', 'T-2'])).toEqual(['free', 'free'])
  })
})
