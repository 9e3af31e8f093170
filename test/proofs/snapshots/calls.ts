import { createChart } from '../../../functions/seatbuilder/charts/create-chart.ts'
import { publishChart } from '../../../functions/seatbuilder/charts/publish-chart.ts'
import { createEvent } from '../../../functions/seatbuilder/events/create-event.ts'
import { bookSeats } from '../../../functions/seatbuilder/seats/book-seats.ts'
import { holdSeats } from '../../../functions/seatbuilder/seats/hold-seats.ts'
import { releaseSeats } from '../../../functions/seatbuilder/seats/release-seats.ts'
import { handlerFor } from '../../../lib/http/lambda.ts'
import type { Runtime } from '../../../lib/open.ts'
import { toLambdaContext, toProxyEvent } from '../../../local/http/api-gateway.ts'
import { createRouter } from '../../../local/http/router.ts'
import { testKeys } from '../../support/holdfast.ts'

/** Calls an endpoint; answers the body, whatever came of it. */
export type Call = (path: string, body?: object) => Promise<Record<string, unknown>>

const endpoints = [createChart, publishChart, createEvent, holdSeats, bookSeats, releaseSeats]

/** The few endpoints of a run over a runtime: a bundle has no catalog to look them up in. */
export function callsOver(runtime: Runtime): Call {
  const route = createRouter(
    endpoints.map((endpoint) => {
      const { method, path } = endpoint
      return { method, path, handler: handlerFor(endpoint, () => runtime) }
    }),
  )
  return async (path, body) => {
    const match = route('POST', path)
    if (match === undefined) throw new Error(`No route for ${path}`)
    const request = {
      method: 'POST',
      path,
      query: '',
      protocol: 'HTTP/1.1',
      rawHeaders: ['X-Api-Key', testKeys.secret],
      sourceIp: '127.0.0.1',
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
      requestId: 'run',
      time: runtime.clock.now(),
    }
    const context = toLambdaContext('run', 'run', () => 29_000)
    const result = await match.route.handler(toProxyEvent(request, match), context)
    if (result.statusCode >= 500) throw new Error(result.body)
    return JSON.parse(result.body) as Record<string, unknown>
  }
}
