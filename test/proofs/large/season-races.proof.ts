import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { rosterOf } from '../../../lib/rules/season/roster.ts'
import { endOperation } from '../../../lib/store/commit/recover.ts'
import { getEvent } from '../../../lib/store/events/events.ts'
import { readSeasons } from '../../../lib/store/events/seasons.ts'
import { intercepted, isCommand } from '../../support/intercepted.ts'
import { keysOf, keysUpTo, openHall, type Hall } from '../../support/seasons.ts'
import { seatsioOver, type SeatsioApi } from '../../support/seatsio.ts'

const CREATE = 'POST /seasons/season/actions/create-events'
const PARTIALS = 'POST /seasons/season/partial-seasons'
const ADD = 'POST /seasons/season/partial-seasons/part/actions/add-events'

/** The API, whose next write is overtaken by something else after all was read and decided. */
function overtaken({ runtime }: Hall, intrude: () => Promise<unknown>): SeatsioApi {
  let isFirst = true
  const store = intercepted(runtime.store, {
    writes: async (command, send) => {
      if (isFirst && isCommand(command, 'TransactWriteCommand')) {
        isFirst = false
        await intrude()
      }
      return send()
    },
  })
  return seatsioOver({ ...runtime, store })
}

/** What must hold of a season whatever happened: it knows the events and parts that there are, each number once. */
async function expectWhole({ runtime, listed, must }: Hall, key = 'season') {
  const head = await getEvent(runtime.store, 'one', key)
  const { eventId = '' } = head ?? {}
  const season = (await readSeasons(runtime.store, [eventId])).get(eventId)
  const { events, next } = rosterOf(season?.details ?? {})
  const numbers = events.map(({ number }) => number)
  expect(numbers).toEqual([...new Set(numbers)].filter((number) => number < next))
  const all = await listed()
  const told = await must(`GET /events/${key}`)
  const members = all.filter((it) => it['isEventInSeason'] === true)
  expect(keysOf(members)?.sort()).toEqual(keysOf(told.events)?.toSorted())
  const parts = all.filter((it) => it['isPartialSeason'] === true)
  expect(keysOf(parts)?.sort()).toEqual([...(told.partialSeasonKeys ?? [])].sort())
  for (const event of told.events ?? [])
    expect(await must(`GET /events/${event.key}`)).toEqual(event)
}

/** Changes that overtake one, and what the season has afterwards. */
const intrusions: Readonly<Record<string, (hall: Hall) => Promise<unknown>>> = {
  'more events': ({ must }) => must(CREATE, { eventKeys: ['x1', 'x2'] }),
  'a partial season': ({ must }) => must(PARTIALS, { key: 'x', eventKeys: ['e1'] }),
  'another name': ({ must }) => must('POST /events/season', { name: 'Else' }),
  'an event in the past': ({ must }) => must('POST /events/e2', { isInThePast: true }),
  'an event less': ({ must }) => must('DELETE /events/e2'),
}

const requests: Readonly<Record<string, readonly [`${string} /${string}`, object?]>> = {
  'creating events': [CREATE, { eventKeys: ['y1', 'y2'] }],
  'creating a partial season': [PARTIALS, { key: 'y', eventKeys: ['e1'] }],
  'adding to a partial season': [ADD, { eventKeys: ['e3'] }],
  'taking from a partial season': [
    'DELETE /seasons/season/partial-seasons/part/events/e1' as const,
  ],
  'changing the season': ['POST /events/season', { objectCategories: { 'A-1': 1 } }],
  'marking an event as past': ['POST /events/e1', { isInThePast: true }],
  'deleting an event': ['DELETE /events/e1'],
  'deleting a partial season': ['DELETE /events/part'],
}

async function open() {
  const hall = await openHall()
  await hall.season({ eventKeys: ['e1', 'e2', 'e3'] })
  await hall.must(PARTIALS, { key: 'part', eventKeys: ['e1'] })
  return hall
}

test.each(
  Object.keys(requests).flatMap((request) =>
    Object.keys(intrusions).map((intrusion) => [request, intrusion] as const),
  ),
)('%s, overtaken by %s, loses nothing of either', async (name, intrusion) => {
  const hall = await open()
  const [request, body] = requests[name] ?? ['GET /events']
  const alone = await open()
  await intrusions[intrusion]?.(alone)
  await alone.must(request, body)
  const api = overtaken(hall, async () => intrusions[intrusion]?.(hall))
  expect((await api(request, body)).status).toBeLessThan(300)
  await expectWhole(hall)
  const shown = async ({ must }: Hall) => {
    const { events, name: told, ...rest } = await must('GET /events/season')
    const past = events?.map((it) => [it.key, it['isInThePast'], it.partialSeasonKeysForEvent])
    return [past, told, rest.partialSeasonKeys, rest['objectCategories']]
  }
  expect(await shown(hall)).toEqual(await shown(alone))
})

test.each(Object.keys(requests))(
  '%s finds the season gone that was deleted meanwhile',
  async (name) => {
    const hall = await open()
    const [request, body] = requests[name] ?? ['GET /events']
    const api = overtaken(hall, () => hall.must('DELETE /events/season'))
    expect((await api(request, body)).status).toBe(404)
    expect(await hall.listed()).toEqual([])
  },
)

test('events that come while their season is deleted go with it', async () => {
  const hall = await open()
  const api = overtaken(hall, () => hall.must(CREATE, { eventKeys: ['late'] }))
  expect((await api('DELETE /events/season')).status).toBe(204)
  expect(await hall.listed()).toEqual([])
})

test('whoever creates events in a season twenty times at once gets all of them, or is told to try again', async () => {
  const hall = await open()
  const answers = await Promise.all(
    keysUpTo(20, 'n').map(async (key) => (await hall.api(CREATE, { eventKeys: [key] })).status),
  )
  expect(answers.filter((status) => ![200, 429].includes(status))).toEqual([])
  const { events } = await hall.must('GET /events/season')
  expect(events).toHaveLength(3 + answers.filter((status) => status === 200).length)
  await expectWhole(hall)
})

/** Sends a request to a process that does nothing any more after that many writes; answers how what it left is ended. */
async function dyingAfter(
  { clock, port, runtime }: Hall,
  writes: number,
  send: (api: SeatsioApi) => Promise<unknown>,
) {
  let left = writes
  const store = intercepted(runtime.store, {
    writes: (_, send) => {
      left -= 1
      return left < 0 ? Promise.reject(new Error('died')) : send()
    },
  })
  await send(seatsioOver({ ...runtime, store }))
  return async () => {
    clock.advance(60_000)
    const { reader, tableName } = port
    const { Items = [] } = await reader.send(new ScanCommand({ TableName: tableName }))
    const headers = Items.filter(({ pk, sk, fin }) => {
      return String(pk).startsWith('O#') && sk === 'O' && fin === undefined
    })
    for (const { pk } of headers) await endOperation(runtime.store, String(pk).slice(2))
  }
}

const HUNDRED = { eventKeys: keysUpTo(100) }

/** Before the first write, while it locks, around the one that decides, and while it applies. */
const DEATHS = [0, 5, 7, 8, 9, 12]

test('a process that dies while it creates a season with a hundred events leaves all or nothing, to every reader', async () => {
  const outcomes = new Set<number>()
  for (const writes of DEATHS) {
    const hall = await openHall()
    const body = { chartKey: 'hall', key: 'season', ...HUNDRED }
    const recover = await dyingAfter(hall, writes, (api) => api('POST /seasons', body))
    const count = (await hall.listed()).length
    outcomes.add(count)
    const found = await hall.api('GET /events/season')
    expect([found.status, (found.body?.['events'] as unknown[] | undefined)?.length]).toEqual(
      count === 0 ? [404, undefined] : [200, 100],
    )
    if (count > 0) {
      await hall.must('POST /events/e7/actions/book', { objects: ['A-1'] })
      await hall.must(CREATE, { eventKeys: ['more'] })
    }
    await recover()
    if (count === 0) await hall.must('POST /seasons', body)
    expect((await hall.must('GET /events/season')).events).toHaveLength(count === 0 ? 100 : 101)
    await hall.must('DELETE /events/season')
    expect(await hall.must('GET /charts/hall')).toMatchObject({ status: 'NOT_USED' })
  }
  expect([...outcomes].sort()).toEqual([0, 101])
}, 240_000)

test('a process that dies while it creates a hundred events in a season leaves all or none, and a season that knows them', async () => {
  const outcomes = new Set<number>()
  for (const writes of DEATHS) {
    const hall = await openHall()
    await hall.season({ eventKeys: ['first'] })
    const recover = await dyingAfter(hall, writes, (api) => api(CREATE, HUNDRED))
    const { events = [] } = await hall.must('GET /events/season')
    outcomes.add(events.length)
    expect(await hall.listed()).toHaveLength(1 + events.length)
    await recover()
    await expectWhole(hall)
    if (events.length === 1) await hall.must(CREATE, HUNDRED)
    else expect((await hall.api(CREATE, HUNDRED)).status).toBe(400)
  }
  expect([...outcomes].sort()).toEqual([1, 101])
}, 240_000)

test('every write about seasons can be repeated under a key, and does nothing the second time', async () => {
  const hall = await openHall()
  const twice = async (request: `${string} /${string}`, body?: object) => {
    const keyed = { headers: ['Idempotency-Key', request] }
    const first = await hall.api(request, body, keyed)
    const second = await hall.api(request, body, keyed)
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(first.status).toBeLessThan(300)
  }
  await twice('POST /seasons', { chartKey: 'hall', key: 'season', numberOfEvents: 30 })
  await twice(CREATE, { eventKeys: ['e1', 'e2'] })
  await twice(PARTIALS, { key: 'part', eventKeys: ['e1'] })
  await twice(ADD, { eventKeys: ['e2'] })
  await twice('DELETE /seasons/season/partial-seasons/part/events/e1')
  await twice('POST /events/e1', { isInThePast: true })
  await twice('POST /events/season', { name: 'Else' })
  const { events, partialSeasonKeys } = await hall.must('GET /events/season')
  expect([events?.length, partialSeasonKeys]).toEqual([32, ['part']])
  await twice('DELETE /events/e1')
  await twice('DELETE /events/part')
  await twice('DELETE /events/season')
  expect(await hall.listed()).toEqual([])
})
