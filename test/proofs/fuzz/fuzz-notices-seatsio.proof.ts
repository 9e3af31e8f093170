import type { APIGatewayProxyResult } from 'aws-lambda'
import { test } from 'vitest'
import type { Route } from '../../../local/http/router.ts'
import { expectNoticed, spoilt, withBody, type Body, type Spoil } from './spoils.ts'

// The fuzzer notices what is spoilt on the second surface, and where the two surfaces no longer agree.

/** Changes every object that an answer shows. */
function eachInfo(
  change: (info: Body) => Body,
): (result: APIGatewayProxyResult) => APIGatewayProxyResult {
  return (result) =>
    withBody(result, (body) =>
      Object.fromEntries(
        Object.entries(body).map(([label, info]) => [label, change(info as Body)]),
      ),
    )
}

/** Changes errors that have a body. */
function spoiltErrors(change: (body: Body) => Body): Spoil {
  return (routes) =>
    routes.map((route) => ({
      ...route,
      handler: async (event, context) => {
        const result = await route.handler(event, context)
        const isOurs = !route.path.startsWith('/api/') && /^{.*"errors":\[/.test(result.body)
        return isOurs && result.statusCode >= 400 ? withBody(result, change) : result
      },
    }))
}

/** Answers batches with success, and does nothing. */
const lazyBatch: Spoil = (routes) =>
  routes.map((route): Route => {
    if (route.path !== '/events/actions/change-object-status') return route
    return {
      ...route,
      handler: async (event, context) => {
        const result = await route.handler({ ...event, body: null }, context)
        return result.statusCode === 400 ? { ...result, statusCode: 204, body: '' } : result
      },
    }
  })

/** Knows only credentials with a colon behind the key. */
const strictBasic: Spoil = (routes) =>
  routes.map((route) => ({
    ...route,
    handler: (event, context) => {
      const { Authorization: sent = '', ...headers } = event.headers
      const [, encoded = ''] = sent.trim().split(/\s+/, 2)
      const hasColon = Buffer.from(encoded, 'base64').includes(':')
      return route.handler(hasColon ? event : { ...event, headers, multiValueHeaders: {} }, context)
    },
  }))

/** Shows the first token that was issued in the place of every other one. */
function showsFirstToken(): Spoil {
  let first: unknown
  return spoilt('/hold-tokens', (result) =>
    withBody(result, (body) => ({ ...body, holdToken: (first ??= body['holdToken']) })),
  )
}

const withTwoErrors = (body: Body): Body => {
  const errors = body['errors'] as unknown[]
  return { ...body, errors: [...errors, ...errors] }
}

const withoutNewest = (body: Body): Body => ({ ...body, items: (body['items'] as Body[]).slice(1) })

test.each<[string, RegExp, Spoil]>([
  [
    'a null',
    /a null in the answer/,
    spoilt(
      '/objects',
      eachInfo((info) => ({ ...info, zone: null })),
    ),
  ],
  [
    "another workspace's extra data",
    /tells data~stranger-7/,
    spoilt(
      '/objects',
      eachInfo((info) => ({ ...info, extraData: { of: 'data~stranger-7' } })),
    ),
  ],
  ["another workspace's hold token", /a token of another workspace/, showsFirstToken()],
  ['a second entry in errors', /must NOT have more than 1 items/, spoiltErrors(withTwoErrors)],
  [
    "another request's id",
    /requestId is not the header/,
    spoiltErrors((body) => ({ ...body, requestId: 'of another one' })),
  ],
  ['a batch that was answered and not done', /lines, and \d+ changes were told/, lazyBatch],
  [
    'a log that leaves out what is newest',
    /lines, and \d+ changes were told/,
    spoilt('/events/{eventKey}/status-changes', (result) => withBody(result, withoutNewest)),
  ],
  [
    'a seat that is free here and taken there',
    /is free here, and there \{"objectLabel"/,
    spoilt(
      '/objects',
      eachInfo(({ holdToken: _, ...info }) => ({ ...info, status: 'free' })),
    ),
  ],
  [
    'a place that is booked here and free there',
    /is \{.*\} here, and there \[/,
    spoilt(
      '/objects',
      eachInfo((info) => ('numBooked' in info ? { ...info, numBooked: 3 } : info)),
    ),
  ],
  ['a key without a colon that opens nothing', /401 with a key that works/, strictBasic],
])('%s is noticed', async (_, wanted, spoil) => {
  await expectNoticed(spoil, wanted)
})
