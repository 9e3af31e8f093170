import { describe, expect, test } from 'vitest'
import { drawRow, drawSeat, drawSection, rowDrawing } from '../../../support/drawings.ts'
import { errorOf, openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

const held = 'reservedByToken'

describe('a line of the log', () => {
  test('has every field that its change gave it, right after the change', async () => {
    const { api, change, lines, token, clock } = await openSeatsioScene()
    const { body: event } = await api('GET /events/gala')
    const holdToken = await token()
    await change({ objects: ['A-1'], status: held, holdToken })
    clock.advance(250)
    await change({
      objects: [{ objectId: 'A-1', extraData: { guest: 'g-1' }, ticketType: 'adult' }],
      status: 'booked',
      holdToken,
      orderId: 'o-1',
    })
    const [booked, hold] = await lines()
    expect(booked).toEqual({
      id: expect.any(Number) as number,
      eventId: event?.['id'],
      status: 'booked',
      quantity: 1,
      objectLabel: 'A-1',
      displayedLabel: 'A-1',
      date: new Date(clock.now()).toISOString(),
      orderId: 'o-1',
      extraData: { guest: 'g-1' },
      holdToken,
      origin: { type: 'API_CALL', ip: '127.0.0.1' },
      isPresentOnChart: true,
    })
    expect(hold).toMatchObject({ status: held, holdToken })
    expect(hold).not.toHaveProperty('orderId')
    expect(hold).not.toHaveProperty('extraData')
    expect(Number.isSafeInteger(booked?.id)).toBe(true)
    expect(booked?.id).toBeGreaterThan(hold?.id ?? 0)
  })

  test('has no token where the call named none, though the object was held', async () => {
    const { change, lines, token } = await openSeatsioScene()
    await change({ objects: ['A-1', 'A-2'], status: held, holdToken: await token() })
    await change({ objects: ['A-1'], status: 'booked' })
    await change({ objects: ['A-2'], type: 'RELEASE', orderId: 'refund' })
    const told = (await lines()).filter(({ status }) => status !== held)
    expect(told).toHaveLength(2)
    for (const line of told) expect(line).not.toHaveProperty('holdToken')
    expect(told.find(({ objectLabel }) => objectLabel === 'A-2')).toMatchObject({
      status: 'free',
      orderId: 'refund',
    })
  })

  test('tells extra data that was kept, and none that was dropped', async () => {
    const { change, lines, clock } = await openSeatsioScene()
    const given = { objectId: 'A-1', extraData: { n: 1 } }
    await change({ objects: [given], status: 'a' })
    for (const [status, keepExtraData] of [
      ['b', true],
      ['c', false],
      ['d', true],
    ] as const) {
      clock.advance(1)
      await change({ objects: ['A-1'], status, keepExtraData })
    }
    const told = (await lines()).map(({ status, extraData }) => [status, extraData])
    expect(told).toEqual([
      ['d', undefined],
      ['c', undefined],
      ['b', { n: 1 }],
      ['a', { n: 1 }],
    ])
  })

  test('is written for every object, also where its status stays: a release of what is free', async () => {
    const { change, lines, clock } = await openSeatsioScene()
    await change({ objects: ['A-1'], type: 'RELEASE' })
    clock.advance(1)
    await change({ objects: ['A-2', 'A-1'], status: 'free' })
    expect((await lines()).map(({ objectLabel, status }) => [objectLabel, status])).toEqual([
      ['A-1', 'free'],
      ['A-2', 'free'],
      ['A-1', 'free'],
    ])
  })

  test('says resale where a release led back there', async () => {
    const { change, lines, clock } = await openSeatsioScene()
    for (const target of [{ status: 'resale' }, { status: 'booked' }, { type: 'RELEASE' }]) {
      await change({ objects: ['A-1'], ...target })
      clock.advance(1)
    }
    expect((await lines()).map(({ status }) => status)).toEqual(['resale', 'booked', 'resale'])
  })

  test('shows the label as buyers see it, and tells when the chart has lost it', async () => {
    const shown = drawRow('A', [drawSeat('1'), drawSeat('2', { displayLabel: 'two', x: 21 })], {
      displayLabel: 'Front',
    })
    const section = drawSection('East', { rows: [shown] }, { displayLabel: 'E' })
    const { api, change, lines, clock } = await openSeatsioScene(
      rowDrawing({ plane: { sections: [section] } }),
    )
    await change({ objects: ['East-A-2'], status: 'booked' })
    clock.advance(1)
    expect(await lines()).toMatchObject([
      { objectLabel: 'East-A-2', displayedLabel: 'E-Front-two', isPresentOnChart: true },
    ])
    await api('POST /system/public/charts/hall', rowDrawing())
    const [line] = await lines()
    expect(line).toMatchObject({
      objectLabel: 'East-A-2',
      displayedLabel: 'East-A-2',
      isPresentOnChart: false,
      notPresentOnChartReason: 'RENAMED_OR_DELETED',
    })
  })
})

test('extra data that is updated leaves no line', async () => {
  const { api, change, lines } = await openSeatsioScene()
  await change({ objects: ['A-1'], status: 'booked' })
  const one = { extraData: { n: 1 } }
  await api('POST /events/gala/objects/A-1/actions/update-extra-data', one)
  await api('POST /events/gala/actions/update-extra-data', { extraData: { 'A-2': { n: 1 } } })
  expect((await lines()).map(({ status }) => status)).toEqual(['booked'])
  const { body } = await api('GET /events/gala/objects/A-2/status-changes')
  expect(body).toEqual({ items: [] })
})

test('a hold that ran out is told as that, at the moment in which somebody met it', async () => {
  const { change, lines, token, clock } = await openSeatsioScene()
  const holdToken = await token(1)
  await change({ objects: ['A-1', 'A-2'], status: held, holdToken })
  clock.advance(60_000)
  await change({ objects: ['A-1'], status: 'booked' })
  const told = await lines('sort=status')
  expect(told.map(({ objectLabel, status }) => [objectLabel, status])).toEqual([
    ['A-1', 'booked'],
    ['A-1', 'free'],
    ['A-2', held],
    ['A-1', held],
  ])
  expect(told[1]).toMatchObject({ origin: { type: 'HOLD_EXPIRED' } })
  for (const field of ['holdToken', 'orderId', 'extraData'])
    expect(told[1]).not.toHaveProperty(field)
})

test('events have logs of their own, and an unknown one has none', async () => {
  const { api, change, lines } = await openSeatsioScene()
  await change({ objects: ['A-1'], status: 'booked' })
  expect(await lines('', 'ball')).toEqual([])
  for (const path of ['status-changes', 'objects/A-1/status-changes']) {
    expect(verdictOf(await api(`GET /events/nowhere/${path}`))).toBe('404 EVENT_NOT_FOUND')
  }
})

test('an event that is made anew under the same key starts with an empty log and free seats', async () => {
  const { api, change, lines, statuses } = await openSeatsioScene()
  await change({ objects: ['A-1'], status: 'booked' })
  await api('DELETE /events/gala')
  await api('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  expect([await lines(), await statuses(['A-1'])]).toEqual([[], ['free']])
})

test('the log of one object is that of its exact label, newest first', async () => {
  const { api, change, clock } = await openSeatsioScene()
  for (const [label, status] of [
    ['A-1', 'x'],
    ['A-10', 'x'],
    ['A-1', 'y'],
    ['B-1', 'x'],
    ['A-1', 'z'],
  ] as const) {
    await change({ objects: [label], status })
    clock.advance(1)
  }
  const page = async (query: string) => {
    const { body } = await api(`GET /events/gala/objects/A-1/status-changes?${query}`)
    return body as { items: { id: number; objectLabel: string; status: string }[] }
  }
  const { items, ...cursors } = await page('')
  expect(items.map(({ objectLabel, status }) => [objectLabel, status])).toEqual([
    ['A-1', 'z'],
    ['A-1', 'y'],
    ['A-1', 'x'],
  ])
  expect(cursors).toEqual({})
  const ids = items.map(({ id }) => String(id))
  expect(await page('limit=1')).toEqual({ items: [items[0]], next_page_starts_after: ids[0] })
  expect(await page(`limit=1&start_after_id=${ids[0]}`)).toEqual({
    items: [items[1]],
    next_page_starts_after: ids[1],
    previous_page_ends_before: ids[1],
  })
  expect(await page(`limit=1&end_before_id=${ids[2]}`)).toEqual({
    items: [items[1]],
    next_page_starts_after: ids[1],
    previous_page_ends_before: ids[1],
  })
})

describe('what the log cannot be asked for', () => {
  test.each([
    'limit=0',
    'limit=-1',
    'limit=x',
    'limit=1.5',
    'start_after_id=x',
    'end_before_id=-1',
    'start_after_id=1&end_before_id=2',
    'sort=price',
    'sort=date:up',
    'sort=date:asc:asc',
    'sort=date&sort=status',
  ])('%s', async (query) => {
    const { api } = await openSeatsioScene()
    const answer = await api(`GET /events/gala/status-changes?${query}`)
    expect(verdictOf(answer)).toBe('400 GENERAL_ERROR')
    expect(errorOf(answer)['message']).toMatch(/^#/)
  })
})
