import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { arnOf, bodies, makeQueue, openQueues, receive, refusalOf, send } from './support.ts'

async function openQueue(attributes: Record<string, string> = {}) {
  const services = openQueues()
  const url = await makeQueue(services, 'jobs', attributes)
  return { ...services, services, url }
}

test('a message comes as it was sent, with its checksum, its time and its count', async () => {
  const { services, clock, url } = await openQueue()
  const sent = await send(services, url, { body: 'Größe' })
  const md5 = createHash('md5').update('Größe').digest('hex')
  expect(sent.MD5OfMessageBody).toBe(md5)
  const sentAt = String(clock.now())
  clock.advance(5)
  expect(await receive(services, url)).toEqual([
    {
      MessageId: sent.MessageId,
      ReceiptHandle: expect.any(String) as string,
      MD5OfBody: md5,
      Body: 'Größe',
      Attributes: {
        SenderId: 'local',
        SentTimestamp: sentAt,
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: String(clock.now()),
      },
    },
  ])
})

test('messages come in the order of sending, one at a time unless more are asked for', async () => {
  const { services, url } = await openQueue()
  for (const body of ['1', '2', '3']) await send(services, url, { body })
  const [first, ...others] = await receive(services, url, { MaxNumberOfMessages: undefined })
  expect([first?.Body, others]).toEqual(['1', []])
  expect(await bodies(services, url)).toEqual(['2', '3'])
})

test('what was received is hidden until its visibility timeout ends, and then counted again', async () => {
  const { services, clock, url } = await openQueue({ VisibilityTimeout: '90' })
  await send(services, url, { body: 'job' })
  await receive(services, url)
  clock.advance(89_999)
  expect(await receive(services, url)).toEqual([])
  clock.advance(1)
  const [again] = await receive(services, url)
  expect(again?.Attributes?.ApproximateReceiveCount).toBe('2')
  clock.advance(90_000)
  await receive(services, url, { VisibilityTimeout: 5 })
  clock.advance(4_999)
  expect(await receive(services, url)).toEqual([])
  clock.advance(1)
  expect(await receive(services, url, { VisibilityTimeout: 0 })).toHaveLength(1)
  expect(await receive(services, url)).toHaveLength(1)
})

test('a delayed message is hidden until its delay ends, whatever the queue has for others', async () => {
  const { services, clock, url } = await openQueue({ DelaySeconds: '5' })
  await send(services, url, { body: 'in ten', delay: 10 })
  await send(services, url, { body: 'in five' })
  await send(services, url, { body: 'now', delay: 0 })
  expect(await bodies(services, url)).toEqual(['now'])
  clock.advance(5_000)
  expect(await bodies(services, url)).toEqual(['in five'])
  clock.advance(4_999)
  expect(await bodies(services, url)).toEqual([])
  clock.advance(1)
  expect(await bodies(services, url)).toEqual(['in ten'])
})

test.each([
  [0, true],
  [900, true],
  [901, false],
  [-1, false],
  [1.5, false],
])('a delay of %d seconds: %j', async (delay, isFine) => {
  const { services, url } = await openQueue()
  const sent = send(services, url, { body: 'job', delay })
  if (isFine) await sent
  else expect((await refusalOf(sent))[0]).toBe('InvalidParameterValue')
})

test('a body has from 1 to 1048576 bytes', async () => {
  const { services, url } = await openQueue()
  expect((await refusalOf(send(services, url, { body: '' })))[0]).toBe('MissingParameter')
  await send(services, url, { body: `${'ü'.repeat(524_287)}a` })
  await send(services, url, { body: 'ü'.repeat(524_288) })
  const [name, message] = await refusalOf(send(services, url, { body: `${'ü'.repeat(524_288)}a` }))
  expect([name, message]).toEqual([
    'InvalidParameterValue',
    'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
  ])
})

test.each([
  ['\t\n\r', true],
  ['\u0020\ud7ff\ue000\ufffd', true],
  ['\u{10000}\u{10ffff}', true],
  ['\u0000', false],
  ['\u0008', false],
  ['\u000b', false],
  ['\u001f', false],
  ['\ufffe', false],
  ['\uffff', false],
  ['\ud800', false],
])('the characters %j: %j', async (body, isFine) => {
  const { services, url, engine } = await openQueue()
  // By the engine: the client cannot write half a character at all.
  const answer = await engine.call(
    'AmazonSQS.SendMessage',
    { QueueUrl: url, MessageBody: body },
    { origin: 'http://messaging.localhost' },
  )
  expect(answer.code).toBe(isFine ? undefined : 'InvalidMessageContents')
  expect(await bodies(services, url)).toEqual(isFine ? [body] : [])
})

test('message attributes are refused, not forgotten', async () => {
  const { url, queues } = await openQueue()
  const command = new SendMessageCommand({
    QueueUrl: url,
    MessageBody: 'job',
    MessageAttributes: { kind: { DataType: 'String', StringValue: 'a' } },
  })
  expect((await refusalOf(queues.send(command)))[0]).toBe('UnsupportedOperation')
})

test.each([
  ['MaxNumberOfMessages', 1, 10],
  ['VisibilityTimeout', 0, 43_200],
  ['WaitTimeSeconds', 0, 20],
])('a receive takes %s from %d to %d', async (name, min, max) => {
  const { services, url } = await openQueue()
  await receive(services, url, { [name]: min })
  await receive(services, url, { [name]: max })
  for (const wrong of [min - 1, max + 1]) {
    const refusal = await refusalOf(receive(services, url, { [name]: wrong }))
    expect(refusal[0]).toBe('InvalidParameterValue')
  }
})

test('a message is deleted by its latest receipt only, and deleting it again is fine', async () => {
  const { services, clock, queues, url } = await openQueue()
  const remove = (ReceiptHandle = '') =>
    queues.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }))
  await send(services, url, { body: 'job' })
  const [first] = await receive(services, url)
  clock.advance(30_000)
  const [second] = await receive(services, url)
  await remove(first?.ReceiptHandle)
  clock.advance(30_000)
  const [third] = await receive(services, url)
  expect(third?.MessageId).toBe(second?.MessageId)
  await remove(third?.ReceiptHandle)
  await remove(third?.ReceiptHandle)
  clock.advance(30_000)
  expect(await receive(services, url)).toEqual([])
  expect((await refusalOf(remove('none')))[0]).toBe('ReceiptHandleIsInvalid')
})

test('a message that was received too often goes to the dead letters as it was, and can be received there', async () => {
  const services = openQueues()
  const { clock } = services
  const dead = await makeQueue(services, 'dead')
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 })
  const url = await makeQueue(services, 'jobs', { RedrivePolicy })
  const { MessageId } = await send(services, url, { body: 'job' })
  const sentAt = String(clock.now())
  for (let count = 1; count <= 2; count += 1) {
    expect(await bodies(services, url)).toEqual(['job'])
    clock.advance(30_000)
    expect(await bodies(services, dead)).toEqual([])
  }
  expect(await bodies(services, url)).toEqual([])
  expect(await receive(services, dead)).toMatchObject([
    {
      MessageId,
      Body: 'job',
      Attributes: { SentTimestamp: sentAt, DeadLetterQueueSourceArn: arnOf('jobs') },
    },
  ])
})

test('who hangs up while messages are handed out takes none: they can be received again at once', async () => {
  const gone = new AbortController()
  let isSlow = false
  const write = () => {
    if (isSlow) gone.abort()
    return Promise.resolve()
  }
  const services = openQueues({ vault: { write, close: () => Promise.resolve() } })
  const url = await makeQueue(services, 'jobs')
  await send(services, url, { body: 'job' })
  isSlow = true
  const command = new ReceiveMessageCommand({ QueueUrl: url })
  const lost = services.queues.send(command, { abortSignal: gone.signal })
  expect((await refusalOf(lost))[0]).toBe('AbortError')
  isSlow = false
  expect(await bodies(services, url)).toEqual(['job'])
})

test('a message is gone when its retention ends', async () => {
  const { services, clock, url } = await openQueue({ MessageRetentionPeriod: '60' })
  await send(services, url, { body: 'job' })
  clock.advance(59_999)
  expect(await receive(services, url, { VisibilityTimeout: 0 })).toHaveLength(1)
  clock.advance(1)
  expect(await receive(services, url)).toEqual([])
})

test('messages are counted by whether they are visible, in flight or delayed', async () => {
  const { services, queues, url } = await openQueue()
  for (const body of ['1', '2', '3']) await send(services, url, { body })
  await send(services, url, { body: 'delayed', delay: 1 })
  await receive(services, url, { MaxNumberOfMessages: 2 })
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  )
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: '1',
    ApproximateNumberOfMessagesNotVisible: '2',
    ApproximateNumberOfMessagesDelayed: '1',
  })
})
