import { expect, test } from 'vitest'
import { DEMO_EVENT_KEY, demoKeys, seedDemo } from '../../local/demo/seed-demo.ts'
import { openWaitingLine } from '../../local/demo/waiting-line.ts'
import { waitingRoomRoutes } from '../../local/demo/waiting-room.ts'
import { toLambdaContext, toProxyEvent } from '../../local/http/api-gateway.ts'
import { createRouter } from '../../local/http/router.ts'
import { apiOver } from '../support/api.ts'
import { openHoldfast } from '../support/holdfast.ts'

const pace = { waitMs: 4_000, intervalMs: 2_000, turnsMax: 3 }

test('a line moves by one at a time, in the order in which people came', () => {
  const line = openWaitingLine(pace)
  const places = (now: number) => ['a', 'b', 'c'].map((turn) => line.find(turn, now)?.place)
  expect(line.join('a', 0)).toEqual({ place: 2, waitMs: 4_000 })
  expect(line.join('b', 0)).toEqual({ place: 3, waitMs: 6_000 })
  expect(line.join('c', 1_000)).toEqual({ place: 4, waitMs: 7_000 })
  expect([2_000, 3_999, 4_000, 6_000, 8_000].map(places)).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    [0, 1, 2],
    [0, 0, 1],
    [0, 0, 0],
  ])
  expect(line.find('nobody', 0)).toBeUndefined()
})

test('a line that is full takes nobody more, until those have gone who were let in', () => {
  const line = openWaitingLine(pace)
  for (const turn of ['a', 'b', 'c']) line.join(turn, 0)
  expect(line.join('d', 3_999)).toBeUndefined()
  expect(line.join('d', 4_000)).toEqual({ place: 3, waitMs: 6_000 })
  expect(line.find('a', 4_000)).toBeUndefined()
  expect(line.find('b', 4_000)).toMatchObject({ place: 1 })
})

/** The waiting room of a demo whose event demands admission. */
async function open() {
  const holdfast = await openHoldfast()
  const { runtime, clock } = holdfast
  await seedDemo(runtime)
  const api = apiOver(runtime)
  const event = `/api/v1/events/${DEMO_EVENT_KEY}` as const
  await api(`PATCH ${event}`, { admission: 'browsers' }, { key: demoKeys.secret })
  const route = createRouter(waitingRoomRoutes(runtime))
  const ask = async (method: string, path: string, query = '') => {
    const match = route(method, path)
    if (match === undefined) throw new Error(`No route for ${path}`)
    const request = { method, path, query, protocol: 'HTTP/1.1', rawHeaders: [], body: Buffer.of() }
    const about = { sourceIp: '127.0.0.1', requestId: 'test', time: clock.now() }
    const context = toLambdaContext('test', 'test', () => 1_000)
    const result = await match.route.handler(toProxyEvent({ ...request, ...about }, match), context)
    return { status: result.statusCode, body: JSON.parse(result.body) as Record<string, unknown> }
  }
  const hold = (objectLabel: string, token: unknown) =>
    api(
      `POST ${event}/seats/hold`,
      { objectLabel, holdToken: 'basket-of-ada' },
      { key: demoKeys.publishable, headers: ['X-Admission-Token', String(token)] },
    )
  return { ...holdfast, ask, hold }
}

test('the demo’s waiting room lets in by and by, with a token that holds in the event that was asked for', async () => {
  const { ask, hold, clock } = await open()
  const [ada, ben] = [await ask('POST', '/queue/turns'), await ask('POST', '/queue/turns')]
  expect([ada.status, ada.body['place'], ben.body['place']]).toEqual([201, 2, 3])
  const look = (turn: unknown, query = '') => ask('GET', `/queue/turns/${String(turn)}`, query)
  expect((await look(ada.body['turn'])).body).toEqual({ place: 2, waitMs: 4_000 })
  clock.advance(4_000)
  const letIn = await look(ada.body['turn'])
  expect(letIn.body).toMatchObject({ place: 0, admissionToken: expect.any(String) as string })
  expect((await look(ben.body['turn'])).body).toEqual({ place: 1, waitMs: 2_000 })
  expect((await hold('S-A-10', letIn.body['admissionToken'])).status).toBe(200)
  const elsewhere = await look(ada.body['turn'], 'event=gala')
  expect((await hold('S-A-11', elsewhere.body['admissionToken'])).code).toBe(
    'admission_for_other_event',
  )
  expect((await look('nobody')).status).toBe(404)
  clock.advance(2_000)
  const second = await look(ben.body['turn'])
  expect((await hold('S-A-12', second.body['admissionToken'])).status).toBe(200)
})
