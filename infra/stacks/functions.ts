import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib'
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { defined } from '../../lib/defined.ts'
import { addressVariables } from '../../lib/network.ts'
import { limitVariables } from '../../lib/request-limits.ts'
import { secretVariables } from '../../lib/fetch-secret.ts'
import { webhookVariables } from '../../lib/webhooks/policy.ts'
import { busVariables } from '../../lib/open-bus.ts'
import { acknowledge } from './acknowledge.ts'
import type { FunctionBundle } from '../bundle.ts'
import type { Data } from './data-stack.ts'
import type { Needs } from '../needs.ts'
import type { CheckedProps } from '../props.ts'
import { retentionOf } from './retention.ts'
import { rolesIn } from './roles.ts'

/** What is deployed of one file. */
interface Deployable {
  readonly bundle: FunctionBundle
  readonly needs: Needs
}

/** Makes the functions of one stack, which share a log group and, by access class, their roles. */
export interface FunctionMaker {
  readonly logGroup: LogGroup
  readonly make: (its: Deployable, options: FunctionOptions) => LambdaFunction
}

/** What differs from function to function besides what it needs. */
export interface FunctionOptions {
  readonly description: string
  readonly timeoutSeconds: number
}

/** Memory buys processor time: at 1,024 MB a function starts about twice as fast as at 512, for the same price of a start. */
export const MEMORY_MB = 1024

/** Prepares a stack for functions. */
export function functionsIn(stack: Stack, data: Data, props: CheckedProps): FunctionMaker {
  const { stage, logRetentionDays, reservedConcurrency } = props
  const logGroup = new LogGroup(stack, 'FunctionLogs', {
    logGroupName: `/holdfast/${stage}/${stack.node.id.toLowerCase()}`,
    retention: retentionOf(logRetentionDays),
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const { name: tableName } = data.tableIn(stack)
  const roleOf = rolesIn({ stack, stage, data, logGroup })
  const make = ({ bundle, needs }: Deployable, options: FunctionOptions): LambdaFunction => {
    const { name, folder } = bundle
    const reserved = reservedConcurrency[name]
    const made = new LambdaFunction(stack, idOf(name), {
      functionName: nameOf(stage, name),
      description: options.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      // The maps stay beside the bundles: a function starts faster without them.
      code: Code.fromAsset(folder, { exclude: ['*.map'] }),
      memorySize: MEMORY_MB,
      timeout: Duration.seconds(options.timeoutSeconds),
      environment: environmentOf(data, props, { needs, tableName }),
      role: roleOf(needs.accessClass),
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // Lambda's own lines on each start and end would cost more than ours say; its warnings stay.
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      ...defined({ reservedConcurrentExecutions: reserved }),
    })
    acknowledge(made, functionReasons)
    return made
  }
  return { logGroup, make }
}

const functionReasons = {
  'Serverless-LambdaTracing':
    'Each request leaves one line with its id, its times and its write units; traces would say the same again, at a price for each.',
  'Serverless-LambdaDLQ':
    'Nothing calls it and forgets: API Gateway waits for the answer, event source mappings have their own dead letters, and a timer comes again.',
  'Serverless-LambdaAsyncFailureDestination':
    'Nothing calls it and forgets: API Gateway waits for the answer, event source mappings have their own dead letters, and a timer comes again.',
}

/** A function's name in AWS. */
export function nameOf(stage: string, name: string): string {
  return `holdfast-${stage}-${name.replace('/', '-')}`
}

/** A function's id among the constructs: `SeatbuilderHoldSeats`. */
function idOf(name: string): string {
  const words = name.split(/[/-]/)
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')
}

/** What a function finds in its environment; nothing in it opens anything: who knows the secret of the origin may say whose address is whose. */
function environmentOf(
  data: Data,
  props: CheckedProps,
  { needs, tableName }: { needs: Needs; tableName: string },
): Record<string, string> {
  const { bus, queues, secrets } = data
  const { stage, corsOrigins, web, webhooks = {} } = props
  const named = {
    [busVariables.bus]: bus.eventBusName,
    [busVariables.deliveriesArn]: queues.deliveries.queueArn,
    [busVariables.deliveries]: queues.deliveries.queueUrl,
    [busVariables.timers]: queues.timers.queueUrl,
    [busVariables.deadLetters]: queues.deadLetters.queueUrl,
    [busVariables.failures]: queues.failures.queueUrl,
  }
  return {
    HOLDFAST_TABLE: tableName,
    HOLDFAST_STAGE: stage,
    ...defined({ HOLDFAST_CORS_ORIGINS: corsOrigins?.join(' ') }),
    ...(web === undefined ? {} : { HOLDFAST_SHARED_CACHE: 'true' }),
    ...(needs.warmsTable ? { ...addressesOf(data, props), ...limitsOf(props) } : {}),
    ...(needs.bus ? { ...named, ...variablesOf(webhooks) } : {}),
    ...(needs.secret === undefined
      ? {}
      : { [secretVariables[needs.secret]]: secrets[needs.secret].secretArn }),
  }
}

function variablesOf({
  perWorkspaceMax,
  ports,
}: NonNullable<CheckedProps['webhooks']>): Record<string, string> {
  return {
    ...(perWorkspaceMax === undefined
      ? {}
      : { [webhookVariables.perWorkspaceMax]: String(perWorkspaceMax) }),
    ...(ports === undefined ? {} : { [webhookVariables.ports]: ports.join(' ') }),
  }
}

function limitsOf({ requestLimits = {} }: CheckedProps): Record<string, string> {
  const { perAddress, perKey } = requestLimits
  return {
    ...(perAddress === undefined ? {} : { [limitVariables.perAddress]: String(perAddress) }),
    ...(perKey === undefined ? {} : { [limitVariables.perKey]: String(perKey) }),
  }
}

/** Where whoever is in front tells addresses of callers: the distribution adds one to the list, and API Gateway that of the distribution. */
function addressesOf(
  { originSecret }: Data,
  { web, callerAddress }: CheckedProps,
): Record<string, string> {
  const ofWeb = web === undefined ? undefined : { header: 'X-Forwarded-For', fromRight: 2 }
  const source = callerAddress ?? ofWeb
  if (source === undefined) return {}
  const { header, fromRight = 1 } = source
  return {
    [addressVariables.header]: header,
    [addressVariables.fromRight]: String(fromRight),
    ...(originSecret === undefined
      ? {}
      : { [addressVariables.originSecret]: originSecret.unsafeUnwrap() }),
  }
}
