import { Duration, Stack } from 'aws-cdk-lib'
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as FunctionTarget } from 'aws-cdk-lib/aws-events-targets'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import {
  EventSourceMapping,
  FilterCriteria,
  StartingPosition,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda'
import type { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { defined } from '../../lib/defined.ts'
import type { QueueTrigger, Trigger } from '../../lib/http/catalog.ts'
import { acknowledge } from './acknowledge.ts'
import type { Data } from './data-stack.ts'
import { functionsIn } from './functions.ts'
import type { CheckedProps } from '../props.ts'
import { streamFilters } from './stream-filters.ts'
import { SELDOM_SECONDS, STREAM_BATCH, WORKER_SECONDS } from '../../lib/limits/worker-times.ts'

/** The workers as they are deployed, by their names. */
export interface DeployedWorkers {
  readonly stack: Stack
  readonly functions: ReadonlyMap<string, LambdaFunction>
  readonly logGroup: LogGroup
}

/** Shards of a DynamoDB stream are read by two at most. */
export const STREAM_WORKERS_MAX = 2

/** Calls for one shard at a time; records of one partition key keep their order. */
const STREAM_CALLS_PER_SHARD = 4

/** Makes the stack of everything that no caller waits for. */
export function workersStack(scope: Construct, props: CheckedProps, data: Data): DeployedWorkers {
  const { stage, env, build } = props
  const stack = new Stack(scope, 'Workers', {
    ...defined({ env }),
    stackName: `holdfast-${stage}-workers`,
    description: `Holdfast ${stage}: stream, timers, deliveries and recovery`,
  })
  stack.addStackDependency(data.stack)
  const readers = build.workers.filter(({ trigger }) => trigger.kind === 'stream')
  if (readers.length > STREAM_WORKERS_MAX) {
    const names = readers.map(({ name }) => name).join(', ')
    throw new Error(
      `A stream is read by ${STREAM_WORKERS_MAX} functions at most, and these want to: ${names}.`,
    )
  }
  const { make, logGroup } = functionsIn(stack, data, props)
  const functions = new Map<string, LambdaFunction>()
  for (const worker of build.workers) {
    const { trigger, name } = worker
    const options = { description: describe(trigger), timeoutSeconds: secondsFor(trigger) }
    const worked = make(worker, options)
    functions.set(name, worked)
    connect(stack, data, { name, trigger, worked })
  }
  return { stack, functions, logGroup }
}

function describe(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'stream':
      return 'Called by the stream of the table'
    case 'timer':
      return `Called every ${trigger.everySeconds} s`
    case 'queue':
      return `Called by the queue of ${trigger.queue}`
  }
}

function secondsFor(trigger: Trigger): number {
  if (trigger.kind === 'queue') return WORKER_SECONDS[trigger.queue]
  const isSeldom = trigger.kind === 'timer' && trigger.everySeconds > SELDOM_SECONDS
  return isSeldom ? WORKER_SECONDS.seldomTimer : WORKER_SECONDS[trigger.kind]
}

interface Connected {
  readonly name: string
  readonly trigger: Trigger
  readonly worked: LambdaFunction
}

function connect(stack: Stack, data: Data, { name, trigger, worked }: Connected): void {
  switch (trigger.kind) {
    case 'stream':
      connectStream(data, name, worked)
      return
    case 'timer':
      connectTimer(stack, { name, everySeconds: trigger.everySeconds, worked })
      return
    case 'queue':
      connectQueue(data, trigger, worked)
  }
}

/** A batch is tried, in halves, until the stream forgets it: what cannot be read the worker itself puts aside. */
function connectStream(data: Data, name: string, target: LambdaFunction): void {
  const streamArn = data.streamIn(Stack.of(target))
  target.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: [streamArn],
    }),
  )
  const filters = streamFilters[name]
  const mapping = new EventSourceMapping(target, 'Stream', {
    target,
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: STREAM_BATCH,
    parallelizationFactor: STREAM_CALLS_PER_SHARD,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: -1,
    ...defined({ filters: filters?.map((it) => FilterCriteria.filter(it)) }),
  })
  acknowledge(mapping, {
    'Serverless-LambdaEventSourceMappingDestination':
      'No batch is given up before the stream ends, and an alarm tells long before; a record that cannot be read is put aside, whole, by the worker.',
  })
}

/** A call that fails is not tried again: the next one comes soon enough. */
function connectTimer(
  stack: Stack,
  { name, everySeconds, worked }: { name: string; everySeconds: number; worked: LambdaFunction },
): void {
  if (everySeconds % 60 !== 0) {
    throw new Error(`The timer of ${name} must run every so many whole minutes on AWS.`)
  }
  const target = new FunctionTarget(worked, {
    event: RuleTargetInput.fromObject({}),
    retryAttempts: 0,
    maxEventAge: Duration.seconds(60),
  })
  const timer = new Rule(stack, `Timer-${name}`, {
    description: `Calls ${name}`,
    schedule: Schedule.rate(Duration.seconds(everySeconds)),
    targets: [target],
  })
  acknowledge(timer, {
    'Serverless-EventBusDLQ': 'A call that fails is made good by the next one, a minute later.',
  })
}

function connectQueue({ queues }: Data, trigger: QueueTrigger, target: LambdaFunction): void {
  const queue = queues[trigger.queue]
  target.addToRolePolicy(
    new PolicyStatement({
      actions: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:GetQueueAttributes',
      ],
      resources: [queue.queueArn],
    }),
  )
  const mapping = new EventSourceMapping(target, 'Queue', {
    target,
    eventSourceArn: queue.queueArn,
    batchSize: trigger.batchSize,
    maxConcurrency: trigger.concurrencyMax,
    reportBatchItemFailures: true,
  })
  acknowledge(mapping, {
    'Serverless-LambdaEventSourceMappingDestination':
      'The queue has dead letters of its own: a message goes there after five receives.',
  })
}
