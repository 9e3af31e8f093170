import { createEventBus, describeEventBus } from './buses.ts'
import {
  deleteRule,
  describeRule,
  disableRule,
  enableRule,
  listRules,
  putRule,
  testEventPattern,
} from './events-rules.ts'
import { listTargetsByRule, putTargets, removeTargets } from './events-targets.ts'
import type { Operation } from './operation.ts'
import { putEvents } from './put-events.ts'
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './sqs-finish.ts'
import {
  createQueue,
  getQueueAttributes,
  getQueueUrl,
  purgeQueue,
  setQueueAttributes,
} from './sqs-queues.ts'
import { receiveMessage } from './sqs-receive.ts'
import { sendMessage, sendMessageBatch } from './sqs-send.ts'

/** The two services, as targets name them. */
export type ServiceName = 'AmazonSQS' | 'AWSEvents'

/** Every operation that is served, by service and name. */
export const operations: Readonly<Record<ServiceName, Readonly<Record<string, Operation>>>> = {
  AmazonSQS: {
    CreateQueue: createQueue,
    GetQueueUrl: getQueueUrl,
    GetQueueAttributes: getQueueAttributes,
    SetQueueAttributes: setQueueAttributes,
    PurgeQueue: purgeQueue,
    SendMessage: sendMessage,
    SendMessageBatch: sendMessageBatch,
    ReceiveMessage: receiveMessage,
    DeleteMessage: deleteMessage,
    DeleteMessageBatch: deleteMessageBatch,
    ChangeMessageVisibility: changeMessageVisibility,
    ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  },
  AWSEvents: {
    CreateEventBus: createEventBus,
    DescribeEventBus: describeEventBus,
    PutEvents: putEvents,
    PutRule: putRule,
    DescribeRule: describeRule,
    EnableRule: enableRule,
    DisableRule: disableRule,
    DeleteRule: deleteRule,
    ListRules: listRules,
    PutTargets: putTargets,
    RemoveTargets: removeTargets,
    ListTargetsByRule: listTargetsByRule,
    TestEventPattern: testEventPattern,
  },
}

/** What a target such as `AmazonSQS.SendMessage` names, if it is served. */
export function findOperation(
  target: string,
): { service: ServiceName; name: string; operation: Operation } | undefined {
  const [service = '', name = '', ...more] = target.split('.')
  if (!isService(service) || more.length > 0) return undefined
  const found = Object.hasOwn(operations[service], name) ? operations[service][name] : undefined
  return found === undefined ? undefined : { service, name, operation: found }
}

function isService(name: string): name is ServiceName {
  return Object.hasOwn(operations, name)
}
