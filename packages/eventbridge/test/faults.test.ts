import { CreateEventBusCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import type { Fault } from '@holdfast/embedded/faults'
import { bodies, makeQueue, refusalOf, send } from '@holdfast/sqs/testing'
import { openServices } from './support.ts'

async function openQueue() {
  const services = openServices()
  const url = await makeQueue(services, 'jobs')
  return { ...services, services, url }
}

test.each<[Fault, string, number]>([
  ['throttle', 'ThrottlingException', 0],
  ['internal-error', 'InternalFailure', 0],
  ['lost-before', 'TimeoutError', 0],
  ['lost-after', 'TimeoutError', 1],
])(
  'a call with the fault %j fails as %s, and %d messages were sent',
  async (fault, name, count) => {
    const { services, url, engine } = await openQueue()
    engine.inject = ({ operation }) => (operation === 'SendMessage' ? fault : undefined)
    expect((await refusalOf(send(services, url, { body: 'job' })))[0]).toBe(name)
    engine.inject = undefined
    expect(await bodies(services, url)).toHaveLength(count)
  },
)

test('single entries of a batch can be made to fail, for events and for messages', async () => {
  const { services, url, engine, queues, events } = await openQueue()
  await events.send(new CreateEventBusCommand({ Name: 'shop' }))
  engine.inject = () => ({ failedEntries: [1] })
  const Entries = ['1', '2', '3'].map((Id) => ({ Id, MessageBody: Id }))
  const sent = await queues.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
  expect(sent.Failed).toMatchObject([{ Id: '2', SenderFault: false, Code: 'InternalFailure' }])
  expect(await bodies(services, url)).toEqual(['1', '3'])
  const event = { EventBusName: 'shop', Source: 'shop', DetailType: 'a', Detail: '{}' }
  const put = await events.send(new PutEventsCommand({ Entries: [event, event] }))
  expect(put.FailedEntryCount).toBe(1)
  expect(put.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([undefined, 'InternalFailure'])
})

test('the hook sees service, operation and request of every call', async () => {
  const { services, url, engine } = await openQueue()
  const seen: unknown[] = []
  engine.inject = (call) => {
    seen.push(call)
    return undefined
  }
  await send(services, url, { body: 'job' })
  expect(seen).toEqual([
    {
      service: 'AmazonSQS',
      operation: 'SendMessage',
      input: { QueueUrl: url, MessageBody: 'job' },
    },
  ])
})
