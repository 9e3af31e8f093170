import {
  DescribeEventBusCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openMessaging } from '@holdfast/eventbridge/open-messaging'
import { serveEngine } from '@holdfast/embedded/server'
import { findProduct } from '../../local/running-product.ts'
import { startProduct, type Product } from '../support/product.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** What a running product says of its bus and queues to other programs of this user, and clients that speak to them. */
async function busOf(product: Product) {
  const url = await product.url
  expect(url, product.output()).toBeDefined()
  const note = await findProduct(Number(new URL(url ?? '').port))
  const environment = note?.environment ?? {}
  const config = {
    region: environment['AWS_REGION'] ?? '',
    credentials: { accessKeyId: 'any', secretAccessKey: 'one' },
  }
  const { AWS_ENDPOINT_URL_EVENTBRIDGE = '', AWS_ENDPOINT_URL_SQS = '' } = environment
  return {
    environment,
    events: new EventBridgeClient({ ...config, endpoint: AWS_ENDPOINT_URL_EVENTBRIDGE }),
    queues: new SQSClient({ ...config, endpoint: AWS_ENDPOINT_URL_SQS }),
  }
}

test('npm start has a bus and queues, and a product that is killed comes back with all rules and messages', async () => {
  const data = join(await temporaryFolder(), 'data')
  const first = startProduct(['--data', data])
  const { environment, events, queues } = await busOf(first)
  const bus = { EventBusName: environment['HOLDFAST_BUS'] ?? '' }
  const { QueueArn = '', RedrivePolicy } = await attributesOf(queues, environment)
  expect(QueueArn).toBe(environment['HOLDFAST_DELIVERIES_QUEUE_ARN'])
  expect(JSON.parse(RedrivePolicy ?? '')).toEqual({
    deadLetterTargetArn: `${QueueArn}-dead`,
    maxReceiveCount: 5,
  })
  await events.send(new PutRuleCommand({ ...bus, Name: 'mine', EventPattern: '{"source":["me"]}' }))
  const Targets = [{ Id: 'failures', Arn: QueueArn.replace('deliveries', 'failures') }]
  await events.send(new PutTargetsCommand({ ...bus, Rule: 'mine', Targets }))
  const event = { ...bus, Source: 'me', DetailType: 'any', Detail: '{}' }
  const put = await events.send(new PutEventsCommand({ Entries: [event] }))
  expect(put.FailedEntryCount).toBe(0)
  first.process.kill('SIGKILL')
  await first.ended

  const again = await busOf(startProduct(['--data', data]))
  const rule = await again.events.send(new DescribeRuleCommand({ ...bus, Name: 'mine' }))
  expect(rule.State).toBe('ENABLED')
  const QueueUrl = again.environment['HOLDFAST_FAILURES_QUEUE_URL']
  const { Messages } = await again.queues.send(new ReceiveMessageCommand({ QueueUrl }))
  expect(Messages).toMatchObject([{ Body: expect.stringContaining('"source":"me"') as string }])
}, 20_000)

async function attributesOf(queues: SQSClient, environment: Readonly<Record<string, string>>) {
  const { Attributes = {} } = await queues.send(
    new GetQueueAttributesCommand({
      QueueUrl: environment['HOLDFAST_DELIVERIES_QUEUE_URL'],
      AttributeNames: ['All'],
    }),
  )
  return Attributes
}

test('a bus and queues that the environment names are used instead', async () => {
  const outside = openMessaging()
  const server = await serveEngine(outside)
  onTestFinished(() => server.close())
  const product = startProduct([], {
    env: {
      AWS_ENDPOINT_URL_EVENTBRIDGE: server.url,
      AWS_ENDPOINT_URL_SQS: server.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'one',
    },
  })
  const { environment, events } = await busOf(product)
  expect(environment['AWS_ENDPOINT_URL_SQS']).toBe(server.url)
  const described = await events.send(new DescribeEventBusCommand({ Name: 'holdfast' }))
  expect(described.Name).toBe('holdfast')
  expect([...outside.core.queues.keys()].toSorted()).toEqual([
    'holdfast-deliveries',
    'holdfast-deliveries-dead',
    'holdfast-failures',
    'holdfast-timers',
    'holdfast-timers-dead',
  ])
  product.process.kill('SIGTERM')
  expect(await product.ended).toBe(0)
}, 20_000)
