import { DeleteMessageBatchCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { bodies, makeQueue, openQueues, receive, refusalOf } from './support.ts'

async function openQueue() {
  const services = openQueues()
  const url = await makeQueue(services, 'jobs')
  const sendAll = (Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[]) =>
    services.queues.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
  return { ...services, services, url, sendAll }
}

function entries(count: number, bytes = 1) {
  return Array.from({ length: count }, (_, at) => ({
    Id: `id-${at}`,
    MessageBody: 'a'.repeat(bytes),
  }))
}

test('a batch has from 1 to 10 messages', async () => {
  const { sendAll } = await openQueue()
  expect((await refusalOf(sendAll([])))[0]).toBe('EmptyBatchRequest')
  expect((await sendAll(entries(1))).Successful).toHaveLength(1)
  expect((await sendAll(entries(10))).Successful).toHaveLength(10)
  expect(await refusalOf(sendAll(entries(11)))).toEqual([
    'TooManyEntriesInBatchRequest',
    'Maximum number of entries per request are 10. You have sent 11.',
  ])
})

test('all messages of a batch have 1048576 bytes together, and nothing is taken of one that is longer', async () => {
  const { services, url, sendAll } = await openQueue()
  expect((await sendAll(entries(4, 262_144))).Successful).toHaveLength(4)
  const [first, ...others] = entries(4, 262_144)
  const longer = [{ Id: 'x', MessageBody: `${first?.MessageBody ?? ''}a` }, ...others]
  expect((await refusalOf(sendAll(longer)))[0]).toBe('BatchRequestTooLong')
  expect(await bodies(services, url)).toHaveLength(4)
})

test.each([
  [['a', 'a'], 'BatchEntryIdsNotDistinct'],
  [['a b'], 'InvalidBatchEntryId'],
  [['a'.repeat(81)], 'InvalidBatchEntryId'],
  [[''], 'InvalidBatchEntryId'],
])('the ids %j are refused', async (ids, name) => {
  const { sendAll } = await openQueue()
  const sent = sendAll(ids.map((Id) => ({ Id, MessageBody: 'job' })))
  expect((await refusalOf(sent))[0]).toBe(name)
})

test('what is wrong with one message keeps none of the others back', async () => {
  const { services, url, sendAll } = await openQueue()
  const answer = await sendAll([
    { Id: 'fine', MessageBody: 'fine' },
    { Id: 'empty', MessageBody: '' },
    { Id: 'late', MessageBody: 'late', DelaySeconds: 901 },
    { Id: 'garbled', MessageBody: '\u0000' },
    { Id: 'last', MessageBody: 'last' },
  ])
  expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['fine', 'last'])
  expect(answer.Failed?.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault])).toEqual([
    ['empty', 'MissingParameter', true],
    ['late', 'InvalidParameterValue', true],
    ['garbled', 'InvalidMessageContents', true],
  ])
  expect(await bodies(services, url)).toEqual(['fine', 'last'])
})

test('messages are deleted in batches, each for itself', async () => {
  const { services, clock, queues, url, sendAll } = await openQueue()
  await sendAll(entries(2))
  const [first, second] = await receive(services, url)
  const Entries = [
    { Id: 'first', ReceiptHandle: first?.ReceiptHandle },
    { Id: 'wrong', ReceiptHandle: 'none' },
  ]
  const removed = await queues.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }))
  expect(removed.Successful).toEqual([{ Id: 'first' }])
  expect(removed.Failed).toMatchObject([{ Id: 'wrong', Code: 'ReceiptHandleIsInvalid' }])
  clock.advance(30_000)
  expect((await receive(services, url)).map(({ MessageId }) => MessageId)).toEqual([
    second?.MessageId,
  ])
})
