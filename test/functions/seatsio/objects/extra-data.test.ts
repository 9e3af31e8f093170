import { describe, expect, test } from 'vitest'
import { openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

const onePath = 'POST /events/gala/objects/A-1/actions/update-extra-data'
const manyPath = 'POST /events/gala/actions/update-extra-data'

test.each([{ status: 'booked' }, { status: 'resale' }, { status: 'x' }, { status: 'free' }, {}])(
  'extra data of an object is replaced whole, whatever its status, and nothing else: %j',
  async (target) => {
    const { api, change, info } = await openSeatsioScene()
    const objects = [{ objectId: 'A-1', extraData: { old: 1, both: 1 } }]
    if ('status' in target) await change({ objects, ...target, orderId: 'o-1' })
    const { extraData: old, ...before } = await info('A-1')
    expect(old === undefined).toBe(!('status' in target))
    const extraData = { both: 2, deep: { a: [1, {}] } }
    expect((await api(onePath, { extraData })).status).toBe(204)
    expect(await info('A-1')).toEqual({ ...before, extraData })
  },
)

test('a held object stays held by its token until the same moment', async () => {
  const { api, change, info, token, clock, statuses } = await openSeatsioScene()
  const holdToken = await token(1)
  await change({ objects: ['A-1'], status: 'reservedByToken', holdToken })
  clock.advance(59_999)
  await api(onePath, { extraData: { n: 1 } })
  expect(await info('A-1')).toMatchObject({ holdToken, extraData: { n: 1 } })
  clock.advance(1)
  expect(await info('A-1')).not.toHaveProperty('extraData')
  expect(await statuses(['A-1'])).toEqual(['free'])
})

test('extra data of an object whose hold ran out is that of a free object', async () => {
  const { api, change, info, token, clock } = await openSeatsioScene()
  const objects = [{ objectId: 'A-1', ticketType: 't' }]
  await change({ objects, status: 'reservedByToken', holdToken: await token(1) })
  clock.advance(60_000)
  await api(onePath, { extraData: { n: 1 } })
  const found = await info('A-1')
  expect(found).toMatchObject({ status: 'free', extraData: { n: 1 } })
  expect(found).not.toHaveProperty('ticketType')
})

test('several objects get theirs at once, or none where one is unknown', async () => {
  const { api, info } = await openSeatsioScene()
  const extraData = { 'A-1': { n: 1 }, 'A-2': { n: 2 }, 'A-3': {} }
  const unknown = await api(manyPath, { extraData: { ...extraData, 'Z-1': { n: 3 } } })
  expect(verdictOf(unknown)).toBe('404 OBJECT_NOT_FOUND')
  expect(await info('A-1')).not.toHaveProperty('extraData')
  expect((await api(manyPath, { extraData })).status).toBe(204)
  for (const [label, data] of Object.entries(extraData)) {
    expect((await info(label))['extraData']).toEqual(data)
  }
})

test('an object may be called like anything, and is unknown all the same', async () => {
  const { api } = await openSeatsioScene()
  for (const label of ['__proto__', 'constructor', 'toString']) {
    const raw = `{"extraData":{"${label}":{"n":1}}}`
    expect(verdictOf(await api(manyPath, undefined, { raw }))).toBe('404 OBJECT_NOT_FOUND')
  }
})

test.each([{}, []])('no objects are no change: %j', async (extraData) => {
  const { api } = await openSeatsioScene()
  expect((await api(manyPath, { extraData })).status).toBe(204)
})

describe('what is no extra data', () => {
  const text = (bytes: number) => 'x'.repeat(bytes - '{"t":""}'.length)

  test.each(['text', 5, true, [1], [[]]])('%j', async (value) => {
    const { api, change } = await openSeatsioScene()
    const objects = [{ objectId: 'A-1', extraData: value }]
    for (const answer of [
      await api(onePath, { extraData: value }),
      await api(manyPath, { extraData: { 'A-1': value } }),
      await api(manyPath, { extraData: value }),
      await change({ objects, status: 'booked' }),
    ]) {
      expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
    }
  })

  test('nothing at all', async () => {
    const { api } = await openSeatsioScene()
    for (const path of [onePath, manyPath] as const) {
      for (const body of [undefined, null, {}, [], { extraData: null }]) {
        expect(verdictOf(await api(path, body))).toBe('400 GENERAL_ERROR')
      }
    }
  })

  test('more than 4,096 bytes of it', async () => {
    const { api, change } = await openSeatsioScene()
    for (const [bytes, statuses] of [
      [4_095, [204, 204, 200]],
      [4_096, [204, 204, 200]],
      [4_097, [400, 400, 400]],
    ] as const) {
      const extraData = { t: text(bytes) }
      const objects = [{ objectId: 'A-1', extraData }]
      const one = await api(onePath, { extraData })
      const many = await api(manyPath, { extraData: { 'A-1': extraData } })
      const changed = await change({ objects, type: 'RELEASE' })
      expect([bytes, one.status, many.status, changed.status]).toEqual([bytes, ...statuses])
    }
  })
})

test('extra data for more than a thousand objects is refused by its own code', async () => {
  const { api } = await openSeatsioScene()
  const labels = Array.from({ length: 1_001 }, (_, place) => `Q-${place}`)
  const dataFor = (count: number) =>
    Object.fromEntries(labels.slice(0, count).map((it) => [it, {}]))
  const send = async (count: number) =>
    verdictOf(await api(manyPath, { extraData: dataFor(count) }))
  expect(await send(1_001)).toBe('400 TOO_MANY_OBJECTS')
  expect(await send(1_000)).toBe('404 OBJECT_NOT_FOUND')
})

test('an event that there is not has no objects', async () => {
  const { api } = await openSeatsioScene()
  for (const path of ['objects/A-1/actions/update-extra-data', 'actions/update-extra-data']) {
    const answer = await api(`POST /events/nowhere/${path}`, { extraData: {} })
    expect(verdictOf(answer)).toBe('404 EVENT_NOT_FOUND')
  }
})
