import { describe, expect, test } from 'vitest'
import { errorCodes } from '../../../lib/seatbuilder/errors.ts'
import { seatbuilderDocument } from '../../../lib/seatbuilder/document.ts'
import { gatewayResponses } from '../../../infra/documents/gateway-responses.ts'
import { openScene } from '../../support/scene.ts'
import { openWebhookScene } from '../../support/webhook-scene.ts'

const TOKEN = 'token-of-one-cart'
const some = [expect.any(String)]

describe('all faults of a request are told at once', () => {
  test.each([
    ['POST /api/v1/webhooks', { url: 'nope', events: [] }, ['url', 'events']],
    ['POST /api/v1/webhooks', { url: 'https://10.0.0.1/', events: ['x'] }, ['url', 'events.0']],
  ] as const)('%s %j', async (call, body, fields) => {
    const { api } = await openWebhookScene()
    const answer = await api(call, body)
    const errors = Object.fromEntries(fields.map((field) => [field, some]))
    expect([answer.status, answer.body['errors']]).toEqual([400, errors])
  })

  test.each([
    ['hold', { holdToken: 'short', quantity: 1 }, ['holdToken', 'objectLabel', 'quantity']],
    ['hold', { objectLabels: [1, 'A', 'A'] }, ['objectLabels.0', 'objectLabels.2', 'holdToken']],
    ['extend', { labels: ['A'], objectLabels: ['A'] }, ['labels', 'holdToken']],
    ['book', { labels: ['A'], holdToken: '' }, ['labels', 'objectLabels', 'holdToken']],
  ])('%s %j', async (action, body, fields) => {
    const { api, seats } = await openScene()
    const answer = await api(`POST ${seats}/${action}`, body)
    expect(answer.status).toBe(400)
    expect(Object.keys(answer.body['errors'] as object).sort()).toEqual(fields.sort())
  })
})

describe('what seats refuse is told in the words of the contract, with a code', () => {
  test.each([
    ['hold', { holdToken: 'token-of-another' }, 'One or more seats could not be held'],
    ['release', { holdToken: 'token-of-another' }, 'One or more seats could not be released'],
    [
      'book',
      { holdToken: 'token-of-another' },
      'At least one seat is not held by this token any more',
    ],
  ])('%s', async (action, body, error) => {
    const { api, seats } = await openScene()
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1'], holdToken: TOKEN })
    const answer = await api(`POST ${seats}/${action}`, { objectLabels: ['A-1'], ...body })
    expect([answer.status, answer.code, answer.body]).toMatchObject([
      409,
      'seats_refused',
      { error },
    ])
  })
})

describe('a code stands beside the text', () => {
  test.each([
    ['POST /api/v1/charts', {}, 'input_invalid'],
    ['GET /api/v1/charts/none', undefined, 'chart_not_found'],
    ['GET /api/v1/nothing', undefined, 'no_such_endpoint'],
  ] as const)('of %s', async (call, body, code) => {
    const { api } = await openScene()
    expect((await api(call, body)).code).toBe(code)
  })

  test('of whatever the gateway answers by itself, with a time to come again', () => {
    const { Error: schema } = seatbuilderDocument.errors
    for (const response of Object.values(gatewayResponses('seatbuilder'))) {
      const body: unknown = JSON.parse(response.responseTemplates['application/json'])
      expect(schema?.safeParse(body).error).toBeUndefined()
    }
  })

  test('and each is a word of its own', () => {
    expect(new Set(errorCodes).size).toBe(errorCodes.length)
    for (const code of errorCodes) expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
  })
})
