import { describe, expect, test } from 'vitest'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import { readCatalog } from '../../lib/http/catalog.ts'
import { handlerFor } from '../../lib/http/lambda.ts'
import { toLambdaContext } from '../../local/http/api-gateway.ts'
import { accessesOf } from '../support/iam/accesses.ts'
import { openHoldfast } from '../support/holdfast.ts'

const { endpoints } = await readCatalog()
const closed = endpoints.filter(({ endpoint: { access } }) => access !== 'anyone')

/** What is open to anyone: what cannot have a key, and pictures, which are named by what cannot be guessed. */
const OPEN = ['get-health', 'get-thumbnail', 'not-found', 'not-found']

function eventFor(path: string, method: string, key?: string): APIGatewayProxyEvent {
  const basic = key && `Basic ${Buffer.from(`${key}:`).toString('base64')}`
  const event = {
    path: path.replace(/\{\w+\+?\}/g, '%E0%A4%A'),
    httpMethod: method,
    headers: key === undefined ? {} : { 'X-Api-Key': key, Authorization: basic },
    multiValueQueryStringParameters: { limit: ['nonsense', 'twice'] },
    requestContext: { requestId: 'r', identity: { sourceIp: '127.0.0.1' } },
    body: '{broken',
    isBase64Encoded: false,
  }
  return event as unknown as APIGatewayProxyEvent
}

test('only health, pictures and what does not exist are open to anyone', () => {
  const open = endpoints.filter(({ endpoint: { access } }) => access === 'anyone')
  expect(open.map(({ name }) => name).sort()).toEqual(OPEN)
})

describe('before it looks at path, query, body or table', () => {
  test.each(
    closed.map((entry) => [`${entry.endpoint.method} ${entry.endpoint.path}`, entry] as const),
  )('%s refuses a missing key and a wrong one', async (_, { endpoint }) => {
    const { runtime, calls } = await openHoldfast()
    const handler = handlerFor(endpoint, () => runtime)
    const context = toLambdaContext('f', 'r', () => 29_000)
    const missing = await handler(eventFor(endpoint.path, endpoint.method), context)
    expect(missing.statusCode).toBe(401)
    expect(calls.all).toEqual([])
    const wrong = await handler(eventFor(endpoint.path, endpoint.method, 'sk_test_nobody'), context)
    expect(wrong.statusCode).toBe(401)
    const read = calls.all.flatMap(({ operation, input }) => accessesOf(operation, input))
    for (const { action, partitions } of read) {
      expect([action, ...partitions.map((it) => it.slice(0, 2))]).toEqual([
        'dynamodb:GetItem',
        'K#',
      ])
    }
  })
})
