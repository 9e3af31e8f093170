// A process of its own, so that a test can kill it: in the folder that it is given it makes a rule and sends messages, through
// the rule and straight, and deletes every third. It prints the number of each that was answered.
import { openLevelVault } from '@holdfast/embedded/level-vault'
import { openMessaging } from '../src/open-messaging.ts'

const path = process.argv[2] ?? ''
const origin = 'http://messaging.localhost'
const QueueUrl = `${origin}/000000000000/jobs`
const Arn = 'arn:aws:sqs:us-east-1:000000000000:jobs'
const fail = (error: unknown) => {
  throw error
}
const messaging = openMessaging(await openLevelVault({ path, onWriteFailure: fail }))

async function call(target: string, input: object): Promise<Record<string, unknown>> {
  const { status, body } = await messaging.call(target, input, { origin })
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body as Record<string, unknown>
}

async function deleteOne(): Promise<string> {
  const { Messages } = await call('AmazonSQS.ReceiveMessage', { QueueUrl })
  const [message] = Messages as { ReceiptHandle: string; Body: string }[]
  const { ReceiptHandle = '', Body = '' } = message ?? {}
  await call('AmazonSQS.DeleteMessage', { QueueUrl, ReceiptHandle })
  return Body
}

await call('AmazonSQS.CreateQueue', { QueueName: 'jobs' })
await call('AWSEvents.CreateEventBus', { Name: 'shop' })
const rule = { EventBusName: 'shop', Name: 'all', EventPattern: '{"source":["shop"]}' }
await call('AWSEvents.PutRule', rule)
const Targets = [{ Id: 'jobs', Arn, InputPath: '$.detail.n' }]
await call('AWSEvents.PutTargets', { EventBusName: 'shop', Rule: 'all', Targets })
for (let n = 1; n < 1_000_000; n += 1) {
  const event = { EventBusName: 'shop', Source: 'shop', DetailType: 'n', Detail: `{"n":${n}}` }
  if (n % 2 === 0) await call('AWSEvents.PutEvents', { Entries: [event] })
  else await call('AmazonSQS.SendMessage', { QueueUrl, MessageBody: String(n) })
  console.log(`+${n}`)
  if (n % 3 === 0) console.log(`-${await deleteOne()}`)
}
