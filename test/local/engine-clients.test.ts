import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { openMessaging } from '@holdfast/eventbridge/open-messaging'
import { inProcess } from '@holdfast/embedded/in-process'
import { expect, test } from 'vitest'
import { createQueues } from '../../local/sources/create-queues.ts'
import { engineClients, type MessagingClients } from '../../local/sources/engine-clients.ts'
import { seededIds } from '../support/seeded-ids.ts'
import { movedClock } from '../support/moved-clock.ts'

const endpoint = 'http://127.0.0.1:4100'

interface Opened {
  readonly sdk: { events: EventBridgeClient; queues: SQSClient }
  readonly direct: MessagingClients
  readonly url: string
  readonly bus: string
}

async function opened(): Promise<Opened> {
  const clock = movedClock()
  const ids = seededIds(clock, 'messaging')
  const engine = openMessaging({ clock, newId: () => ids.uuid() })
  const credentials = { accessKeyId: 'any', secretAccessKey: 'one' }
  const config = { region: 'us-east-1', credentials, endpoint, requestHandler: inProcess(engine) }
  const sdk = { events: new EventBridgeClient(config), queues: new SQSClient(config) }
  const names = await createQueues(sdk)
  return { sdk, direct: engineClients(engine, endpoint), url: names.deliveries, bus: names.bus }
}

/** What one pair of clients is answered: messages, refusals of entries, a refusal of all, and an event. */
async function told({ events, queues }: MessagingClients, { url, bus }: Opened) {
  const answers: unknown[] = []
  const tell = async (answer: Promise<object>) => {
    const found = await answer.catch((error: unknown) => {
      const { name, message } = error as Error
      return { name, message }
    })
    const { $metadata: _, ...rest } = found as { $metadata?: unknown }
    answers.push(rest)
    return found
  }
  const Entries = [
    { Id: '0', MessageBody: 'one', DelaySeconds: undefined },
    { Id: '1', MessageBody: 'two', DelaySeconds: 9_999 },
  ]
  await tell(queues.send(new SendMessageBatchCommand({ QueueUrl: url, Entries })))
  const system = ['All' as const]
  const receive = { QueueUrl: url, MessageSystemAttributeNames: system, WaitTimeSeconds: 0 }
  const received = await tell(queues.send(new ReceiveMessageCommand(receive)))
  const { Messages = [] } = received as { Messages?: { ReceiptHandle?: string }[] }
  const done = Messages.map(({ ReceiptHandle }) => ({ Id: 'a', ReceiptHandle }))
  await tell(queues.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: done })))
  await tell(queues.send(new ReceiveMessageCommand(receive)))
  await tell(queues.send(new ReceiveMessageCommand({ QueueUrl: `${url}-none` })))
  await tell(queues.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: [] })))
  const event = { Source: 'me', DetailType: 'any', EventBusName: bus, Detail: '{}' }
  const at = new Date(1_700_000_000_500)
  await tell(events.send(new PutEventsCommand({ Entries: [{ ...event, Time: at }] })))
  await tell(events.send(new PutEventsCommand({ Entries: [{ ...event, Detail: 'no JSON' }] })))
  return answers
}

test('queues and bus answer commands that are handed to them as they answer the SDK', async () => {
  const [over, to] = [await opened(), await opened()]
  expect(await told(to.direct, to)).toEqual(await told(over.sdk, over))
})

test('whoever stops waiting for a message is told so', async () => {
  const { direct, url } = await opened()
  const stop = new AbortController()
  const asked = direct.queues.send(
    new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }),
    { abortSignal: stop.signal },
  )
  stop.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
})
