import { expect, test } from 'vitest'
import { purgeRemoved } from '../../../../lib/afterwards/purge-removed.ts'
import { getEvent } from '../../../../lib/store/events/events.ts'
import { drawArea, rowDrawing } from '../../../support/drawings.ts'
import { runAs } from '../../../support/iam/guard.ts'
import { openSeatsioCompany, type ShownWorkspace } from '../../../support/seatsio-company.ts'
import { errorOf, type Info } from '../../../support/seatsio-scene.ts'

const DAY_MS = 86_400_000

/** A company that sells `gala` on `hall`; its clock begins in March 2027. */
async function open() {
  const company = await openSeatsioCompany()
  const { api, admin, workspace, clock } = company
  const as =
    ({ secretKey: key }: Pick<ShownWorkspace, 'secretKey'> = workspace) =>
    async (request: `${string} /${string}`, body?: unknown) => {
      const answer = await api(request, body, { key })
      expect([request, answer.text, answer.status < 300]).toEqual([request, answer.text, true])
      clock.advance(1)
      return answer
    }
  const plane = { generalAdmissionAreas: [drawArea('Lawn', 50)] }
  const own = as()
  await own('POST /system/public/charts/hall', rowDrawing({ plane, name: 'Hall' }))
  await own('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  const id = async (key: string, request = own) =>
    Number((await request(`GET /events/${key}`)).body?.['id'])
  const usage = async (path = '') => {
    const { status, body } = await admin(`GET /reports/usage${path}`)
    expect([path, status]).toEqual([path, 200])
    return body
  }
  const change = (body: object, event = 'gala') =>
    own(`POST /events/${event}/actions/change-object-status`, body)
  const ofEvent = async (month: string, event: number) =>
    (await usage(`/month/${month}/event/${event}`)) as unknown as readonly Info[]
  return { ...company, as, own, id, usage, change, ofEvent }
}

const march = (numUsedObjects: number) => ({ month: { month: 3, year: 2027 }, numUsedObjects })
const april = (numUsedObjects: number) => ({ month: { month: 4, year: 2027 }, numUsedObjects })

test('a company that sold nothing used nothing', async () => {
  const { usage, id, ofEvent, clock } = await open()
  expect(await usage()).toEqual([])
  const usageCutoffDate = new Date(clock.now()).toISOString()
  expect(await usage('?version=2')).toEqual({ usageCutoffDate, usage: [] })
  expect(await usage('/month/2027-03')).toEqual([])
  expect(await ofEvent('2027-03', await id('gala'))).toEqual([])
  expect(await ofEvent('2027-03', 1)).toEqual([])
})

test('an object is used once in an event and a month, by the reason for which it first was; of areas, places are', async () => {
  const { usage, id, ofEvent, change, own, clock, workspace } = await open()
  const { body } = await own('POST /hold-tokens', { expiresInMinutes: 10 })
  const holdToken = body?.['holdToken']
  await change({ objects: ['A-1', 'A-2'], status: 'booked' })
  await change({ objects: ['A-2'], type: 'RELEASE' })
  await change({ objects: ['A-2'], status: 'checkedIn' })
  await change({
    objects: ['A-3', { objectId: 'Lawn', quantity: 4 }],
    status: 'reservedByToken',
    holdToken,
  })
  await change({ objects: ['A-3'], status: 'booked', holdToken })
  clock.advance(10 * 60_000)
  await change({ objects: [{ objectId: 'Lawn', quantity: 6 }], status: 'booked' })
  await own('POST /events/gala/channels', { key: 'k', name: 'K', color: '#fff', objects: ['B-1'] })
  const gala = await id('gala')
  expect(await usage('?version=1')).toEqual([march(9)])
  expect(await usage('/month/2027-03')).toEqual([
    {
      workspace: workspace.id,
      usageByChart: [
        {
          chart: { name: 'Hall', key: 'hall' },
          usageByEvent: [{ event: { id: gala, key: 'gala', deleted: false }, numUsedObjects: 9 }],
        },
      ],
    },
  ])
  expect(await ofEvent('2027-03', gala)).toEqual([
    { object: 'A-1', numUsedObjects: 1, usageByReason: { STATUS_CHANGED: 1 } },
    { object: 'A-2', numUsedObjects: 1, usageByReason: { STATUS_CHANGED: 1 } },
    { object: 'A-3', numUsedObjects: 1, usageByReason: { SELECTED: 1 } },
    { object: 'Lawn', numUsedObjects: 6, usageByReason: { SELECTED: 4, STATUS_CHANGED: 2 } },
  ])
  expect(await usage('/month/2027-02')).toEqual([])
})

test('months end at midnight of UTC, and each counts what is taken in it anew', async () => {
  const { usage, id, ofEvent, change, clock } = await open()
  const end = Date.UTC(2027, 3, 1)
  clock.advance(end - 1 - clock.now())
  await change({ objects: ['A-1', 'A-2'], status: 'booked' })
  expect(clock.now()).toBe(end)
  await change({ objects: ['A-1'], status: 'checkedIn' })
  await change({ objects: ['A-2'], type: 'RELEASE' })
  await change({ objects: ['A-2', 'B-1', 'B-2'], status: 'booked' })
  expect(await usage()).toEqual([march(2), april(3)])
  const told = await ofEvent('2027-04', await id('gala'))
  expect(told.map(({ object }) => object)).toEqual(['A-2', 'B-1', 'B-2'])
})

test('what a deleted event used stays told, month by month, after its history is gone', async () => {
  const { usage, id, ofEvent, change, own, clock, runtime, admin } = await open()
  await own('POST /events', { chartKey: 'hall', eventKey: 'ball' })
  await change({ objects: ['B-1'], status: 'booked' }, 'ball')
  await change({ objects: ['A-1', { objectId: 'Lawn', quantity: 3 }], status: 'booked' })
  clock.advance(40 * DAY_MS)
  await change({ objects: ['A-2'], status: 'booked' })
  const [gala, before] = [await id('gala'), await usage()]
  expect(before).toEqual([march(5), april(1)])
  const details = await ofEvent('2027-03', gala)
  const caller = await ownerOf(admin)
  const event = await getEvent(runtime.store, caller, 'gala')
  if (event === undefined) throw new Error('There is no event')
  await own('DELETE /events/gala')
  const purge = () =>
    runAs('workers/watch-table', () => purgeRemoved(runtime.store, { kind: 'event', event }))
  expect(await purge()).toBe(true)
  // Again, with nothing left to count: what is kept stays.
  expect(await purge()).toBe(true)
  expect(await usage()).toEqual(before)
  expect(await ofEvent('2027-03', gala)).toEqual(details)
  expect(await usage('/month/2027-03')).toMatchObject([
    {
      usageByChart: [
        {
          usageByEvent: [
            { event: { id: gala, key: 'gala', deleted: true }, numUsedObjects: 4 },
            { event: { key: 'ball', deleted: false }, numUsedObjects: 1 },
          ],
        },
      ],
    },
  ])

  /** The internal id of the company's workspace. */
  async function ownerOf(ask: typeof admin): Promise<string> {
    const { body } = await ask('GET /accounts/me')
    const name = String(body?.['publicKey'])
    const { findWorkspace } = await import('../../../../lib/store/companies/workspaces.ts')
    return (await findWorkspace(runtime.store, name))?.workspaceId ?? ''
  }
})

test('all workspaces of the company are told, and no other company', async () => {
  const { usage, createWorkspace, as, change, own } = await open()
  const second = await createWorkspace('Second')
  const other = as(second)
  await other('POST /system/public/charts/yard', rowDrawing({ name: 'Yard' }))
  for (const eventKey of ['a', 'b']) await other('POST /events', { chartKey: 'yard', eventKey })
  await other('POST /events/b/actions/book', { objects: ['A-1'] })
  await own('POST /system/public/charts/attic', rowDrawing({ name: 'Attic' }))
  await own('POST /events', { chartKey: 'attic', eventKey: 'tea' })
  await change({ objects: ['A-1'], status: 'booked' }, 'tea')
  await change({ objects: ['A-1', 'A-2'], status: 'booked' })
  const told = (await usage('/month/2027-03')) as unknown as {
    workspace: number
    usageByChart: { chart: object; usageByEvent: { event: Info; numUsedObjects: number }[] }[]
  }[]
  const flat = told.flatMap(({ workspace, usageByChart }) =>
    usageByChart.flatMap(({ chart, usageByEvent }) =>
      usageByEvent.map(({ event, numUsedObjects }) => [
        workspace === second.id ? 'second' : 'first',
        (chart as { name: string }).name,
        event['key'],
        numUsedObjects,
      ]),
    ),
  )
  expect(flat).toEqual([
    ['first', 'Hall', 'gala', 2],
    ['first', 'Attic', 'tea', 1],
    ['second', 'Yard', 'b', 1],
  ])
  expect(await usage()).toEqual([march(4)])
})

test('a large sale is in the month of its decision', async () => {
  const { usage, change, own, clock } = await open()
  await own('POST /system/public/charts/arena', rowDrawing({ rows: 3, seatsPerRow: 60 }))
  await own('POST /events', { chartKey: 'arena', eventKey: 'final' })
  const row = (name: string) => Array.from({ length: 60 }, (_, at) => `${name}-${at + 1}`)
  await change({ objects: [...row('A'), ...row('B'), ...row('C')], status: 'booked' }, 'final')
  clock.advance(40 * DAY_MS)
  expect(await usage()).toEqual([march(180)])
})

test('nobody is charged for rendering, and there is no subscription', async () => {
  const { usage, admin } = await open()
  const { body } = await admin('GET /accounts/me')
  const companyId = (body?.['company'] as Info | undefined)?.['id']
  expect(await usage('/rendering')).toEqual({ companyId, usage: {} })
  const month = { month: 3, year: 2027 }
  expect(await usage('/rendering/month/2027-03')).toEqual({ companyId, month, usage: {} })
  expect(await usage('/rendering/month/2027-03/chart/hall')).toEqual({})
  expect((await admin('GET /reports/subscription')).body).toEqual({})
})

test('a month or an event that is none is named', async () => {
  const { admin } = await open()
  const faults = [
    ['?version=3', '#/version: '],
    ['/month/2027-13', '#/month: expected month'],
    ['/month/27-03', '#/month: expected month'],
    ['/month/2027-3/event/1', '#/month: expected month'],
    ['/month/2027-03/event/gala', '#/eventId: expected the id'],
    ['/rendering/month/march', '#/month: expected month'],
    ['/rendering/month/march/chart/hall', '#/month: expected month'],
  ]
  for (const [path = '', message = ''] of faults) {
    const answer = await admin(`GET /reports/usage${path}`)
    const told = String(errorOf(answer)['message'])
    expect([path, answer.status, told.slice(0, message.length)]).toEqual([path, 400, message])
  }
})
