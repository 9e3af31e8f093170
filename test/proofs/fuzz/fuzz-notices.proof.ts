import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { test } from 'vitest'
import { IDEMPOTENCY_KEY_HEADER } from '../../../lib/http/idempotency.ts'
import type { Route } from '../../../local/http/router.ts'
import { expectNoticed, spoilt, withBody, type Body, type Spoil } from './spoils.ts'

// A fuzzer that finds nothing is worth what it would find: here the product is spoilt, and it must be noticed.

/** Answers releases with success, and does nothing. */
const lazy: Spoil = (routes) =>
  routes.map((route): Route => {
    if (!route.path.endsWith('/release') || route.method !== 'POST') return route
    return {
      ...route,
      handler: async (event, context) => {
        const result = await route.handler({ ...event, body: null }, context)
        const labels = labelsIn(event)
        if (result.statusCode !== 400 || labels === undefined) return result
        const released = labels.map((objectLabel) => ({ objectLabel }))
        const keys = { chartKey: 'chart_x', eventKey: 'evt_x', status: 'free' }
        const body = JSON.stringify({ ...keys, releasedAt: '2027-03-04T18:20:00.000Z', released })
        return { ...result, statusCode: 200, body }
      },
    }
  })

function labelsIn({ body }: APIGatewayProxyEvent): string[] | undefined {
  try {
    const { objectLabels } = JSON.parse(Buffer.from(body ?? '', 'base64').toString()) as {
      objectLabels?: string[]
    }
    return objectLabels?.every((label) => typeof label === 'string') ? objectLabels : undefined
  } catch {
    return undefined
  }
}

/** Whoever comes without a key is let in. */
const openToAll: Spoil = (routes) => {
  const key = 'sk_test_lane1_secret_of_fuzzing'
  const basic = `Basic ${Buffer.from(`${key}:`).toString('base64')}`
  return routes.map(({ method, path, handler, takesDoubleSlashes = false }) => ({
    method,
    path,
    takesDoubleSlashes,
    handler: (event, context) => {
      const headers = { 'X-Api-Key': key, Authorization: basic, ...event.headers }
      return handler({ ...event, headers }, context)
    },
  }))
}

/** Logs what holds are asked for. */
const logging: Spoil = (routes, { log }) =>
  routes.map((route) => ({
    ...route,
    handler: (event, context) => {
      log({ body: Buffer.from(event.body ?? '', 'base64').toString() })
      return route.handler(event, context)
    },
  }))

function withToken(body: Body): Body {
  const objects = body['objects'] as Body[]
  return { ...body, objects: objects.map((seat) => ({ ...seat, holdToken: 'tkn~lane9-1' })) }
}

/** A malformed key passes as a good one; it is another each time. */
let mendings = 0
function mended(key: string): string {
  if (/^[\x20-\x7e]{1,255}$/.test(key)) return key
  mendings += 1
  return `mended ${mendings}`
}

/** Whoever uses a key again for something else gets what the first request was answered. */
function spoiltReuse(): Spoil {
  return (routes) =>
    routes.map((route) => ({
      ...route,
      handler: async (event, context) => {
        const result = await route.handler(event, context)
        return result.statusCode === 422 ? { ...result, statusCode: 200 } : result
      },
    }))
}

/** Hands every request on under another key, or under none. */
function rekeyed(rename: (key: string) => string | undefined): Spoil {
  return (routes) =>
    routes.map((route) => ({
      ...route,
      handler: (event, context) => {
        const rest = Object.entries(event.headers).filter(([name]) => !isKeyHeader(name))
        const key = event.headers[IDEMPOTENCY_KEY_HEADER]
        const renamed = key === undefined ? undefined : rename(key)
        const headers = Object.fromEntries(rest)
        if (renamed !== undefined) headers[IDEMPOTENCY_KEY_HEADER] = renamed
        return route.handler({ ...event, headers, multiValueHeaders: {} }, context)
      },
    }))
}

const isKeyHeader = (name: string) => name.toLowerCase() === IDEMPOTENCY_KEY_HEADER.toLowerCase()

/** Changes answers that were given before. */
function changedReplay(change: (result: APIGatewayProxyResult) => APIGatewayProxyResult): Spoil {
  return (routes) =>
    routes.map((route) => ({
      ...route,
      handler: async (event, context) => {
        const result = await route.handler(event, context)
        return result.headers?.['Idempotent-Replayed'] === undefined ? result : change(result)
      },
    }))
}

const isPublishable = ({ headers }: APIGatewayProxyEvent) => /^pk_/.test(headers['X-Api-Key'] ?? '')

test.each<[string, RegExp, Spoil]>([
  ['a 500', /status 500/, spoilt('/hold', (result) => ({ ...result, statusCode: 500 }))],
  [
    'a function that throws',
    /status 502/,
    (routes) =>
      routes.map((route) =>
        route.path.endsWith('/reports')
          ? { ...route, handler: () => Promise.reject(new Error('spoilt')) }
          : route,
      ),
  ],
  [
    'a status that is not documented',
    /status 202 is not documented/,
    spoilt('/publish', (result) => ({ ...result, statusCode: 202 })),
  ],
  [
    'a field of another type',
    /body of 200: \/createdAt must match format/,
    spoilt('/{eventKey}', (result) =>
      withBody(result, (body) => ('createdAt' in body ? { ...body, createdAt: 'today' } : body)),
    ),
  ],
  [
    'a field too many',
    /must NOT have additional properties/,
    spoilt('/extend', (result) => withBody(result, (body) => ({ ...body, more: 1 }))),
  ],
  ['a body that is no JSON', /no JSON/, spoilt('/status', (result) => ({ ...result, body: '{' }))],
  [
    'a content type that is not documented',
    /content type is text\/html/,
    spoilt('/charts', (result) => ({ ...result, headers: { 'content-type': 'text/html' } })),
  ],
  [
    "another buyer's token",
    /tells tkn~/,
    spoilt('/status', (result, event) =>
      isPublishable(event) ? withBody(result, withToken) : result,
    ),
  ],
  [
    'a total that counts wrongly',
    /list of charts has \d+ items and tells/,
    spoilt('/charts', (result) =>
      withBody(result, (body) =>
        typeof body['total'] === 'number' ? { ...body, total: body['total'] + 1 } : body,
      ),
    ),
  ],
  [
    'a report that counts wrongly',
    /places are held, reports count/,
    spoilt('/reports', (result) =>
      withBody(result, (body) => ({ ...body, byStatus: { held: 999, booked: 0 } })),
    ),
  ],
  ['a release that was answered and not done', /told was|lines, and \d+ changes were told/, lazy],
  ['a token in the log', /the log tells tkn~/, logging],
  ['a key that opens everything', /without a key that works/, openToAll],
  [
    'an idempotency key that is ignored',
    /a repeat (answers|does not say)/,
    rekeyed(() => undefined),
  ],
  [
    'an idempotency key that stands for any request',
    /a key that was used for another request answers 200/,
    spoiltReuse(),
  ],
  ['a malformed idempotency key that is taken', /a malformed key answers 2/, rekeyed(mended)],
  [
    'a replay with another body',
    /a repeat answers /,
    changedReplay((result) => withBody(result, (body) => ({ ...body, more: 1 }))),
  ],
  [
    'a replay that does not say so',
    /a repeat does not say that it is one/,
    changedReplay(({ headers, ...result }) => ({
      ...result,
      headers: { ...headers, 'Idempotent-Replayed': 'false' },
    })),
  ],
])('%s is noticed', async (_, wanted, spoil) => {
  await expectNoticed(spoil, wanted)
})
