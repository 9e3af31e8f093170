import { CreateEventBusCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { BusNames } from '../../lib/bus/port.ts'
import { MESSAGE_SECONDS_KEPT_MAX } from '../../lib/limits/aws-limits.ts'
import { RECEIVES_MAX } from '../../lib/limits/worker-times.ts'

/** The bus and the queues of the local product, each by what it is for. */
export const localNames = {
  bus: 'holdfast',
  timers: 'holdfast-timers',
  timersDead: 'holdfast-timers-dead',
  deliveries: 'holdfast-deliveries',
  deliveriesDead: 'holdfast-deliveries-dead',
  failures: 'holdfast-failures',
} as const

/** Longer than a worker may take, and short enough that what a killed process had taken soon comes again. */
const VISIBILITY_SECONDS = 90

/** Creates the bus and the queues unless they are there already, and answers how they are called. */
export async function createQueues({
  events,
  queues,
}: {
  events: EventBridgeClient
  queues: SQSClient
}): Promise<BusNames> {
  await createBus(events)
  // What is given up waits for someone to look, as long as SQS keeps it.
  const kept = { MessageRetentionPeriod: String(MESSAGE_SECONDS_KEPT_MAX) }
  const timersDead = await createQueue(queues, localNames.timersDead, kept)
  const deliveriesDead = await createQueue(queues, localNames.deliveriesDead, kept)
  const failures = await createQueue(queues, localNames.failures, kept)
  const timers = await createQueue(queues, localNames.timers, worked(timersDead.arn))
  const deliveries = await createQueue(queues, localNames.deliveries, worked(deliveriesDead.arn))
  return {
    bus: localNames.bus,
    deliveriesArn: deliveries.arn,
    deliveries: deliveries.url,
    timers: timers.url,
    deadLetters: deliveriesDead.url,
    failures: failures.url,
  }
}

async function createBus(events: EventBridgeClient): Promise<void> {
  try {
    await events.send(new CreateEventBusCommand({ Name: localNames.bus }))
  } catch (error) {
    if ((error as Error).name !== 'ResourceAlreadyExistsException') throw error
  }
}

/** Attributes of a queue that a worker takes from. */
function worked(deadLetterTargetArn: string): Record<string, string> {
  return {
    VisibilityTimeout: String(VISIBILITY_SECONDS),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: RECEIVES_MAX }),
  }
}

/** Also sets the attributes of a queue that another version made. */
async function createQueue(
  queues: SQSClient,
  name: string,
  attributes: Record<string, string>,
): Promise<{ url: string; arn: string }> {
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: name }))
  await queues.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributes }))
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  )
  return { url: QueueUrl ?? '', arn: Attributes?.QueueArn ?? '' }
}
