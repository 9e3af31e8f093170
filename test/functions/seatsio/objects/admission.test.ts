import { expect, test } from 'vitest'
import { makeAdmission, type Admission } from 'holdfast/admission'
import { openSeatsioScene, verdictOf } from '../../../support/seatsio-scene.ts'

const HELD = 'reservedByToken'

/** Two events, of which `gala` demands admission of everyone. */
async function open(admission = 'everyone') {
  const scene = await openSeatsioScene()
  const { api, native, clock } = scene
  const rotated = await native('POST /api/v1/admission-key/rotate')
  const key = String(rotated.body['admissionKey'])
  await native('PATCH /api/v1/events/gala', { admission })
  const make = (given: Partial<Admission> = {}, by = key) =>
    makeAdmission(by, {
      events: ['gala', 'bal'],
      id: 'turn-7',
      expiresAt: clock.now() + 60_000,
      ...given,
    })
  const holdToken = await scene.token()
  const send = async (path: string, body: object, token?: string) => {
    const headers = token === undefined ? [] : ['X-Admission-Token', token]
    const answer = await api(`POST ${path as `/${string}`}`, body, { headers })
    return verdictOf(answer)
  }
  return { ...scene, make, send, holdToken }
}

/** All ways to hold in `gala`; each names objects of its own. */
function waysToHold(holdToken: string): [path: string, body: object][] {
  const own = '/events/gala/actions'
  const best = { bestAvailable: { number: 1 }, holdToken }
  return [
    [`${own}/hold`, { objects: ['A-1'], holdToken }],
    [`${own}/hold`, best],
    [`${own}/change-object-status`, { objects: ['A-3'], status: HELD, holdToken }],
    [`${own}/change-object-status`, { ...best, status: HELD }],
    ['/events/groups/actions/hold', { events: ['ball', 'gala'], objects: ['A-5'], holdToken }],
    [
      '/events/groups/actions/change-object-status',
      { events: ['ball', 'gala'], objects: ['A-6'], status: HELD, holdToken },
    ],
    [
      '/events/actions/change-object-status',
      {
        statusChanges: [
          { event: 'ball', objects: ['A-7'], status: 'booked' },
          { event: 'gala', objects: ['A-7'], status: HELD, holdToken },
        ],
      },
    ],
  ]
}

test('every way to hold needs a token where the event demands one of everyone', async () => {
  const { send, make, holdToken } = await open()
  for (const [path, body] of waysToHold(holdToken)) {
    expect([path, await send(path, body)]).toEqual([
      path,
      expect.stringContaining('403 ADMISSION_REQUIRED') as string,
    ])
  }
  const token = await make()
  for (const [path, body] of waysToHold(holdToken)) {
    expect([path, await send(path, body, token)]).toEqual([
      path,
      expect.stringMatching(/^20[04]$/) as string,
    ])
  }
})

test('each refusal has its code here', async () => {
  const { send, make, holdToken, clock } = await open()
  const now = clock.now()
  const hold = (token: string, objects = ['B-1']) =>
    send('/events/gala/actions/hold', { objects, holdToken }, token)
  const refused = async (code: string, answered: Promise<string>) => {
    expect(await answered).toContain(`403 ${code}`)
  }
  await refused('ADMISSION_INVALID', hold('rubbish'))
  await refused('ADMISSION_INVALID', hold(await make({}, 'another key')))
  await refused('ADMISSION_EXPIRED', hold(await make({ expiresAt: now - 60_000 })))
  await refused('ADMISSION_TOO_EARLY', hold(await make({ notBefore: now + 60_000 })))
  await refused('ADMISSION_FOR_OTHER_EVENT', hold(await make({ events: ['ball'] })))
  await refused('ADMISSION_USED_UP', hold(await make({ quota: 1 }), ['B-1', 'B-2']))
  expect(await hold(await make({ quota: 1 }))).toMatch(/^20[04]$/)
  await refused('ADMISSION_USED_UP', hold(await make({ quota: 1 }), ['B-2']))
})

test('bookings, releases and other changes need none, nor does a secret key where browsers alone are asked', async () => {
  const { send, api, holdToken } = await open()
  const gala = '/events/gala/actions'
  expect(await send(`${gala}/book`, { objects: ['A-1'] })).toMatch(/^20[04]$/)
  expect(await send(`${gala}/book`, { bestAvailable: { number: 1 } })).toMatch(/^20[04]$/)
  expect(await send(`${gala}/change-object-status`, { objects: ['A-1'], status: 'seen' })).toMatch(
    /^20[04]$/,
  )
  expect(await send(`${gala}/release`, { objects: ['A-1'] })).toMatch(/^20[04]$/)
  expect((await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 20 })).status).toBe(200)
  const other = await open('browsers')
  const hold = { objects: ['A-1'], holdToken: other.holdToken }
  expect(await other.send(`${gala}/hold`, hold)).toMatch(/^20[04]$/)
})

test('an event that is changed here goes on demanding what it did', async () => {
  const { api, native, send, holdToken } = await open()
  await api('POST /events/gala', { name: 'Gala night', eventKey: 'bal' })
  expect((await native('GET /api/v1/events/bal')).body['admission']).toBe('everyone')
  const hold = await send('/events/bal/actions/hold', { objects: ['A-1'], holdToken })
  expect(hold).toContain('403 ADMISSION_REQUIRED')
})

test('a season and its events each demand for themselves, and an object in one counts once', async () => {
  const { api, native, send, make, holdToken } = await open()
  await api('POST /seasons', { chartKey: 'hall', key: 'tour', eventKeys: ['first', 'second'] })
  for (const key of ['tour', 'first']) {
    await native(`PATCH /api/v1/events/${key}`, { admission: 'everyone' })
  }
  const hold = (event: string, objects: string[], token?: string) =>
    send(`/events/${event}/actions/hold`, { objects, holdToken }, token)
  expect(await hold('second', ['B-1'])).toMatch(/^20[04]$/)
  for (const event of ['tour', 'first']) {
    expect(await hold(event, ['A-1'])).toBe('403 ADMISSION_REQUIRED')
  }
  const token = await make({ events: ['tour', 'first'], quota: 3 })
  expect(await hold('first', ['A-1', 'A-2'], token)).toMatch(/^20[04]$/)
  expect(await hold('tour', ['A-3', 'A-4'], token)).toBe('403 ADMISSION_USED_UP')
  expect(await hold('tour', ['A-3'], token)).toMatch(/^20[04]$/)
  expect(await hold('first', ['A-5'], token)).toBe('403 ADMISSION_USED_UP')
})
