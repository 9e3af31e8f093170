import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge'
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock, type Clock } from '@holdfast/embedded/clock'
import { serveEngine } from '@holdfast/embedded/server'
import { clientOptions, makeQueue, receive, refusalOf, send } from '@holdfast/sqs/testing'
import { openMessaging, type Messaging } from '../src/open-messaging.ts'

/** Longer than any answer takes, and shorter than a whole wait for a message. */
const PROMPT_MS = 1_500

async function serve(clock: Clock = systemClock) {
  const engine = openMessaging({ clock })
  const server = await serveEngine(engine)
  const config = { ...clientOptions, endpoint: server.url }
  const [queues, events] = [new SQSClient(config), new EventBridgeClient(config)]
  onTestFinished(async () => {
    queues.destroy()
    events.destroy()
    await server.close()
  })
  const url = await makeQueue({ queues }, 'jobs')
  return { engine, queues, events, server, url }
}

const signed = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20270204T000000Z',
  authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=c',
}

/** Sends a request as it is. */
async function raw(
  url: string,
  target: string,
  { headers, body = '{}' }: { headers: Record<string, string>; body?: string },
) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': target, ...headers },
    body,
  })
  const said = (await answer.json()) as { __type: string }
  return { status: answer.status, type: said.__type, headers: answer.headers }
}

test('one address serves both, and queue URLs begin with it', async () => {
  const { queues, events, server, url } = await serve()
  expect(url).toBe(`${server.url}/000000000000/jobs`)
  await send({ queues }, url, { body: 'job' })
  expect(await receive({ queues }, url)).toMatchObject([{ Body: 'job' }])
  expect((await events.send(new ListRulesCommand({}))).Rules).toEqual([])
})

test.each([
  ['nothing', {}, 'MissingAuthenticationTokenException'],
  ['a password', { authorization: 'Basic YTpi' }, 'MissingAuthenticationTokenException'],
  [
    'half a signature',
    { ...signed, authorization: 'AWS4-HMAC-SHA256 Credential=a/b, Signature=c' },
    'IncompleteSignatureException',
  ],
])('a request signed with %s is refused', async (_, headers, type) => {
  const { server } = await serve()
  const answer = await raw(server.url, 'AmazonSQS.GetQueueUrl', { headers })
  expect(answer).toMatchObject({ status: 400, type })
})

test.each([
  ['AmazonSQS.ListQueues', '{}', 'UnknownOperationException'],
  ['AmazonSQS.PurgeQueue', '{}', 'UnknownOperationException'],
  ['AmazonSQS.ChangeMessageVisibility', '{}', 'UnknownOperationException'],
  ['AmazonSQS.ChangeMessageVisibilityBatch', '{}', 'UnknownOperationException'],
  ['AWSEvents.EnableRule', '{}', 'UnknownOperationException'],
  ['AWSEvents.DisableRule', '{}', 'UnknownOperationException'],
  ['AWSEvents.TestEventPattern', '{}', 'UnknownOperationException'],
  ['AmazonSQS.constructor', '{}', 'UnknownOperationException'],
  ['DynamoDB_20120810.GetItem', '{}', 'UnknownOperationException'],
  ['AmazonSQS.GetQueueUrl', '{', 'SerializationException'],
  ['AmazonSQS.GetQueueUrl', '[]', 'com.amazonaws.sqs#SerializationException'],
  ['AmazonSQS.GetQueueUrl', '{"QueueName":5}', 'com.amazonaws.sqs#SerializationException'],
  ['AmazonSQS.GetQueueUrl', '{}', 'com.amazonaws.sqs#MissingParameter'],
  ['AWSEvents.DescribeRule', '{}', 'ValidationException'],
])('%s with %s is refused as %s', async (target, body, type) => {
  const { server } = await serve()
  expect(await raw(server.url, target, { headers: signed, body })).toMatchObject({
    status: 400,
    type,
  })
})

test('a refusal of SQS has its old name in a header', async () => {
  const { server } = await serve()
  const body = '{"QueueName":"none"}'
  const { type, headers } = await raw(server.url, 'AmazonSQS.GetQueueUrl', {
    headers: signed,
    body,
  })
  expect(type).toBe('com.amazonaws.sqs#QueueDoesNotExist')
  const old = 'AWS.SimpleQueueService.NonExistentQueue;Sender'
  expect(headers.get('x-amzn-query-error')).toBe(old)
})

test('an answer that is lost looks like a connection that was reset', async () => {
  const { engine, queues, url } = await serve()
  engine.inject = () => 'lost-after'
  const command = new SendMessageCommand({ QueueUrl: url, MessageBody: 'job' })
  expect((await refusalOf(queues.send(command)))[1]).toBe('socket hang up')
})

/** Whoever sleeps by it sleeps forever. */
const endless: Clock = { now: () => systemClock.now(), sleep: () => new Promise(() => undefined) }

test('who waits for a message is woken by it', async () => {
  const { engine, queues, url } = await serve(endless)
  const waiting = receive({ queues }, url, { WaitTimeSeconds: 20 })
  while (!isAnyoneWaiting(engine)) await receive({ queues }, url)
  await send({ queues }, url, { body: 'job' })
  expect(await waiting).toMatchObject([{ Body: 'job' }])
})

test('who waits for a message has it when its delay is over', async () => {
  const { queues, url } = await serve()
  const start = performance.now()
  await send({ queues }, url, { body: 'job', delay: 1 })
  expect(await receive({ queues }, url, { WaitTimeSeconds: 20 })).toMatchObject([{ Body: 'job' }])
  expect(performance.now() - start).toBeGreaterThanOrEqual(990)
  expect(performance.now() - start).toBeLessThan(1_000 + PROMPT_MS)
})

test('who hangs up while waiting takes no message', async () => {
  const { engine, queues, url } = await serve(endless)
  const gone = new AbortController()
  const command = new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 })
  const waiting = queues.send(command, { abortSignal: gone.signal })
  while (!isAnyoneWaiting(engine)) await receive({ queues }, url)
  gone.abort()
  expect((await refusalOf(waiting))[0]).toBe('AbortError')
  while (isAnyoneWaiting(engine)) await receive({ queues }, url)
  await send({ queues }, url, { body: 'job' })
  expect(await receive({ queues }, url)).toMatchObject([{ Body: 'job' }])
})

function isAnyoneWaiting({ core }: Messaging): boolean {
  return [...core.queues.values()].some(({ waiting }) => waiting.size > 0)
}
