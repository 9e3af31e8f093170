import { expect, test } from 'vitest'
import { EXAMPLE_CHART_KEY, EXAMPLE_DEMO_CHART_KEY } from '../../../lib/seatbuilder/examples.ts'
import * as made from '../../../lib/seatbuilder/examples/webhooks.ts'
import { demoKeys, seedDemo } from '../../../local/seed-demo.ts'
import { apiOver, type Api } from '../../support/api.ts'
import { settleDelivery } from '../../support/settle-delivery.ts'
import { openHoldfast } from '../../support/holdfast.ts'
import { documentedOperations, type DocumentedOperation } from '../../support/openapi.ts'

/** The examples in the order in which they work on a fresh local server. */
const story = [
  'getHealth up',
  'createChart two-seats',
  'listCharts newest',
  'getChart draft',
  'getChartLayout draft',
  'updateChart rename',
  'publishChart first',
  'createEvent own-key',
  'listEvents newest',
  'getEvent demo',
  'getEventLayout published',
  'updateEvent rename',
  'holdSeats one-seat',
  'holdSeats two-seats',
  'holdSeats taken',
  'extendHolds some',
  'extendHolds all',
  'getStatus held',
  'bookSeats two-seats',
  'bookSeats not-held',
  'releaseSeats held',
  'releaseSeats not-taken',
  'getReports two-booked',
  'deleteEvent unbooked',
  'unpublishChart taken-back',
  'deleteChart deleted',
  'createWebhook bookings',
  'listWebhooks newest',
  'getWebhook untried',
  'updateWebhook disable',
  'updateWebhook enable',
  'testWebhook held',
  'listDeliveries tested',
  'redeliver again',
  'replayDeliveries evening',
  'rotateWebhookSecret at-once',
  'rotateWebhookSecret overlap',
  'deleteWebhook deleted',
]

/** What the document makes up for ids and secrets that are random. */
const madeUp = [
  EXAMPLE_CHART_KEY,
  made.EXAMPLE_WEBHOOK_ID,
  made.EXAMPLE_SECRET,
  made.EXAMPLE_NEW_SECRET,
  made.EXAMPLE_NEWEST_SECRET,
  made.EXAMPLE_DELIVERY_ID,
  made.EXAMPLE_NOTICE_ID,
]

const operations = documentedOperations()

test('every request of the document is answered as the document shows it, from an empty table on', async () => {
  const holdfast = await openHoldfast()
  const { runtime } = holdfast
  await seedDemo(runtime)
  const api = apiOver(runtime)
  const realKeys = new Map([[EXAMPLE_DEMO_CHART_KEY, await demoChartKey(api)]])
  for (const title of story) {
    const [operationId, name = ''] = title.split(' ')
    const operation = operations.find((it) => it.operationId === operationId)
    if (operation === undefined) throw new Error(`No operation ${title}`)
    const expected = expectedReply(operation, name)
    const { request, body } = toRequest(operation, name)
    const [endpointId = '', deliveryId = ''] = [
      made.EXAMPLE_WEBHOOK_ID,
      made.EXAMPLE_DELIVERY_ID,
    ].map((shown) => realKeys.get(shown))
    // Somebody delivers meanwhile.
    if (operationId === 'listDeliveries') {
      await settleDelivery(holdfast.port, { endpointId, deliveryId, responseStatus: 204 })
    }
    const answer = await api(translate(request, realKeys), translate(body, realKeys), {
      key: demoKeys.secret,
    })
    const told = answer.code === undefined ? answer.body : { ...answer.body, code: answer.code }
    learn(realKeys, expected.body, told)
    expect({ title, status: answer.status, body: told }).toEqual({
      title,
      status: expected.status,
      body: translate(expected.body, realKeys),
    })
    expect(expected.reply.faultsOf(told)).toEqual([])
  }
})

test('every example of a request or of its success is part of that story', () => {
  const shown = operations.flatMap(({ operationId, requestExamples, replies }) => {
    const successes = replies.filter(({ status }) => status < 300)
    const names = [requestExamples, ...successes.map(({ examples }) => examples)].flatMap(
      Object.keys,
    )
    return names.map((name) => `${operationId} ${name}`)
  })
  expect([...new Set(shown)].sort()).toEqual([...story].sort())
  expect(new Set(story.map((title) => title.split(' ')[0]))).toEqual(
    new Set(operations.map(({ operationId }) => operationId)),
  )
})

/** Notes what each value that the document makes up really is, where it is first told. */
function learn(realKeys: Map<string, string>, shown: unknown, real: unknown): void {
  if (typeof shown === 'string') {
    if (madeUp.includes(shown) && !realKeys.has(shown)) realKeys.set(shown, String(real))
  } else if (typeof shown === 'object' && shown !== null) {
    for (const [name, value] of Object.entries(shown)) {
      learn(realKeys, value, (real as Record<string, unknown> | undefined)?.[name])
    }
  }
}

async function demoChartKey(api: Api): Promise<string> {
  const { body } = await api('GET /api/v1/events/evt_demo', undefined, { key: demoKeys.secret })
  return body['chartKey'] as string
}

function expectedReply({ operationId, replies }: DocumentedOperation, name: string) {
  const reply = replies.find(({ examples }) => name in examples)
  if (reply === undefined) throw new Error(`${operationId} shows no reply to ${name}`)
  return { reply, status: reply.status, body: reply.examples[name] }
}

function toRequest(
  { method, path, parameters, requestExamples }: DocumentedOperation,
  name: string,
) {
  const query = new URLSearchParams()
  let target = path
  for (const parameter of parameters) {
    const value = String(parameter.example)
    if (parameter.in === 'path') target = target.replace(`{${parameter.name}}`, value)
    else query.set(parameter.name, value)
  }
  const request = `${method} ${target}?${query.toString()}` as `${string} /${string}`
  return { request, body: requestExamples[name] }
}

/** Puts the keys of this run where the document has its own. */
function translate<T>(value: T, realKeys: ReadonlyMap<string, string>): T {
  if (value === undefined) return value
  let text = JSON.stringify(value)
  for (const [shown, real] of realKeys) text = text.replaceAll(shown, real)
  return JSON.parse(text) as T
}
