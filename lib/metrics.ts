// What is counted for CloudWatch: a metric is a line of the log in the embedded metric format, so that it costs no call, and a
// stage's metrics are there as soon as its first line is. The dimensions are few on purpose: each combination is paid for.

/** Where Holdfast's metrics are. */
export const METRICS_NAMESPACE = 'Holdfast'

/** Every metric, with its unit. */
export const metrics = {
  /** Requests that were answered. */
  Requests: 'Count',
  /** Refusals by a rule, or of a caller. */
  Refusals: 'Count',
  /** Rounds that were decided anew, since others had changed a row meanwhile. */
  Conflicts: 'Count',
  /** Requests whose objects stayed busy through all rounds. */
  Busy: 'Count',
  /** Requests that were refused since there was no room for them. */
  Overloaded: 'Count',
  /** Commits of more than one transaction. */
  LargeCommits: 'Count',
  /** Faults and bugs: what was answered with 5xx, other than for want of room. */
  Faults: 'Count',
  /** Write units of the table. */
  WriteUnits: 'Count',
  /** Milliseconds that a function took for a request. */
  Duration: 'Milliseconds',
  /** Large commits that the recovery worker ended. */
  Recovered: 'Count',
  /** Large commits that it could not end. */
  RecoveryFailures: 'Count',
  /** Milliseconds from a hold's deadline to the moment its end was written. */
  ExpiryLateness: 'Milliseconds',
  /** Attempts to deliver to a webhook endpoint. */
  DeliveryAttempts: 'Count',
  /** Those that failed. */
  DeliveryFailures: 'Count',
  /** Rules on the bus that webhook endpoints are. */
  WebhookRules: 'Count',
  /** Those that a reconciliation had no time for. */
  WebhookRulesLeft: 'Count',
} as const satisfies Record<string, 'Count' | 'Milliseconds'>

/** The name of a metric. */
export type MetricName = keyof typeof metrics

/** What was measured: what is left out or zero is not written. */
export type Measured = Partial<Readonly<Record<MetricName, number>>>

/** Embeds metrics into a line of the log; a line in which nothing was measured stays as it is. */
export function withMetrics(
  line: Readonly<Record<string, unknown>>,
  measured: Measured,
  { stage, time }: { stage: string; time: number },
): Record<string, unknown> {
  const values = Object.entries(measured).filter(([, value]) => value !== 0)
  if (values.length === 0) return line
  const Metrics = values.map(([Name]) => ({ Name, Unit: metrics[Name as MetricName] }))
  const CloudWatchMetrics = [{ Namespace: METRICS_NAMESPACE, Dimensions: [['Stage']], Metrics }]
  return {
    ...line,
    ...Object.fromEntries(values),
    Stage: stage,
    _aws: { Timestamp: time, CloudWatchMetrics },
  }
}
