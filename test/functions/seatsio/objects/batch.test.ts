import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { labelsOf } from '../../../support/scene.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import {
  errorOf,
  openSeatsioScene,
  verdictOf,
  type Info,
  type SeatsioScene,
} from '../../../support/seatsio-scene.ts'
import type { SeatsioAnswer } from '../../../support/seatsio.ts'

const held = 'reservedByToken'

/** The status of each object right after each entry. */
function toldBy({ body }: SeatsioAnswer): Record<string, unknown>[] {
  const results = body?.['results'] as { objects: Record<string, Info> }[]
  return results.map(({ objects }) =>
    Object.fromEntries(Object.entries(objects).map(([label, { status }]) => [label, status])),
  )
}

describe('entries see what the ones before them did', () => {
  test('a booked seat is released and held in one step', async () => {
    const { batch, info, token } = await openSeatsioScene()
    const holdToken = await token()
    const objects = ['A-1']
    await batch({ event: 'gala', status: 'booked', objects })
    const answer = await batch(
      { event: 'gala', type: 'RELEASE', objects },
      { event: 'gala', status: held, holdToken, objects },
    )
    expect(toldBy(answer)).toEqual([{ 'A-1': 'free' }, { 'A-1': held }])
    expect(await info('A-1')).toMatchObject({ status: held, holdToken })
  })

  test('the other way round it is refused, and stays booked', async () => {
    const { batch, statuses, token } = await openSeatsioScene()
    const objects = ['A-1']
    await batch({ event: 'gala', status: 'booked', objects })
    const answer = await batch(
      { event: 'gala', status: held, holdToken: await token(), objects },
      { event: 'gala', type: 'RELEASE', objects },
    )
    expect(errorOf(answer)).toMatchObject({
      code: 'ILLEGAL_STATUS_CHANGE',
      data: { object: 'A-1', event: 'gala', index: 0 },
    })
    expect(await statuses(['A-1'])).toEqual(['booked'])
  })

  test('two buyers swap their seats', async () => {
    const { batch, info, change } = await openSeatsioScene()
    await change({ objects: ['A-1'], status: 'booked', orderId: 'ada' })
    await change({ objects: ['A-2'], status: 'booked', orderId: 'ben' })
    const entry = { event: 'gala' }
    const answer = await batch(
      { ...entry, type: 'RELEASE', objects: ['A-1', 'A-2'] },
      { ...entry, status: 'booked', objects: ['A-2'], orderId: 'ada' },
      { ...entry, status: 'booked', objects: ['A-1'], orderId: 'ben' },
    )
    expect(answer.status).toBe(200)
    expect([(await info('A-1'))['orderId'], (await info('A-2'))['orderId']]).toEqual(['ben', 'ada'])
  })

  test('one seat goes five ways in one batch, and each of them is told and logged', async () => {
    const { batch, lines, clock, statuses, token } = await openSeatsioScene()
    const holdToken = await token()
    const entry = { event: 'gala', objects: ['A-1'] }
    const answer = await batch(
      { ...entry, status: 'resale', resaleListingId: 'l-1' },
      { ...entry, status: held, holdToken },
      { ...entry, status: 'booked', holdToken },
      { ...entry, status: 'checkedIn' },
      { ...entry, type: 'RELEASE' },
    )
    const ways = ['resale', held, 'booked', 'checkedIn', 'resale']
    expect(toldBy(answer)).toEqual(ways.map((status) => ({ 'A-1': status })))
    clock.advance(1)
    const told = await lines()
    expect(told.map(({ status }) => status)).toEqual(ways.toReversed())
    expect(new Set(told.map(({ date }) => date)).size).toBe(1)
    expect(await statuses(['A-1'])).toEqual(['resale'])
  })

  test('guards on previous statuses look at what the entries before left', async () => {
    const { batch } = await openSeatsioScene()
    const entry = { event: 'gala', objects: ['A-1'] }
    const passes = { ...entry, status: 'y', allowedPreviousStatuses: ['x'] }
    expect(verdictOf(await batch({ ...entry, status: 'x' }, passes))).toBe('200')
    const fails = { ...entry, status: 'z', rejectedPreviousStatuses: ['x'] }
    const answer = await batch({ ...entry, status: 'x' }, fails)
    expect(errorOf(answer)).toEqual({
      code: 'ILLEGAL_STATUS_CHANGE',
      message: 'Cannot change from [x] to [z]: x is in the list of rejected previous statuses',
    })
  })

  test('a token that holds a seat within the batch may book it there, and no other may', async () => {
    const { batch, token } = await openSeatsioScene()
    const [ada, ben] = [await token(), await token()]
    const entry = { event: 'gala', objects: ['A-1'] }
    const hold = { ...entry, status: held, holdToken: ada }
    const refused = await batch(hold, { ...entry, status: 'booked', holdToken: ben })
    expect(errorOf(refused)).toMatchObject({ code: 'NOT_HELD_BY_TOKEN', data: { index: 1 } })
    const taken = await batch(hold, { ...entry, status: 'booked', holdToken: ada })
    expect(taken.status).toBe(200)
  })
})

test('the first entry that fails decides, though a later one lacks a token', async () => {
  const { batch } = await openSeatsioScene()
  const answer = await batch(
    { event: 'gala', status: 'booked', objects: ['Z-9'] },
    { event: 'gala', status: held, objects: ['A-1'] },
  )
  expect(errorOf(answer)).toMatchObject({ code: 'OBJECT_NOT_FOUND', data: { index: 0 } })
})

test('entries have their own events, tokens, order ids and extra data', async () => {
  const { batch, info, token } = await openSeatsioScene()
  const tokens = [await token(), await token(5)]
  const answer = await batch(
    { event: 'gala', status: held, holdToken: tokens[0], objects: ['A-1'], orderId: 'o-0' },
    { event: 'ball', status: held, holdToken: tokens[1], objects: ['A-1'] },
    {
      event: 'open-air',
      status: 'booked',
      objects: [{ objectId: 'A-1', ticketType: 't', extraData: { n: 2 } }],
    },
  )
  const results = answer.body?.['results'] as { objects: Record<string, Info> }[]
  for (const [place, event] of ['gala', 'ball', 'open-air'].entries()) {
    expect(results[place]?.objects).toEqual({ 'A-1': await info('A-1', event) })
  }
  expect(await info('A-1', 'gala')).toMatchObject({ holdToken: tokens[0], orderId: 'o-0' })
  expect(await info('A-1', 'ball')).toMatchObject({ holdToken: tokens[1] })
  expect(await info('A-1', 'open-air')).toMatchObject({ ticketType: 't', extraData: { n: 2 } })
})

test('without expand a batch answers nothing', async () => {
  const { api } = await openSeatsioScene()
  const statusChanges = [{ event: 'gala', status: 'booked', objects: ['A-1'] }]
  const answer = await api('POST /events/actions/change-object-status', { statusChanges })
  expect([answer.status, answer.text]).toEqual([204, ''])
})

describe('a batch whose last entry fails leaves nothing', () => {
  /** Everything in the table, by key. */
  async function contentsOf({ port: { reader, tableName } }: SeatsioScene): Promise<unknown> {
    const { Items = [] } = await reader.send(new ScanCommand({ TableName: tableName }))
    return Object.fromEntries(
      Items.map((item) => [`${String(item['pk'])} ${String(item['sk'])}`, item]),
    )
  }

  const lasts: readonly (readonly [verdict: string, last: object])[] = [
    ['404 EVENT_NOT_FOUND', { event: 'nowhere', status: 'booked', objects: ['A-9'] }],
    ['404 OBJECT_NOT_FOUND', { event: 'ball', status: 'booked', objects: ['Z-9'] }],
    ['400 ILLEGAL_STATUS_CHANGE', { event: 'ball', status: 'booked', objects: ['A-1'] }],
    ['400 HOLD_TOKEN_REQUIRED', { event: 'ball', status: held, objects: ['A-9'] }],
    ['400 NOT_HELD_BY_TOKEN', { event: 'ball', status: 'booked', objects: ['A-9'] }],
    ['400 GENERAL_ERROR', { event: 'ball', status: 'booked', objects: [] }],
    ['400 EVENT_NOT_IN_SEASON', { event: 'ball', type: 'USE_SEASON_STATUS', objects: ['A-9'] }],
  ]

  test.each(lasts)('%s', async (verdict, last) => {
    const scene = await openSeatsioScene()
    const { batch, token } = scene
    const holdToken = await token()
    await batch({ event: 'ball', status: 'booked', objects: ['A-1'] })
    const before = await contentsOf(scene)
    const many = Array.from({ length: 3 }, (_, place) => ({
      event: ['gala', 'ball', 'open-air'][place],
      status: held,
      holdToken,
      objects: labelsOf('A', 2, 8),
    }))
    const named = verdict.includes('NOT_HELD') ? { holdToken } : {}
    const answer = await batch(...many, { ...last, ...named })
    expect(verdictOf(answer)).toBe(verdict)
    expect(await contentsOf(scene)).toEqual(before)
  })
})

describe('a batch changes at most 1,000 objects, each event counted', () => {
  test('a thousand are changed, one more is refused by its own code', async () => {
    const drawing = rowDrawing({ rows: 10, seatsPerRow: 50 })
    const { batch, statuses, lines } = await openSeatsioScene(drawing)
    const rows = Array.from({ length: 10 }, (_, row) => String.fromCharCode(65 + row))
    const objects = rows.flatMap((row) => labelsOf(row, 1, 50))
    const entry = { status: 'x', objects }
    const more = { event: 'open-air', status: 'x', objects: ['A-1'] }
    const full = [
      { event: 'gala', ...entry },
      { event: 'ball', ...entry },
    ]
    expect(verdictOf(await batch(...full, more))).toBe('400 TOO_MANY_OBJECTS')
    expect(await statuses(['A-1', 'J-50'])).toEqual(['free', 'free'])
    expect(verdictOf(await batch(...full))).toBe('200')
    for (const event of ['gala', 'ball']) {
      expect(await statuses(['A-1', 'J-50'], event)).toEqual(['x', 'x'])
      expect(await lines('', event)).toHaveLength(500)
    }
  })

  test('a group over its events likewise', async () => {
    const { api } = await openSeatsioScene()
    const objects = Array.from({ length: 501 }, () => 'A-1')
    const body = { events: ['gala', 'ball'], objects }
    const path = 'POST /events/groups/actions/release'
    expect(verdictOf(await api(path, body))).toBe('400 TOO_MANY_OBJECTS')
    expect(verdictOf(await api(path, { ...body, objects: objects.slice(1) }))).toBe('204')
  })

  test('over 85 events at once, all or none', async () => {
    const { api, batch, statuses } = await openSeatsioScene()
    const keys = Array.from({ length: 85 }, (_, night) => `night-${night}`)
    const events = keys.map((eventKey) => ({ eventKey }))
    await api('POST /events/actions/create-multiple', { chartKey: 'hall', events })
    const entries = keys.map((event) => ({ event, status: 'booked', objects: ['A-1'] }))
    const twice = { event: 'night-84', status: 'booked', objects: ['A-1'] }
    expect(errorOf(await batch(...entries, twice))).toMatchObject({ data: { index: 85 } })
    expect(await statuses(['A-1'], 'night-0')).toEqual(['free'])
    expect(verdictOf(await batch(...entries))).toBe('200')
    for (const event of ['night-0', 'night-42', 'night-84']) {
      expect(await statuses(['A-1'], event)).toEqual(['booked'])
    }
  })
})
