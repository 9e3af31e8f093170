import { expect, test } from 'vitest'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'

const held = 'reservedByToken'

test.each(['date', 'date:desc', 'objectLabel', 'objectLabel:desc', 'status', 'status:desc'])(
  'a hold that ran out and was followed by another is told line by line, each with a number of its own, sorted by %s',
  async (sort) => {
    const { api, token, change, clock, lines } = await openSeatsioScene()
    for (let count = 0; count < 6; count += 1) {
      const holdToken = await token(1)
      await change({ objects: ['A-1', 'A-2'], status: held, holdToken })
      clock.advance(60_000)
    }
    await change({ objects: ['A-1', 'A-2'], status: 'booked' })
    const all = await lines(`sort=${sort}`)
    expect(new Set(all.map(({ id }) => id)).size).toBe(26)
    const walked: number[] = []
    let cursor = ''
    for (let page = 0; page < 30; page += 1) {
      const { body } = await api(`GET /events/gala/status-changes?sort=${sort}&limit=1${cursor}`)
      const items = body?.['items'] as { id: number }[]
      expect(items).toHaveLength(1)
      walked.push(...items.map(({ id }) => id))
      const next = body?.['next_page_starts_after'] as string | undefined
      if (next === undefined) break
      cursor = `&start_after_id=${next}`
    }
    expect(walked).toEqual(all.map(({ id }) => id))
  },
)

test('a hold that ran out comes before what took the object from it', async () => {
  const { token, change, clock, lines } = await openSeatsioScene()
  for (let count = 0; count < 8; count += 1) {
    const holdToken = await token(1)
    await change({ objects: ['A-1'], status: held, holdToken })
    clock.advance(60_000)
  }
  const statuses = (await lines()).map(({ status }) => status)
  expect(statuses).toEqual(statuses.map((_, place) => (place % 2 === 0 ? held : 'free')))
})

test.each([
  ['status', 1],
  ['status:desc', -1],
])('the log sorted by %s goes by the statuses as they are told', async (sort, sign) => {
  const { change, lines, token, clock } = await openSeatsioScene()
  const statuses = ['booked', 'x', 'Z', 'free', 'resale', held, 'i', 'q', 'held', 'é']
  const holdToken = await token()
  for (const [place, status] of statuses.entries()) {
    const named = status === held ? { holdToken } : {}
    await change({ objects: [`A-${place + 1}`], status, ...named })
    clock.advance(1)
  }
  const told = (await lines(`sort=${sort}`)).map(({ status }) => status)
  expect(told).toEqual(statuses.toSorted((a, b) => sign * (a < b ? -1 : 1)))
})

test('lines of many operations in one millisecond have numbers of their own and come by pages whole', async () => {
  const { api, change, lines } = await openSeatsioScene()
  const objects = Array.from({ length: 10 }, (_, seat) => `A-${seat + 1}`)
  const large = objects.flatMap((label) => Array.from({ length: 90 }, () => label))
  // Each takes a ninth of the numbers of a millisecond: some of them meet.
  for (let count = 0; count < 6; count += 1) await change({ objects: large, type: 'RELEASE' })
  const walked = new Set<number>()
  for (const sort of ['date:desc', 'objectLabel']) {
    walked.clear()
    let cursor = ''
    for (let page = 0; page < 8; page += 1) {
      const { body } = await api(`GET /events/gala/status-changes?sort=${sort}${cursor}`)
      const items = body?.['items'] as { id: number }[]
      expect(items.length).toBeLessThanOrEqual(1_000)
      for (const { id } of items) walked.add(id)
      const next = body?.['next_page_starts_after'] as string | undefined
      if (next === undefined) break
      cursor = `&start_after_id=${next}`
    }
    expect([sort, walked.size]).toEqual([sort, 6 * 900])
  }
  const newest = await lines('limit=5')
  expect(newest.map(({ id }) => id)).toEqual(newest.map(({ id }) => id).sort((a, b) => b - a))
})

test('the largest id that there may be is a cursor', async () => {
  const { api, change } = await openSeatsioScene()
  await change({ objects: ['A-1'], status: 'booked' })
  const { body } = await api('GET /events/gala/status-changes?start_after_id=9223372036854775807')
  expect(body?.['items']).toHaveLength(1)
})

test('what one process does within a millisecond is told in the order in which it was done', async () => {
  const { change, lines } = await openSeatsioScene()
  const statuses = Array.from({ length: 12 }, (_, place) => `status-${place}`)
  for (const status of statuses) await change({ objects: ['A-1', 'A-2'], status })
  const told = (await lines()).filter(({ objectLabel }) => objectLabel === 'A-1')
  expect(told.map(({ status }) => status)).toEqual(statuses.toReversed())
})

test('what one call changed is listed in its order, oldest first, and the other way around newest first', async () => {
  const { change, lines } = await openSeatsioScene()
  const objects = ['A-3', 'A-1', 'A-10', 'A-2']
  await change({ objects, status: 'booked' })
  const oldestFirst = await lines('sort=date:asc')
  expect(oldestFirst.map(({ objectLabel }) => objectLabel)).toEqual(objects)
  expect(await lines('sort=date:desc')).toEqual(oldestFirst.toReversed())
})
