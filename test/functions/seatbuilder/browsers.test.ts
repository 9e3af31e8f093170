import { expect, test } from 'vitest'
import { readCatalog } from '../../../lib/http/catalog.ts'
import { isForBrowsers, preflight } from '../../../lib/http/cors.ts'
import { toLambdaContext } from '../../../local/http/api-gateway.ts'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import { testKeys } from '../../support/holdfast.ts'
import { openScene, TOKEN } from '../../support/scene.ts'

const catalog = await readCatalog()
const endpoints = catalog.endpoints.filter(({ surface }) => surface === 'seatbuilder')
const context = toLambdaContext('test', 'test', () => 1_000)

test('the eight routes of storefronts answer preflights, and only those', async () => {
  const open = endpoints.map(({ endpoint }) => endpoint).filter(isForBrowsers)
  expect(open).toHaveLength(8)
  for (const endpoint of open) {
    const answer = await preflight(endpoint)({} as APIGatewayProxyEvent, context)
    expect(answer).toMatchObject({
      statusCode: 204,
      headers: {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': endpoint.method,
      },
    })
    for (const header of ['X-Api-Key', 'If-None-Match'])
      expect(answer.headers?.['Access-Control-Allow-Headers']).toContain(header)
  }
})

test('a page of another origin may say which snapshot it has, and name its requests', async () => {
  for (const { endpoint } of endpoints.filter(({ endpoint: it }) => isForBrowsers(it))) {
    const { headers } = await preflight(endpoint)({} as APIGatewayProxyEvent, context)
    const allowed = String(headers?.['Access-Control-Allow-Headers']).split(', ')
    expect(allowed).toEqual(expect.arrayContaining(['If-None-Match', 'Idempotency-Key']))
  }
})

test('a page of any origin may read what runtime routes answer, refusals and missing keys too', async () => {
  const { api, seats, eventKey } = await openScene()
  const allowed = async (
    request: `${string} /${string}`,
    body?: unknown,
    key: string | null = testKeys.publishable,
  ) => (await api(request, body, { key })).headers['Access-Control-Allow-Origin']
  const hold = { objectLabel: 'A-1', holdToken: TOKEN }
  expect(await allowed(`POST ${seats}/hold`, hold)).toBe('*')
  expect(await allowed(`POST ${seats}/hold`, { ...hold, holdToken: 'another one' })).toBe('*')
  expect(await allowed(`POST ${seats}/hold`, {})).toBe('*')
  expect(await allowed(`GET /api/v1/events/${eventKey}/status`, undefined, null)).toBe('*')
  expect(await allowed(`GET /api/v1/events/${eventKey}/reports`)).toBeUndefined()
  expect(await allowed('GET /api/v1/charts', undefined, testKeys.secret)).toBeUndefined()
})

test.each([
  ['application/json', 200],
  ['Application/JSON; charset=UTF-8', 200],
  ['application/vnd.api+json', 200],
  ['application/x-www-form-urlencoded', 200],
  ['', 200],
  // What fetch says when it is told nothing.
  ['text/plain;charset=UTF-8', 200],
  ['text/plain', 415],
  ['application/xml', 415],
  ['multipart/form-data; boundary=x', 415],
  ['application/json; charset=utf-16', 415],
  ['nonsense', 415],
])('a body said to be %j answers %i', async (contentType, status) => {
  const { api, seats } = await openScene()
  const headers = contentType === '' ? [] : ['Content-Type', contentType]
  const hold = { objectLabel: 'A-1', holdToken: TOKEN }
  expect((await api(`POST ${seats}/hold`, hold, { headers })).status).toBe(status)
})

test('a body that is compressed is refused', async () => {
  const { api, seats } = await openScene()
  const headers = ['Content-Encoding', 'gzip']
  expect((await api(`POST ${seats}/hold`, {}, { headers })).status).toBe(415)
})
