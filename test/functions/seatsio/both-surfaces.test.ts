import { describe, expect, test } from 'vitest'
import { openSeatsioScene, verdictOf } from '../../support/seatsio-scene.ts'

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
