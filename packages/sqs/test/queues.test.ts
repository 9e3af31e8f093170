import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { arnOf, makeQueue, openQueues, refusalOf } from './support.ts'

test('a queue is found by its name, and has the attributes that it was given and the defaults of SQS', async () => {
  const services = openQueues()
  const { queues, clock } = services
  const url = await makeQueue(services, 'jobs', { VisibilityTimeout: '90' })
  expect(url).toBe('http://messaging.localhost/000000000000/jobs')
  expect(await queues.send(new GetQueueUrlCommand({ QueueName: 'jobs' }))).toMatchObject({
    QueueUrl: url,
  })
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  )
  const created = String(Math.floor(clock.now() / 1000))
  expect(Attributes).toEqual({
    QueueArn: arnOf('jobs'),
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    CreatedTimestamp: created,
    LastModifiedTimestamp: created,
    DelaySeconds: '0',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    VisibilityTimeout: '90',
  })
})

test('only the attributes that are asked for are answered, and unknown ones are refused', async () => {
  const services = openQueues()
  const QueueUrl = await makeQueue(services, 'jobs')
  const ask = (name: string) =>
    services.queues.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [name as 'All'] }),
    )
  expect((await ask('QueueArn')).Attributes).toEqual({ QueueArn: arnOf('jobs') })
  expect((await ask('RedrivePolicy')).Attributes).toBeUndefined()
  expect(await refusalOf(ask('Colour'))).toEqual([
    'InvalidAttributeName',
    'Unknown Attribute Colour.',
  ])
})

test('a queue may be created again as it is, and not with another attribute', async () => {
  const services = openQueues()
  const url = await makeQueue(services, 'jobs', { VisibilityTimeout: '90' })
  expect(await makeQueue(services, 'jobs')).toBe(url)
  expect(await makeQueue(services, 'jobs', { VisibilityTimeout: '90' })).toBe(url)
  const [name, message] = await refusalOf(makeQueue(services, 'jobs', { VisibilityTimeout: '91' }))
  expect(name).toBe('QueueNameExists')
  expect(message).toMatch(/different value for attribute VisibilityTimeout$/)
})

test('a queue that is not there is refused, by name and by URL', async () => {
  const { queues } = openQueues()
  const url = new GetQueueUrlCommand({ QueueName: 'jobs' })
  expect((await refusalOf(queues.send(url)))[0]).toBe('QueueDoesNotExist')
  for (const QueueUrl of [
    'http://messaging.localhost/000000000000/jobs',
    'http://messaging.localhost/111111111111/jobs',
  ]) {
    const ask = queues.send(new GetQueueAttributesCommand({ QueueUrl }))
    expect((await refusalOf(ask))[0]).toBe('QueueDoesNotExist')
  }
  const ask = queues.send(
    new GetQueueAttributesCommand({ QueueUrl: 'http://messaging.localhost/jobs' }),
  )
  expect((await refusalOf(ask))[0]).toBe('InvalidAddress')
})

test.each([
  ['a'.repeat(80), true],
  ['a'.repeat(81), false],
  ['', false],
  ['jobs.fifo', false],
  ['Jobs_1-a', true],
])('the name %j: %j', async (QueueName, isFine) => {
  const { queues } = openQueues()
  const create = queues.send(new CreateQueueCommand({ QueueName }))
  if (isFine) await create
  else expect((await refusalOf(create))[0]).toBe('InvalidParameterValue')
})

test.each([
  ['DelaySeconds', 0, 900],
  ['MaximumMessageSize', 1_024, 1_048_576],
  ['MessageRetentionPeriod', 60, 1_209_600],
  ['ReceiveMessageWaitTimeSeconds', 0, 20],
  ['VisibilityTimeout', 0, 43_200],
])('%s is taken from %d to %d, and refused outside', async (name, min, max) => {
  const services = openQueues()
  const QueueUrl = await makeQueue(services, 'jobs')
  const set = (value: number | string) =>
    services.queues.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { [name]: String(value) } }),
    )
  await set(min)
  await set(max)
  for (const value of [min - 1, max + 1, '1.5', '', 'many']) {
    expect((await refusalOf(set(value)))[0]).toBe('InvalidAttributeValue')
  }
})

test('the dead letters must be a queue that is there, and the receives a number from 1 to 1000', async () => {
  const services = openQueues()
  await makeQueue(services, 'dead')
  const QueueUrl = await makeQueue(services, 'jobs')
  const set = (policy: object | string) => {
    const RedrivePolicy = typeof policy === 'string' ? policy : JSON.stringify(policy)
    return services.queues.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } }),
    )
  }
  const deadLetterTargetArn = arnOf('dead')
  for (const maxReceiveCount of [1, 1000, '5']) await set({ deadLetterTargetArn, maxReceiveCount })
  for (const wrong of [
    { deadLetterTargetArn, maxReceiveCount: 0 },
    { deadLetterTargetArn, maxReceiveCount: 1001 },
    { deadLetterTargetArn: arnOf('none'), maxReceiveCount: 5 },
    { maxReceiveCount: 5 },
    '[]',
    'none',
  ]) {
    expect((await refusalOf(set(wrong)))[0]).toBe('InvalidParameterValue')
  }
})
