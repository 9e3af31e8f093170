import { Duration } from 'aws-cdk-lib'
import {
  ComparisonOperator,
  MathExpression,
  Metric,
  TreatMissingData,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch'
import { METRICS_NAMESPACE, type MetricName } from '../../lib/metrics.ts'
import type { DeployedApi } from './api-stack.ts'
import type { Data } from './data-stack.ts'
import { RULES_MAX } from '../props.ts'
import type { DeployedWorkers } from './workers-stack.ts'
import { STREAM_MS_KEPT } from '../../lib/limits/aws-limits.ts'
import { HOUR_MS } from '../../lib/limits/durations.ts'

/** What alarms look at. */
export interface Watched {
  readonly data: Data
  readonly tableName: string
  readonly apis: readonly DeployedApi[]
  readonly workers: DeployedWorkers
}

/** One alarm; `docs/runbook.md` has a heading of the same name. */
export interface AlarmPlan {
  /** In kebab-case: part of the alarm's name, and the heading in the runbook. */
  readonly name: string
  /** One sentence for whoever is woken. */
  readonly says: string
  readonly metric: IMetric
  /** It rings above that. */
  readonly above: number
  /** Periods of which all must be above. */
  readonly periods?: number
}

const MINUTE = Duration.minutes(1)
const FIVE_MINUTES = Duration.minutes(5)

/** A share of requests that fail, in per cent. */
const ERROR_PERCENT = 1

/** Milliseconds of the slowest hundredth of requests. */
const LATENCY_MS = 3_000

/** Milliseconds that the stream may be behind. */
const STREAM_LAG_MS = 60_000

/** Milliseconds that holds may end late, at the slowest hundredth. */
const EXPIRY_LATENESS_MS = 10_000

/** Deliveries and timers that wait to be picked up. */
const BACKLOG = 10_000

/** Rules that webhooks may be before somebody must raise the quota, or have some deleted: four fifths of all. */
const WEBHOOK_RULES = 0.8 * RULES_MAX

/** They are counted every quarter of an hour. */
const HALF_HOUR = Duration.minutes(30)

/** Everything that is watched. */
export function planAlarms(stage: string, watched: Watched): AlarmPlan[] {
  const { data, tableName, apis, workers } = watched
  return [
    ...apis.flatMap((api) => planApi(api)),
    ...planTable(tableName),
    ...planMetrics(stage),
    ...planWorkers(workers),
    ...planQueues(data),
  ]
}

function planApi({ api: { id, surface }, restApi }: DeployedApi): AlarmPlan[] {
  const dimensionsMap = { ApiName: restApi.restApiName, Stage: restApi.deploymentStage.stageName }
  const metric = (metricName: string, statistic: string, period: Duration) =>
    new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap, statistic, period })
  const suffix = id.toLowerCase()
  return [
    {
      name: `api-errors-${suffix}`,
      says: `More than ${ERROR_PERCENT} % of the requests to the API of ${surface} are answered with 5xx.`,
      metric: new MathExpression({
        expression: '100 * errors',
        usingMetrics: { errors: metric('5XXError', 'Average', MINUTE) },
        label: '5xx, per cent',
        period: MINUTE,
      }),
      above: ERROR_PERCENT,
      periods: 3,
    },
    {
      name: `api-latency-${suffix}`,
      says: `One in a hundred requests to the API of ${surface} takes more than ${LATENCY_MS / 1000} s.`,
      metric: metric('Latency', 'p99', FIVE_MINUTES),
      above: LATENCY_MS,
      periods: 3,
    },
  ]
}

function planTable(tableName: string): AlarmPlan[] {
  const metric = (metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: tableName },
      statistic: 'Sum',
      period: MINUTE,
    })
  return [
    {
      name: 'table-throttled',
      says: 'DynamoDB refuses reads or writes because there are too many.',
      metric: new MathExpression({
        expression: 'FILL(reads, 0) + FILL(writes, 0)',
        usingMetrics: {
          reads: metric('ReadThrottleEvents'),
          writes: metric('WriteThrottleEvents'),
        },
        label: 'Throttled',
        period: MINUTE,
      }),
      above: 10,
      periods: 2,
    },
    {
      name: 'functions-throttled',
      says: 'Lambda refuses to start functions of this account: its concurrency is used up.',
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'Throttles',
        statistic: 'Sum',
        period: MINUTE,
      }),
      above: 0,
      periods: 2,
    },
  ]
}

function planMetrics(stage: string): AlarmPlan[] {
  const own = (metricName: MetricName, statistic: string, period = FIVE_MINUTES) =>
    new Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { Stage: stage },
      statistic,
      period,
    })
  return [
    {
      name: 'faults',
      says: 'Requests ended in faults or bugs, in functions that were up.',
      metric: own('Faults', 'Sum', MINUTE),
      above: 5,
      periods: 3,
    },
    {
      name: 'overloaded',
      says: 'Requests are refused because there is no room for them.',
      metric: own('Overloaded', 'Sum', MINUTE),
      above: 50,
      periods: 2,
    },
    {
      name: 'recovery-failures',
      says: 'A large commit that its process left behind cannot be ended.',
      metric: own('RecoveryFailures', 'Sum'),
      above: 0,
    },
    {
      name: 'expiry-late',
      says: `Holds are released more than ${EXPIRY_LATENESS_MS / 1000} s after their deadline; nobody sees them held meanwhile.`,
      metric: own('ExpiryLateness', 'p99'),
      above: EXPIRY_LATENESS_MS,
      periods: 3,
    },
    {
      name: 'deliveries-failing',
      says: 'Most attempts to deliver to webhook endpoints fail.',
      metric: new MathExpression({
        expression: 'IF(attempts > 20, 100 * FILL(failures, 0) / attempts, 0)',
        usingMetrics: {
          attempts: own('DeliveryAttempts', 'Sum'),
          failures: own('DeliveryFailures', 'Sum'),
        },
        label: 'Failed, per cent',
        period: FIVE_MINUTES,
      }),
      above: 50,
      periods: 3,
    },
    {
      name: 'webhook-rules',
      says: `Webhooks are more than ${WEBHOOK_RULES} of the ${RULES_MAX} rules that the bus takes.`,
      metric: own('WebhookRules', 'Maximum', HALF_HOUR),
      above: WEBHOOK_RULES,
    },
  ]
}

function planWorkers({ functions }: DeployedWorkers): AlarmPlan[] {
  const streamReaders = ['relay-changes', 'watch-table'].flatMap((name) => {
    const reader = functions.get(name)
    return reader === undefined ? [] : [{ name, reader }]
  })
  return [
    ...streamReaders.map(({ name, reader }) => ({
      name: `stream-lag-${name}`,
      says: `${name} is more than ${STREAM_LAG_MS / 1000} s behind the table's stream, which keeps ${STREAM_MS_KEPT / HOUR_MS} hours.`,
      metric: reader.metric('IteratorAge', { statistic: 'Maximum', period: MINUTE }),
      above: STREAM_LAG_MS,
      periods: 5,
    })),
    ...[...functions].map(([name, worker]) => ({
      name: `worker-errors-${name}`,
      says: `${name} fails again and again.`,
      metric: worker.metricErrors({ statistic: 'Sum', period: FIVE_MINUTES }),
      above: 2,
      periods: 2,
    })),
  ]
}

function planQueues({ queues }: Data): AlarmPlan[] {
  const last = ['timersDeadLetters', 'deadLetters', 'failures'] as const
  const names = {
    timersDeadLetters: ['timers-given-up', 'Timers of holds failed five times and were given up.'],
    deadLetters: ['deliveries-given-up', 'Deliveries to webhook endpoints were given up.'],
    failures: [
      'records-unreadable',
      'Records of the stream could not be read or told, and were put aside.',
    ],
  } as const satisfies Record<(typeof last)[number], readonly [name: string, says: string]>
  const visible = { statistic: 'Maximum', period: MINUTE }
  return [
    ...last.map((key) => ({
      name: names[key][0],
      says: names[key][1],
      metric: queues[key].metricApproximateNumberOfMessagesVisible(visible),
      above: 0,
    })),
    ...(['timers', 'deliveries'] as const).map((key) => ({
      name: `${key}-backlog`,
      says: `More than ${BACKLOG} messages of the queue of ${key} wait to be picked up.`,
      metric: queues[key].metricApproximateNumberOfMessagesVisible(visible),
      above: BACKLOG,
      periods: 5,
    })),
  ]
}

/** How every alarm compares: above its threshold, and silent where there is nothing to measure. */
export const comparison = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  treatMissingData: TreatMissingData.NOT_BREACHING,
} as const
