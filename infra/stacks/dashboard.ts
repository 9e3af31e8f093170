import type { Stack } from 'aws-cdk-lib'
import { Dashboard, GraphWidget, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch'
import { METRICS_NAMESPACE, type MetricName } from '../../lib/metrics.ts'
import type { Watched } from './alarms.ts'

/** One graph: its title, and what it shows against the left and the right axis. */
type Graph = readonly [title: string, left: IMetric[], right?: IMetric[]]

/** Makes the dashboard of one stage. */
export function dashboardIn(stack: Stack, stage: string, watched: Watched): Dashboard {
  const dashboard = new Dashboard(stack, 'Board', { dashboardName: `holdfast-${stage}` })
  const graphs = [...graphsOfRequests(watched), ...graphsOfSeats(stage, watched)]
  const widgets = graphs.map(
    ([title, left, right = []]) => new GraphWidget({ title, left, right, width: 12, height: 6 }),
  )
  dashboard.addWidgets(...widgets)
  return dashboard
}

function graphsOfRequests({ apis, data: { queues }, workers }: Watched): Graph[] {
  const waiting = (names: readonly (keyof typeof queues)[]) =>
    names.map((name) => queues[name].metricApproximateNumberOfMessagesVisible())
  return [
    [
      'Requests and errors',
      apis.map(({ restApi }) => restApi.metricCount()),
      apis.map(({ restApi }) => restApi.metricServerError()),
    ],
    [
      'Latency',
      ['p50', 'p99'].flatMap((statistic) =>
        apis.map(({ restApi }) => restApi.metricLatency({ statistic })),
      ),
    ],
    [
      'Queues, and where messages end',
      waiting(['timers', 'deliveries']),
      waiting(['timersDeadLetters', 'deadLetters', 'failures']),
    ],
    ['Workers that fail', [...workers.functions.values()].map((it) => it.metricErrors())],
  ]
}

function graphsOfSeats(stage: string, { tableName }: Watched): Graph[] {
  const metric =
    (namespace: string, dimensionsMap: Record<string, string>) =>
    (metricName: string, statistic = 'Sum') =>
      new Metric({ namespace, dimensionsMap, metricName, statistic })
  const own: (name: MetricName, statistic?: string) => Metric = metric(METRICS_NAMESPACE, {
    Stage: stage,
  })
  const ofTable = metric('AWS/DynamoDB', { TableName: tableName })
  return [
    ['What seats say', [own('Refusals'), own('Conflicts'), own('Busy')], [own('LargeCommits')]],
    [
      'Units',
      [own('WriteUnits'), ofTable('ConsumedWriteCapacityUnits')],
      [ofTable('ConsumedReadCapacityUnits')],
    ],
    [
      'Table',
      [ofTable('WriteThrottleEvents'), ofTable('ReadThrottleEvents')],
      [ofTable('TransactionConflict')],
    ],
    ['Holds end late by', [own('ExpiryLateness', 'p50'), own('ExpiryLateness', 'p99')]],
    ['Deliveries', [own('DeliveryAttempts'), own('DeliveryFailures')]],
    ['Recovery and faults', [own('Recovered'), own('RecoveryFailures'), own('Faults')]],
    ['Refused for want of room', [own('Overloaded')]],
  ]
}
