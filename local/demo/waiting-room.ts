import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { makeAdmission } from 'holdfast/admission'
import { getAdmissionKeys, rotateAdmissionKey } from '../../lib/actions/companies/admission-keys.ts'
import type { Runtime } from '../../lib/open.ts'
import { pageHeaders } from '../http/page-headers.ts'
import type { Route } from '../http/router.ts'
import { DEMO_EVENT_KEY, DEMO_WORKSPACE_ID, demoContext } from './seed-demo.ts'
import { openWaitingLine, type Pace, type Place } from './waiting-line.ts'

// A waiting room for the demo, as small as one can be: a line in memory, and a token for whoever has come to its end. It is no part of
// Holdfast: any queue that signs with the workspace's key may stand in its place.

/** One buyer every two seconds, and nobody at once. */
const PACE: Pace = { waitMs: 4_000, intervalMs: 2_000, turnsMax: 10_000 }

/** Milliseconds for which somebody who was let in may hold, and how much in all: several baskets of the shop. */
const ADMITTED_MS = 15 * 60_000
const QUOTA = 40

/** Hexadecimal characters of a turn: who knows it gets its token. */
const TURN_LENGTH = 32

/** What the queue page asks: `POST /queue/turns?event=…` takes a place, `GET /queue/turns/…` tells it, and in the end the token. */
export function waitingRoomRoutes(runtime: Runtime): Route[] {
  const line = openWaitingLine(PACE)
  const now = () => runtime.clock.now()
  return [
    {
      method: 'POST',
      path: '/queue/turns',
      handler: () => {
        const turn = runtime.ids.hex(TURN_LENGTH)
        const place = line.join(turn, now())
        const full = { message: 'The line is too long' }
        return Promise.resolve(place ? answer(201, { turn, ...place }) : answer(503, full))
      },
    },
    {
      method: 'GET',
      path: '/queue/turns/{turnToken}',
      handler: async (event) => {
        const turn = event.pathParameters?.['turnToken'] ?? ''
        const place = line.find(turn, now())
        if (place === undefined) return answer(404, { message: 'No such turn: queue again' })
        return answer(200, await letIn(runtime, { turn, place, eventKey: eventIn(event) }))
      },
    },
  ]
}

function eventIn({ queryStringParameters: query }: APIGatewayProxyEvent): string {
  return query?.['event'] ?? DEMO_EVENT_KEY
}

async function letIn(
  runtime: Runtime,
  { turn, place, eventKey }: { turn: string; place: Place; eventKey: string },
): Promise<object> {
  if (place.place > 0) return place
  const token = await makeAdmission(await keyOf(runtime), {
    events: [eventKey],
    id: turn,
    expiresAt: runtime.clock.now() + ADMITTED_MS,
    quota: QUOTA,
  })
  return { ...place, admissionToken: token }
}

/** The key of the demo's workspace, which the first who comes to the end of the line has made. */
async function keyOf(runtime: Runtime): Promise<string> {
  const context = {
    ...demoContext(runtime),
    forgetKeys: () => {
      runtime.keyCache.clear()
    },
  }
  const workspaceId = DEMO_WORKSPACE_ID
  const found = await getAdmissionKeys(context, workspaceId)
  if (found.ok) return found.value.current
  const made = await rotateAdmissionKey(context, { workspaceId, overlapSeconds: 0 })
  if (!made.ok) throw new Error(`The demo has no admission key: ${made.refusal.code}`)
  return made.value.current
}

function answer(statusCode: number, body: object): APIGatewayProxyResult {
  const headers = pageHeaders('application/json', 'no-store')
  return { statusCode, headers, body: `${JSON.stringify(body)}\n` }
}
