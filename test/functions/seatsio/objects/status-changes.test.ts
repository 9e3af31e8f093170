import { describe, expect, test } from 'vitest'
import { drawArea, drawBooth, drawTable, rowDrawing } from '../../../support/drawings.ts'
import {
  errorOf,
  objectsOf,
  openSeatsioScene,
  verdictOf,
  type SeatsioScene,
} from '../../../support/seatsio-scene.ts'
import { testKeys, testWorkspaceKeys } from '../../../support/holdfast.ts'

describe('the guards on previous statuses say exactly this, and nothing else', () => {
  const guards = [
    ['allowed', ['free', 'x'], 'booked is not in the list of allowed previous statuses'],
    ['rejected', ['free', 'booked'], 'booked is in the list of rejected previous statuses'],
  ] as const

  test.each(guards)('%s: %j', async (name, list, reason) => {
    const { api, change, batch } = await openSeatsioScene()
    await change({ objects: ['A-1'], status: 'booked' })
    const guard = { objects: ['A-1'], [`${name}PreviousStatuses`]: list }
    const message = (to: string) => `Cannot change from [booked] to [${to}]: ${reason}`
    const errorsOf = (answer: { body: unknown }) => (answer.body as { errors: unknown }).errors
    for (const [target, to] of [
      [{ status: 'x' }, 'x'],
      [{ status: 'resale' }, 'resale'],
      [{ type: 'RELEASE' }, 'free'],
    ] as const) {
      const expected = [{ code: 'ILLEGAL_STATUS_CHANGE', message: message(to) }]
      const body = { ...guard, ...target }
      expect(errorsOf(await change(body))).toEqual(expected)
      const group = { ...body, events: ['gala', 'ball'] }
      const many = await api('POST /events/groups/actions/change-object-status', group)
      expect(errorsOf(many)).toEqual(expected)
      const free = { event: 'ball', objects: ['A-2'], status: 'x' }
      expect(errorsOf(await batch(free, { event: 'gala', ...body }))).toEqual(expected)
    }
    const booked = [{ code: 'ILLEGAL_STATUS_CHANGE', message: message('booked') }]
    expect(errorsOf(await api('POST /events/gala/actions/book', guard))).toEqual(booked)
  })

  test('they name held objects and holds by the words of the API', async () => {
    const { change, token } = await openSeatsioScene()
    const hold = { objects: ['A-1'], status: 'reservedByToken', holdToken: await token() }
    await change(hold)
    const { message } = errorOf(await change({ ...hold, rejectedPreviousStatuses: [hold.status] }))
    expect(message).toBe(
      'Cannot change from [reservedByToken] to [reservedByToken]: reservedByToken is in the list of rejected previous statuses',
    )
  })

  test('statuses that the lists allow pass, each object by itself', async () => {
    const { change, statuses } = await openSeatsioScene()
    await change({ objects: ['A-1'], status: 'booked' })
    await change({ objects: ['A-2'], status: 'x' })
    const objects = ['A-1', 'A-2']
    expect(
      verdictOf(await change({ objects, status: 'y', allowedPreviousStatuses: ['x', 'booked'] })),
    ).toBe('200')
    expect(
      verdictOf(await change({ objects, status: 'z', rejectedPreviousStatuses: ['free'] })),
    ).toBe('200')
    await change({ objects: ['A-2'], status: 'free' })
    const refused = await change({ objects, status: 'w', allowedPreviousStatuses: ['z'] })
    expect(errorOf(refused)['message']).toMatch(/^Cannot change from \[free\] to \[w\]/)
    expect(await statuses(objects)).toEqual(['z', 'free'])
  })
})

test('a refused transition names the object and the event, once', async () => {
  const { change } = await openSeatsioScene()
  await change({ objects: ['A-2', 'A-3'], status: 'booked' })
  const { status, body } = await change({ objects: ['A-1', 'A-2', 'A-3'], status: 'booked' })
  expect([status, body?.['errors']]).toEqual([
    400,
    [
      {
        code: 'ILLEGAL_STATUS_CHANGE',
        message: 'Cannot change from [booked] to [booked]: A-2 is not free',
        data: { object: 'A-2', event: 'gala' },
      },
    ],
  ])
})

describe('what is wrong is told in the order in which it is checked', () => {
  /** Each fault with what it gets; each request has all faults that follow as well. */
  const faults: readonly (readonly [verdict: string, fault: object])[] = [
    ['404 EVENT_NOT_FOUND', { event: 'nowhere' }],
    ['400 HOLD_TOKEN_NOT_FOUND', { holdToken: 'nobody-has-it' }],
    ['404 OBJECT_NOT_FOUND', { objects: ['Z-1'] }],
    ['400 ILLEGAL_STATUS_CHANGE', { rejectedPreviousStatuses: ['free', 'reservedByToken'] }],
    ['400 NOT_HELD_BY_TOKEN', {}],
  ]

  test.each(faults.map(([verdict], place) => [verdict, place] as const))(
    '%s comes before all that follow',
    async (verdict, place) => {
      const { api, batch, token } = await openSeatsioScene()
      const valid = { event: 'gala', holdToken: await token(), objects: ['A-1'], status: 'booked' }
      const all = faults.slice(place).map(([, fault]) => fault)
      const { event, ...body } = Object.assign({}, valid, ...all) as typeof valid
      const one = await api(`POST /events/${event}/actions/change-object-status`, body)
      const group = { events: [event], ...body }
      const many = await api('POST /events/groups/actions/change-object-status', group)
      const entries = await batch({ event, ...body })
      expect([one, many, entries].map(verdictOf)).toEqual([verdict, verdict, verdict])
    },
  )

  test('an unknown event comes before a missing hold token', async () => {
    const { api } = await openSeatsioScene()
    const hold = { objects: ['A-1'] }
    const group = { events: ['gala', 'nowhere'], ...hold }
    expect([
      verdictOf(await api('POST /events/nowhere/actions/hold', hold)),
      verdictOf(await api('POST /events/groups/actions/hold', group)),
    ]).toEqual(['404 EVENT_NOT_FOUND', '404 EVENT_NOT_FOUND'])
  })

  test('a guard on previous statuses comes before the transition', async () => {
    const { change } = await openSeatsioScene()
    await change({ objects: ['A-1'], status: 'booked' })
    const again = { objects: ['A-1'], status: 'booked', rejectedPreviousStatuses: ['booked'] }
    expect(errorOf(await change(again))).not.toHaveProperty('data')
  })

  test('of several objects the first that fails decides, whatever the others would say', async () => {
    const { change } = await openSeatsioScene()
    await change({ objects: ['A-1'], status: 'booked' })
    const codes: unknown[] = []
    for (const objects of [
      ['A-1', 'Z-1'],
      ['Z-1', 'A-1'],
    ]) {
      codes.push(errorOf(await change({ objects, status: 'booked' }))['code'])
    }
    expect(codes).toEqual(['ILLEGAL_STATUS_CHANGE', 'OBJECT_NOT_FOUND'])
  })

  test('an event of another workspace is unknown there', async () => {
    const { api } = await openSeatsioScene()
    const { status, body } = await api(
      'POST /events/gala/actions/book',
      { objects: ['A-1'] },
      { key: testKeys.otherSecret },
    )
    const message = `Event not found: gala was not found in workspace ${testWorkspaceKeys.two}`
    expect([status, body?.['messages']]).toEqual([404, [message]])
  })
})

describe('what is not sold alone', () => {
  const plane = {
    tables: [drawTable('T1', 2, { bookAsAWhole: true }), drawTable('T2', 2)],
    booths: [drawBooth('B1')],
    generalAdmissionAreas: [drawArea('Lawn', 9)],
  }

  test('a booth and a seat at a table that is sold by seat change like any seat', async () => {
    const { change, statuses } = await openSeatsioScene(rowDrawing({ plane }))
    expect(verdictOf(await change({ objects: ['B1', 'T2-1'], status: 'booked' }))).toBe('200')
    expect(await statuses(['B1', 'T2-1', 'T2-2'])).toEqual(['booked', 'booked', 'free'])
  })

  test('a seat of a table sold whole and a table sold by seat are no objects of the event', async () => {
    const { change } = await openSeatsioScene(rowDrawing({ plane }))
    for (const label of ['T1-1', 'T2']) {
      const answer = await change({ objects: ['A-1', label], status: 'booked' })
      expect(verdictOf(answer)).toBe('404 OBJECT_NOT_FOUND')
    }
  })
})

describe('the named actions for one event', () => {
  const path = (action: string) => `POST /events/gala/actions/${action}` as const

  async function openWithToken(): Promise<SeatsioScene & { holdToken: string }> {
    const scene = await openSeatsioScene()
    return { ...scene, holdToken: await scene.token() }
  }

  test('do what they are called, and answer nothing unless objects are asked for', async () => {
    const { api, statuses, holdToken } = await openWithToken()
    const objects = ['A-1', { objectId: 'A-2', ticketType: 'adult' }]
    const now = () => statuses(['A-1', 'A-2'])
    const run = async (action: string, body: object) => (await api(path(action), body)).status
    expect(await run('hold', { objects, holdToken })).toBe(204)
    expect(await now()).toEqual(['reservedByToken', 'reservedByToken'])
    expect(await run('book', { objects, holdToken, orderId: 'o-1' })).toBe(204)
    expect(await now()).toEqual(['booked', 'booked'])
    expect(await run('put-up-for-resale', { objects, resaleListingId: 'l-1' })).toBe(204)
    expect(await now()).toEqual(['resale', 'resale'])
    expect(await run('book', { objects })).toBe(204)
    expect(await run('release', { objects, orderId: 'refund' })).toBe(204)
    expect(await now()).toEqual(['resale', 'resale'])
    const expanded = await api(`${path('release')}?expand=objects`, { objects })
    expect([expanded.status, Object.keys(objectsOf(expanded))]).toEqual([200, ['A-1', 'A-2']])
    expect(objectsOf(expanded)['A-2']).toMatchObject({ label: 'A-2', status: 'free' })
  })

  test('show with expand what the object reads afterwards, one entry for each label', async () => {
    const { api, infos, holdToken } = await openWithToken()
    const objects = ['A-2', { objectId: 'A-1', extraData: { a: 1 }, ticketType: 't' }]
    for (const action of ['hold', 'book', 'put-up-for-resale', 'release']) {
      const body = { objects, orderId: action, ...(action === 'hold' ? { holdToken } : {}) }
      const answer = await api(`${path(action)}?expand=other&expand=objects`, body)
      expect(objectsOf(answer)).toEqual(await infos(['A-1', 'A-2']))
    }
    expect((await api(`${path('release')}?expand=`, { objects })).status).toBe(204)
    expect((await api(`${path('release')}?expand=other`, { objects })).status).toBe(204)
  })

  test('a hold needs a token, and one that was issued', async () => {
    const { api } = await openWithToken()
    const hold = (more: object) => api(path('hold'), { objects: ['A-1'], ...more })
    expect(verdictOf(await hold({}))).toBe('400 HOLD_TOKEN_REQUIRED')
    expect(verdictOf(await hold({ holdToken: null }))).toBe('400 HOLD_TOKEN_REQUIRED')
    expect(verdictOf(await hold({ holdToken: 'made-up-token' }))).toBe('400 HOLD_TOKEN_NOT_FOUND')
  })

  test('put up for resale twice needs a listing the second time', async () => {
    const { api } = await openWithToken()
    const resale = (more: object) => api(path('put-up-for-resale'), { objects: ['A-1'], ...more })
    expect(verdictOf(await resale({}))).toBe('204')
    expect(verdictOf(await resale({}))).toBe('400 ILLEGAL_STATUS_CHANGE')
    expect(verdictOf(await resale({ resaleListingId: 'l-2' }))).toBe('204')
  })

  test('take the guards on previous statuses too', async () => {
    const { api } = await openWithToken()
    const guarded = { objects: ['A-1'], allowedPreviousStatuses: ['resale'] }
    for (const action of ['book', 'release', 'put-up-for-resale']) {
      expect(verdictOf(await api(path(action), guarded))).toBe('400 ILLEGAL_STATUS_CHANGE')
    }
  })
})

test('a booking with a token takes only what that token holds, all of it', async () => {
  const { change, statuses, token } = await openSeatsioScene()
  const holdToken = await token()
  await change({ objects: ['A-1'], status: 'reservedByToken', holdToken })
  const mixed = await change({ objects: ['A-1', 'A-2'], status: 'booked', holdToken })
  expect(errorOf(mixed)).toMatchObject({
    code: 'NOT_HELD_BY_TOKEN',
    data: { object: 'A-2', event: 'gala' },
  })
  expect(await statuses(['A-1', 'A-2'])).toEqual(['reservedByToken', 'free'])
})
