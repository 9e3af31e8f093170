import { expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../../support/drawings.ts'
import { seatsioOver } from '../../support/seatsio.ts'
import { openSnapshotScene, type SnapshotScene } from '../../support/snapshot-scene.ts'
import {
  changeWords,
  counts,
  extraWords,
  found,
  refusalWords,
  releasesOf,
  rowsOf,
  saleEditOf,
  stateWords,
} from '../../../web/office/desk.js'

type Rows = ReturnType<typeof rowsOf>

/** A hall of eight seats and an area of ten places; Ada has booked two seats, and holds one and three places. */
async function openDesk() {
  const drawing = rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', 10)] } })
  const scene = await openSnapshotScene(drawing)
  const { api, seats } = scene
  const ada = { holdToken: 'token-of-ada' }
  await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2', 'A-3'], ...ada })
  const extraData = { orderId: 'o_1', name: '<img src=x>' }
  await api(`POST ${seats}/book`, { objectLabels: ['A-1', 'A-2'], extraData, ...ada })
  const lawn = { objectLabel: 'Lawn', objectType: 'generalAdmission' }
  await api(`POST ${seats}/hold`, { ...lawn, quantity: 3, ...ada })
  await api(`POST ${seats}/hold`, { ...lawn, quantity: 2, holdToken: 'token-of-ben' })
  return { ...scene, seatsio: seatsioOver(scene.runtime), read: () => read(scene) }
}

async function read({ api, eventKey, settle }: SnapshotScene): Promise<Rows> {
  await settle()
  const path = `/api/v1/events/${eventKey}` as const
  const snapshot = await api(`GET ${path}/snapshot?labels=true`)
  const status = await api(`GET ${path}/status`)
  const { objects } = status.body as { objects: never[] }
  return rowsOf(snapshot.body as never, objects)
}

const inShort = (rows: Rows) => rows.map(({ label, state, quantity }) => [label, state, quantity])

test('the desk shows who has what of an event, and what is left', async () => {
  const { read } = await openDesk()
  const rows = await read()
  expect(inShort(found(rows, { state: 'taken', search: '' }))).toEqual([
    ['A-1', 'booked', undefined],
    ['A-2', 'booked', undefined],
    ['A-3', 'held', undefined],
    ['Lawn', 'held', 3],
    ['Lawn', 'held', 2],
  ])
  expect(counts(rows)).toEqual({ taken: 8, held: 6, booked: 2, off: 0, free: 10, other: 0 })
  expect(rows.find(({ label }) => label === 'A-3')).toMatchObject({ holdToken: 'token-of-ada' })
  expect(rows.find(({ label }) => label === 'A-3')?.endsAt).toBeGreaterThan(0)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
})

test('a search finds seats by label, state, token, order and category, all words at once', async () => {
  const { read } = await openDesk()
  const rows = await read()
  const labels = (search: string, state: 'all' | 'held' = 'all') =>
    found(rows, { state, search }).map(({ label }) => label)
  expect(labels('a-3')).toEqual(['A-3'])
  expect(labels(' TOKEN-OF-BEN ')).toEqual(['Lawn'])
  expect(labels('o_1')).toEqual(['A-1', 'A-2'])
  expect(labels('booked a-1')).toEqual(['A-1'])
  expect(labels('a-1', 'held')).toEqual([])
  expect(labels('nothing like that')).toEqual([])
  expect(found(rows, { state: 'free', search: '' })).toHaveLength(6)
})

test('whatever is taken can be released, also places of two buyers in one area', async () => {
  const { api, seats, read } = await openDesk()
  const taken = found(await read(), { state: 'taken', search: '' })
  for (const body of releasesOf(taken)) {
    const answer = await api(`POST ${seats}/release`, body)
    expect([body, answer.status]).toEqual([body, 200])
  }
  expect(counts(await read())).toEqual({ taken: 0, held: 0, booked: 0, off: 0, free: 18, other: 0 })
})

test('booked places of an area are released too', async () => {
  const { api, seats, read } = await openDesk()
  await api(`POST ${seats}/book`, { objectLabels: ['Lawn'], holdToken: 'token-of-ada' })
  const booked = found(await read(), { state: 'booked', search: 'lawn' })
  expect(inShort(booked)).toEqual([['Lawn', 'booked', 3]])
  const [body] = releasesOf(booked)
  expect((await api(`POST ${seats}/release`, body)).status).toBe(200)
  expect(counts(await read())).toMatchObject({ booked: 2, held: 3 })
})

test('more objects than one call takes are released in several', () => {
  const row = { category: undefined, holdToken: undefined, endsAt: undefined, extraData: undefined }
  const rows = Array.from({ length: 201 }, (_, at) => {
    return { ...row, id: `${at}`, label: `A-${at}`, state: 'booked' as const, quantity: undefined }
  })
  const calls = releasesOf(rows) as { objectLabels: string[] }[]
  expect(calls.map(({ objectLabels }) => objectLabels.length)).toEqual([200, 1])
})

test('free seats and places are taken off sale and put on sale again, and others stay as they are', async () => {
  const { seatsio, eventKey, read } = await openDesk()
  const edit = async (list: 'forSale' | 'notForSale', rows: Rows) => {
    const path = `/events/${eventKey}/actions/edit-for-sale-config` as const
    const answer = await seatsio(`POST ${path}`, saleEditOf(list, rows))
    expect(answer.status).toBe(200)
  }
  const wanted = (await read()).filter(({ label }) => ['B-1', 'B-2', 'Lawn'].includes(label))
  await edit('notForSale', found(wanted, { state: 'free', search: '' }))
  const off = found(await read(), { state: 'off', search: '' })
  expect(inShort(off)).toEqual([
    ['B-1', 'off', undefined],
    ['B-2', 'off', undefined],
    ['Lawn', 'off', 5],
  ])
  await edit('forSale', off.slice(1))
  expect(counts(await read())).toEqual({ taken: 9, held: 6, booked: 2, off: 1, free: 9, other: 0 })
})

test('data of orders are read as text, whatever they are', () => {
  expect(extraWords({ orderId: 'o_1', guest: { name: '<b>' }, of: null })).toBe(
    'orderId o_1, guest {"name":"<b>"}, of null',
  )
  expect([undefined, null, 'VIP', 3].map(extraWords)).toEqual(['', '', 'VIP', '3'])
})

test('the history of a seat is told in words', async () => {
  const { seatsio, eventKey } = await openDesk()
  const path = `/events/${eventKey}/objects/A-1/status-changes` as const
  const { body } = await seatsio(`GET ${path}`)
  const { items } = body as { items: Parameters<typeof changeWords>[0][] }
  const told = items.map(changeWords)
  expect(told.map(({ what }) => what)).toEqual(['Booked', 'Held'])
  expect(told[0]?.details).toContain('orderId o_1')
  expect(told[1]?.details).toContain('token token-of-ada')
  const gone = { status: 'sponsor', date: '2026-11-30T22:00:00Z', quantity: 2, orderId: 'o_2' }
  expect(changeWords(gone)).toMatchObject({ what: 'sponsor', details: '2 places · order o_2' })
})

test('a refusal says which object and why, in either language of the API', async () => {
  const { api, seatsio, seats, eventKey } = await openDesk()
  const refused = await api(`POST ${seats}/release`, { objectLabels: ['B-1'] })
  expect(refusalWords(refused.status, refused.body)).toBe(
    'One or more seats could not be released. B-1: not_found_or_free',
  )
  const unknown = await api('GET /api/v1/events/nothing/status')
  expect(refusalWords(unknown.status, unknown.body)).toMatch(/\w+/)
  const path = `/events/${eventKey}/actions/edit-for-sale-config` as const
  const other = await seatsio(`POST ${path}`, { notForSale: [{}] })
  expect(other.status).toBe(400)
  expect(refusalWords(other.status, other.body)).toContain('object')
  expect(refusalWords(502, undefined)).toBe('The API answered 502.')
})

test('every state has a word', () => {
  for (const words of Object.values(stateWords)) expect(words).toMatch(/^[A-Z]/)
})
