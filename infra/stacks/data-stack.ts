import { Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib'
import {
  AttributeType,
  Billing,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb'
import { EventBus } from 'aws-cdk-lib/aws-events'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { StringParameter } from 'aws-cdk-lib/aws-ssm'
import type { Construct } from 'constructs'
import { defined } from '../../lib/defined.ts'
import type { SecretRoot } from '../../lib/secrets.ts'
import { tableDefinition } from '../../lib/store/table/table-definition.ts'
import { acknowledge } from './acknowledge.ts'
import { letRulesSend } from './queue-policy.ts'
import type { CheckedProps } from '../props.ts'
import { MESSAGE_SECONDS_KEPT_MAX } from '../../lib/limits/aws-limits.ts'
import { RECEIVES_MAX, VISIBILITY_FACTOR, WORKER_SECONDS } from '../../lib/limits/worker-times.ts'

/** How the table is found. */
export interface Table {
  readonly name: string
  readonly arn: string
}

/** What outlives every other stack: the table, the secrets, the bus and the queues. */
export interface Data {
  readonly stack: Stack
  /** The table as another stack names it: by parameters, so that another table can take its place. */
  readonly tableIn: (stack: Stack) => Table
  /** The ARN of its stream, in the same way. */
  readonly streamIn: (stack: Stack) => string
  /** What keys are derived from, and what webhooks are signed with. */
  readonly secrets: Readonly<Record<SecretRoot, Secret>>
  /** What the server in front shows itself by, where there is one: CloudFormation reads it with each deployment. */
  readonly originSecret: SecretValue | undefined
  readonly bus: EventBus
  /** The name as text: policies have it within patterns. */
  readonly busName: string
  readonly queues: Queues
}

/** Queues that call workers, and those that wait for people. */
export interface Queues {
  readonly timers: Queue
  readonly deliveries: Queue
  /** Messages of `timers` that failed again and again. */
  readonly timersDeadLetters: Queue
  /** Messages of `deliveries` that failed again and again, and deliveries that were given up. */
  readonly deadLetters: Queue
  /** Stream records that could not be worked off. */
  readonly failures: Queue
}

/** What failed is kept as long as can be. */
const KEEP_FAILED = Duration.seconds(MESSAGE_SECONDS_KEPT_MAX)

/**
 * Kept when its stack goes, but not when the stack cannot be made: what has a fixed name would then be in the way of the next attempt.
 */
const KEEP_ONCE_MADE = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE

/** Backups reach back that far. */
const RECOVERY_DAYS = 35

/** Seconds for which a message that was handed out is kept from others. */
export const VISIBILITY_SECONDS = {
  timers: VISIBILITY_FACTOR * WORKER_SECONDS.timers,
  deliveries: VISIBILITY_FACTOR * WORKER_SECONDS.deliveries,
} as const

/** Makes the stack of everything that holds data; nothing in it is deleted with it. */
export function dataStack(scope: Construct, props: CheckedProps): Data {
  const { stage, env } = props
  const stack = new Stack(scope, 'Data', {
    ...defined({ env }),
    stackName: `holdfast-${stage}-data`,
    description: `Holdfast ${stage}: table, secrets, bus and queues`,
    terminationProtection: true,
  })
  const busName = `holdfast-${stage}`
  const bus = new EventBus(stack, 'Bus', {
    eventBusName: busName,
    description: 'What changes in Holdfast: attach rules of your own',
  })
  bus.applyRemovalPolicy(KEEP_ONCE_MADE)
  const queues = queuesIn(stack, stage)
  letRulesSend({ busName, queue: queues.deliveries, stack })
  const secrets = secretsIn(stack, stage)
  const originSecret = originSecretIn(stack, props)
  const table = newTable(stack, props)
  // Last, because nothing can undo it: what fails while the stack is made fails before.
  table.node.addDependency(bus, ...Object.values<Queue>({ ...queues }), ...Object.values(secrets))
  tellTable(stack, props, table)
  keepExports(stack, table)
  const names = parametersOf(stage)
  const valueIn = (reader: Stack, name: string) =>
    StringParameter.valueForStringParameter(reader, name)
  const tableIn = (reader: Stack) => toTable(reader, valueIn(reader, names.name))
  const streamIn = (reader: Stack) => valueIn(reader, names.streamArn)
  return { stack, tableIn, streamIn, secrets, originSecret, bus, busName, queues }
}

/** Names of parameters in Systems Manager, by which other stacks find the table. */
function parametersOf(stage: string) {
  return { name: `/holdfast/${stage}/table`, streamArn: `/holdfast/${stage}/table-stream` }
}

/**
 * Writes down which table is worked with: the stack's own, or one that was restored. Not as exports, which could not change as long as
 * another stack imports them.
 */
function tellTable(stack: Stack, { stage, restoredTable }: CheckedProps, own: TableV2): void {
  const names = parametersOf(stage)
  const used = restoredTable ?? { name: own.tableName, streamArn: own.tableStreamArn ?? '' }
  new StringParameter(stack, 'TableName', {
    parameterName: names.name,
    description: `Holdfast ${stage}: the table that is worked with`,
    stringValue: used.name,
  })
  new StringParameter(stack, 'TableStream', {
    parameterName: names.streamArn,
    description: `Holdfast ${stage}: the stream of that table`,
    stringValue: used.streamArn,
  })
}

/** Stacks that an earlier version deployed import these until they are deployed again; an export in use cannot go. */
function keepExports(stack: Stack, { tableName, tableArn, tableStreamArn }: TableV2): void {
  for (const value of [tableName, tableArn, tableStreamArn]) stack.exportValue(value)
}

function toTable(reader: Stack, name: string): Table {
  const arn = reader.formatArn({ service: 'dynamodb', resource: 'table', resourceName: name })
  return { name, arn }
}

/** The stack's own table. It stays in the template where another is worked with: to come back must not be to make it anew. */
function newTable(stack: Stack, { stage, warmThroughput }: CheckedProps): TableV2 {
  const { partitionKey, sortKey, ttlAttribute, streamViewType } = tableDefinition
  return new TableV2(stack, 'Table', {
    tableName: `holdfast-${stage}`,
    partitionKey: { name: partitionKey, type: AttributeType.STRING },
    sortKey: { name: sortKey, type: AttributeType.STRING },
    billing: Billing.onDemand(),
    ...defined({ warmThroughput }),
    dynamoStream: StreamViewType[streamViewType],
    timeToLiveAttribute: ttlAttribute,
    // With the key that DynamoDB owns: another would be asked, and paid, with every request.
    encryption: TableEncryptionV2.dynamoOwnedKey(),
    pointInTimeRecoverySpecification: {
      pointInTimeRecoveryEnabled: true,
      recoveryPeriodInDays: RECOVERY_DAYS,
    },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  })
}

function secretsIn(stack: Stack, stage: string): Data['secrets'] {
  const keys = newSecret(stack, 'MasterSecret', {
    secretName: `holdfast-${stage}-master-secret`,
    description: 'Keys of Holdfast are derived from it: with another one they are all void',
  })
  acknowledge(keys, {
    'AwsSolutions-SMG4':
      'Every key of the seats.io surface is derived from it, so a rotation would void them all; single keys are renewed by their generation.',
  })
  const webhooks = newSecret(stack, 'SigningSecret', {
    secretName: `holdfast-${stage}-signing-secret`,
    description: 'Secrets of webhooks are derived from it: with another one no receiver believes',
  })
  acknowledge(webhooks, {
    'AwsSolutions-SMG4':
      'The secret of every webhook is derived from it, and receivers know theirs: each is renewed by a rotation of its own.',
  })
  return { keys, webhooks }
}

/** The company's own, or that of the distribution; whatever stands in front, there is one. */
function originSecretIn(
  stack: Stack,
  { stage, web, callerAddress }: CheckedProps,
): SecretValue | undefined {
  const { originSecretArn } = callerAddress ?? {}
  if (originSecretArn !== undefined) return SecretValue.secretsManager(originSecretArn)
  if (web === undefined) return undefined
  const made = newSecret(stack, 'OriginSecret', {
    secretName: `holdfast-${stage}-origin-secret`,
    description: 'The distribution of Holdfast shows itself to the functions by it',
  })
  acknowledge(made, {
    'AwsSolutions-SMG4':
      'It opens nothing: who knows it may claim to call from another address. A deployment hands a new one to both sides.',
  })
  return SecretValue.secretsManager(made.secretArn)
}

function newSecret(
  stack: Stack,
  id: string,
  named: { secretName: string; description: string },
): Secret {
  return new Secret(stack, id, {
    ...named,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy: KEEP_ONCE_MADE,
  })
}

function queuesIn(stack: Stack, stage: string): Queues {
  const last = (id: string, name: string) => {
    const queue = newQueue(stack, id, `holdfast-${stage}-${name}`)
    acknowledge(queue, {
      'AwsSolutions-SQS3': 'It is itself where messages end: an alarm tells of the first one.',
      'Serverless-SQSRedrivePolicy':
        'It is itself where messages end: an alarm tells of the first one.',
    })
    return queue
  }
  const timersDeadLetters = last('TimersDeadLetters', 'timers-dead-letters')
  const deadLetters = last('DeadLetters', 'dead-letters')
  return {
    timersDeadLetters,
    deadLetters,
    failures: last('Failures', 'failures'),
    timers: newQueue(stack, 'Timers', `holdfast-${stage}-timers`, {
      visibilitySeconds: VISIBILITY_SECONDS.timers,
      deadLetters: timersDeadLetters,
    }),
    deliveries: newQueue(stack, 'Deliveries', `holdfast-${stage}-deliveries`, {
      visibilitySeconds: VISIBILITY_SECONDS.deliveries,
      deadLetters,
    }),
  }
}

function newQueue(
  stack: Stack,
  id: string,
  ...[queueName, worked]: [string, { visibilitySeconds: number; deadLetters: Queue }?]
): Queue {
  return new Queue(stack, id, {
    queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: KEEP_FAILED,
    removalPolicy: KEEP_ONCE_MADE,
    ...(worked === undefined
      ? {}
      : {
          visibilityTimeout: Duration.seconds(worked.visibilitySeconds),
          deadLetterQueue: { queue: worked.deadLetters, maxReceiveCount: RECEIVES_MAX },
        }),
  })
}
