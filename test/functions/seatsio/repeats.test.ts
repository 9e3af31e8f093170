import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { openSeatsioScene, verdictOf, type SeatsioScene } from '../../support/seatsio-scene.ts'
import { seatsioEndpoints } from '../../support/seatsio.ts'

type Path = `/${string}`

interface Request {
  readonly path: Path
  readonly body: object
  readonly status: number
}

const objects = ['A-1', 'A-2']
const events = ['gala', 'ball']
const extraData = { n: 1 }
const entries = [
  { event: 'gala', status: 'booked', objects },
  { event: 'ball', type: 'RELEASE', objects },
]

const match = '/events/match-1/actions'
const spring = '/seasons/league/partial-seasons/spring/actions'

const ofSeasons: Record<string, Request> = {
  '/events/gala/actions/override-season-status': {
    path: `${match}/override-season-status`,
    body: { objects },
    status: 204,
  },
  '/events/gala/actions/use-season-status': {
    path: `${match}/use-season-status`,
    body: { objects },
    status: 204,
  },
  '/seasons/{seasonKey}/partial-seasons/{partialSeasonKey}/actions/add-events': {
    path: `${spring}/add-events`,
    body: { eventKeys: ['match-1'] },
    status: 200,
  },
}

/** A request of every endpoint that acts on an event, its seats, tokens or extra data, some with objects in the answer. */
function requestsOf(holdToken: string): Record<string, Request> {
  const of = (path: Path, body: object, status = 204): Request => ({ path, body, status })
  const named = (prefix: Path, more: object) => ({
    [`${prefix}/book`]: of(`${prefix}/book`, { ...more, objects }),
    [`${prefix}/hold`]: of(`${prefix}/hold`, { ...more, objects, holdToken }),
    [`${prefix}/release`]: of(`${prefix}/release`, { ...more, objects }),
    [`${prefix}/change-object-status`]: of(
      `${prefix}/change-object-status?expand=objects`,
      { ...more, objects, status: 'x' },
      200,
    ),
  })
  const resale = 'put-up-for-resale'
  const sale = (name: string, status = 200) => ({
    [`/events/gala/actions/${name}`]: of(`/events/gala/actions/${name}`, { forSale: [] }, status),
  })
  return {
    ...sale('mark-as-for-sale'),
    ...sale('mark-as-not-for-sale'),
    ...sale('mark-everything-as-for-sale', 204),
    ...sale('mark-everything-as-not-for-sale'),
    ...sale('edit-for-sale-config'),
    '/events/actions/edit-for-sale-config': of(
      '/events/actions/edit-for-sale-config',
      { events: { gala: { forSale: [] }, ball: { notForSale: [{ object: 'A-9' }] } } },
      200,
    ),
    '/events/gala/channels': of('/events/gala/channels', { key: 'k', name: 'K' }),
    '/events/gala/channels/replace': of('/events/gala/channels/replace', { channels: [] }),
    ...named('/events/gala/actions', {}),
    ...named('/events/groups/actions', { events }),
    ...named('/seasons/actions', { events }),
    [`/events/gala/actions/${resale}`]: of(`/events/gala/actions/${resale}`, { objects }),
    [`/events/groups/actions/${resale}`]: of(
      `/events/groups/actions/${resale}?expand=objects`,
      { events, objects },
      200,
    ),
    '/events/actions/change-object-status': of(
      '/events/actions/change-object-status?expand=objects',
      { statusChanges: entries },
      200,
    ),
    '/events/gala/actions/update-extra-data': of('/events/gala/actions/update-extra-data', {
      extraData: { 'A-1': extraData },
    }),
    '/events/gala/objects/A-1/actions/update-extra-data': of(
      '/events/gala/objects/A-1/actions/update-extra-data',
      { extraData },
    ),
    '/events/gala/actions/move-to-new-chart-copy': of(
      '/events/gala/actions/move-to-new-chart-copy',
      {},
      200,
    ),
    ...ofSeasons,
    '/hold-tokens': of('/hold-tokens', { expiresInMinutes: 7 }, 200),
    '/hold-tokens/{holdToken}': of(`/hold-tokens/${holdToken}`, { expiresInMinutes: 20 }, 200),
  }
}

async function contentsOf({ port: { reader, tableName } }: SeatsioScene): Promise<unknown> {
  const { Items = [] } = await reader.send(new ScanCommand({ TableName: tableName }))
  return Items.map((item) => JSON.stringify(item)).sort()
}

const names = Object.keys(requestsOf('t'))

test('every endpoint of this side of the surface that writes is repeated here', () => {
  const isMine = (path: string) =>
    /^\/(events|seasons)\/.*actions\/(?!create)|hold-tokens/.test(path)
  const paths = seatsioEndpoints.filter(({ method, path }) => method === 'POST' && isMine(path))
  const mine = paths.map(({ path }) => path.replace('{eventKey}', 'gala').replace('{label}', 'A-1'))
  expect(names.toSorted()).toEqual(expect.arrayContaining(mine.sort()))
})

describe('a request that is repeated under its key is answered as the first time, and changes nothing', () => {
  test.each(names)('%s', async (name) => {
    const scene = await openSeatsioScene()
    const { api, clock, token } = scene
    await api('POST /seasons', { chartKey: 'hall', key: 'league', eventKeys: ['match-1'] })
    await api('POST /seasons/league/partial-seasons', { key: 'spring' })
    const request = requestsOf(await token())[name]
    if (request === undefined) throw new Error(name)
    const send = (key: string, body: object = request.body) =>
      api(`POST ${request.path}`, body, { headers: ['Idempotency-Key', key] })
    const first = await send('order-1')
    expect(first.status).toBe(request.status)
    expect(first.headers).not.toHaveProperty('idempotent-replayed')
    clock.advance(5_000)
    const before = await contentsOf(scene)
    const second = await send('order-1')
    expect([second.status, second.text]).toEqual([first.status, first.text])
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(await contentsOf(scene)).toEqual(before)
    const other = { ...request.body, colour: 'another' }
    expect((await send('order-1', other)).status).toBe(422)
    expect(await contentsOf(scene)).toEqual(before)
  })
})

test('a refused request is not kept: under the same key it is tried again', async () => {
  const { api, change } = await openSeatsioScene()
  const book = () =>
    api(
      'POST /events/gala/actions/book',
      { objects: ['A-1'] },
      { headers: ['Idempotency-Key', 'k'] },
    )
  await change({ objects: ['A-1'], status: 'booked' })
  expect(verdictOf(await book())).toBe('400 ILLEGAL_STATUS_CHANGE')
  await change({ objects: ['A-1'], type: 'RELEASE' })
  expect(verdictOf(await book())).toBe('204')
  expect(verdictOf(await book())).toBe('204')
})

test('a large batch is repeated as it was answered, whatever became of its seats since', async () => {
  const { api, statuses } = await openSeatsioScene()
  const keys = Array.from({ length: 60 }, (_, night) => `night-${night}`)
  const made = keys.map((eventKey) => ({ eventKey }))
  await api('POST /events/actions/create-multiple', { chartKey: 'hall', events: made })
  const statusChanges = keys.map((event) => ({ event, status: 'booked', objects }))
  const send = () =>
    api(
      'POST /events/actions/change-object-status?expand=objects',
      { statusChanges },
      { headers: ['Idempotency-Key', 'large'] },
    )
  const first = await send()
  expect(first.status).toBe(200)
  await api('POST /events/night-7/actions/release', { objects })
  const second = await send()
  expect([second.status, second.body]).toEqual([200, first.body])
  expect(second.headers['idempotent-replayed']).toBe('true')
  expect(await statuses(objects, 'night-7')).toEqual(['free', 'free'])
})
