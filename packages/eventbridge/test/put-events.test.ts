import {
  CreateEventBusCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type PutEventsRequestEntry,
  type Target,
} from '@aws-sdk/client-eventbridge'
import { expect, test } from 'vitest'
import { arnOf, bodies, makeQueue, refusalOf } from '@holdfast/sqs/testing'
import { openServices } from './support.ts'

const EventBusName = 'shop'
const order = { EventBusName, Source: 'shop', DetailType: 'order.paid', Detail: '{"total":5}' }

async function openBus(target: Partial<Target> = {}, state = 'ENABLED' as const) {
  const services = openServices()
  const { events } = services
  const url = await makeQueue(services, 'jobs')
  await events.send(new CreateEventBusCommand({ Name: EventBusName }))
  const rule = { EventBusName, Name: 'paid', State: state }
  const EventPattern = '{"detail-type":["order.paid"]}'
  await events.send(new PutRuleCommand({ ...rule, EventPattern }))
  const Targets = [{ Id: 'jobs', Arn: arnOf('jobs'), ...target }]
  await events.send(new PutTargetsCommand({ EventBusName, Rule: 'paid', Targets }))
  const put = (...Entries: PutEventsRequestEntry[]) =>
    events.send(new PutEventsCommand({ Entries }))
  const received = async () =>
    (await bodies(services, url)).map((body) => JSON.parse(body ?? '') as unknown)
  return { ...services, services, url, put, received }
}

test('an event comes to the queue of a rule that matches as AWS writes it', async () => {
  const { put, received, clock } = await openBus()
  const Time = new Date('2027-01-02T03:04:05.678Z')
  const answer = await put({ ...order, Time, Resources: ['arn:a'] }, order)
  expect(answer.FailedEntryCount).toBe(0)
  const [first, second] = (answer.Entries ?? []).map(({ EventId }) => EventId)
  expect(first).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  const now = new Date(clock.now()).toISOString().replace(/\.\d+/, '')
  const event = {
    version: '0',
    id: first,
    'detail-type': 'order.paid',
    source: 'shop',
    account: '000000000000',
    time: '2027-01-02T03:04:05Z',
    region: 'us-east-1',
    resources: ['arn:a'],
    detail: { total: 5 },
  }
  expect(await received()).toEqual([event, { ...event, id: second, time: now, resources: [] }])
})

test('an event that no enabled rule of its bus matches goes nowhere', async () => {
  const { put, received } = await openBus()
  await put({ ...order, DetailType: 'order.made' })
  expect(await received()).toEqual([])
  const disabled = await openBus({}, 'DISABLED' as 'ENABLED')
  await disabled.put(order)
  expect(await disabled.received()).toEqual([])
  const { EventBusName: _, ...toDefault } = order
  await put(toDefault)
  expect(await received()).toEqual([])
})

test('an event goes to every target of every rule that matches', async () => {
  const { put, received, events } = await openBus()
  const rule = { EventBusName, Name: 'all', EventPattern: '{"source":["shop"]}' }
  await events.send(new PutRuleCommand(rule))
  const Targets = ['a', 'b'].map((Id) => ({ Id, Arn: arnOf('jobs'), Input: JSON.stringify(Id) }))
  await events.send(new PutTargetsCommand({ EventBusName, Rule: 'all', Targets }))
  await put(order)
  expect(await received()).toEqual([expect.objectContaining({ source: 'shop' }), 'a', 'b'])
})

test.each<[string, Partial<PutEventsRequestEntry>, string]>([
  ['no source', { Source: undefined }, 'InvalidArgument'],
  ['an empty type', { DetailType: '' }, 'InvalidArgument'],
  ['no detail', { Detail: undefined }, 'InvalidArgument'],
  ['a detail that is no JSON', { Detail: '{' }, 'MalformedDetail'],
  ['a detail that is a list', { Detail: '[]' }, 'MalformedDetail'],
  ['a detail that is a text', { Detail: '"a"' }, 'MalformedDetail'],
  ['a source of AWS', { Source: 'aws.shop' }, 'NotAuthorizedForSourceException'],
])('an entry with %s fails alone', async (_, wrong, code) => {
  const { put, received } = await openBus()
  const answer = await put(order, { ...order, ...wrong }, order)
  expect(answer.FailedEntryCount).toBe(1)
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([undefined, code, undefined])
  expect(answer.Entries?.[1]?.EventId).toBeUndefined()
  expect(await received()).toHaveLength(2)
})

test('a request has from 1 to 10 entries', async () => {
  const { put, received } = await openBus()
  const many = (count: number) => Array.from({ length: count }, () => order)
  expect((await refusalOf(put()))[0]).toBe('ValidationException')
  await put(...many(10))
  expect((await refusalOf(put(...many(11))))[0]).toBe('ValidationException')
  expect(await received()).toHaveLength(10)
})

test('all entries of a request have 262144 bytes together, times included', async () => {
  const { put, received } = await openBus()
  const sized = (bytes: number) => {
    const frame = order.Source.length + order.DetailType.length + '{"a":""}'.length + 14
    const Time = new Date('2027-01-02T03:04:05Z')
    return { ...order, Time, Detail: `{"a":"${'b'.repeat(bytes - frame)}"}` }
  }
  await put(sized(131_072), sized(131_072))
  expect((await refusalOf(put(sized(131_072), sized(131_073))))[0]).toBe('ValidationException')
  expect(await received()).toHaveLength(2)
})

test('an event for a bus that is not there is taken, as on AWS, and told', async () => {
  const { put, received, undelivered } = await openBus()
  const answer = await put({ ...order, EventBusName: 'none' })
  expect(answer.Entries?.[0]?.EventId).toBeDefined()
  expect(await received()).toEqual([])
  expect(undelivered).toMatchObject([{ bus: 'none', reason: 'There is no such bus' }])
})

test('a target whose queue is not there is told, and keeps nothing from the others', async () => {
  const { put, received, undelivered, events } = await openBus()
  const Targets = [{ Id: '0', Arn: arnOf('none') }]
  await events.send(new PutTargetsCommand({ EventBusName, Rule: 'paid', Targets }))
  const answer = await put(order)
  expect(answer.FailedEntryCount).toBe(0)
  expect(await received()).toHaveLength(1)
  expect(undelivered).toMatchObject([
    { rule: 'paid', target: arnOf('none'), reason: 'There is no such queue' },
  ])
})

test('a template makes the input of the event, its rule and what paths find', async () => {
  const InputTemplate = `{
    "endpoint": "wh_1", "notice": <aws.events.event.json>, "head": <aws.events.event>,
    "rule": <aws.events.rule-name>, "arn": <aws.events.rule-arn>, "at": "<aws.events.event.ingestion-time>",
    "total": <total>, "text": "paid <total> of <name>", "line": <line>, "skus": <skus>, "none": <none>
  }`
  const InputPathsMap = {
    total: '$.detail.total',
    name: '$.detail.name',
    line: '$.detail.lines[1]',
    skus: '$.detail.lines[*].sku',
    none: '$.detail.none.deeper',
  }
  const { put, received, clock } = await openBus({
    InputTransformer: { InputTemplate, InputPathsMap },
  })
  const detail = { total: 5, name: 'A "B"', lines: [{ sku: 'x' }, { sku: 'y' }] }
  await put({ ...order, Detail: JSON.stringify({ ...detail, name: 'Ann' }) })
  const [body] = (await received()) as Record<string, unknown>[]
  const notice = body?.['notice'] as Record<string, unknown>
  expect(notice).toMatchObject({ source: 'shop', detail: { total: 5 } })
  const { detail: _, ...head } = notice
  expect(body).toEqual({
    endpoint: 'wh_1',
    notice,
    head,
    rule: 'paid',
    arn: 'arn:aws:events:us-east-1:000000000000:rule/shop/paid',
    at: new Date(clock.now()).toISOString().replace(/\.\d+/, ''),
    total: 5,
    text: 'paid 5 of Ann',
    line: { sku: 'y' },
    skus: ['x', 'y'],
    none: '',
  })
})

test('a template that comes out as no JSON is told, not delivered: within a text nothing is escaped', async () => {
  const { put, received, undelivered } = await openBus({
    InputTransformer: {
      InputPathsMap: { name: '$.detail.name' },
      InputTemplate: '{"text": "for <name>"}',
    },
  })
  await put({ ...order, Detail: '{"name":"A \\"B\\""}' })
  expect([await received(), undelivered]).toMatchObject([[], [{ rule: 'paid' }]])
})

test('a path makes the input of a part of the event', async () => {
  const { put, received } = await openBus({ InputPath: '$.detail' })
  await put(order)
  expect(await received()).toEqual([{ total: 5 }])
})
