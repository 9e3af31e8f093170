import { nameOf, operations } from './surfaces.ts'

/** Something that is wrong. */
export interface Failure {
  readonly fault: string
  /** A line from which the request can be sent again; undefined where it is no single request. */
  readonly replay: string | undefined
}

/** What a run found. */
export interface FuzzReport {
  readonly seed: number
  /** Requests that were asked for. */
  readonly requests: number
  /** Requests that were sent and judged. */
  sent: number
  /** Of them, those that were answered with a 2xx. */
  successes: number
  /** Requests and checks in which nothing was wrong, and in which something was. */
  passed: number
  failed: number
  /** The first failures, at most `FAILURES_MAX`. */
  readonly failures: Failure[]
  /** How often each operation answered with each status. */
  readonly answers: ReadonlyMap<string, Map<number, number>>
  /** Of everything that was sent: the same for the same seed. */
  readonly digest: string
}

/** Failures that are kept: one bug may make thousands. */
const FAILURES_MAX = 50

/** Requests from which on a run must reach everything. */
export const REQUESTS_ENOUGH = 2_000

/** Of a hundred requests, so many must succeed: where most are refused at the door, what is behind it stays untested. */
export const SUCCESS_SHARE_MIN = 30

/** Nothing found yet. */
export function newReport({ requests, seed }: Pick<FuzzReport, 'requests' | 'seed'>): FuzzReport {
  const answers = new Map(
    operations.map((operation) => [nameOf(operation), new Map<number, number>()]),
  )
  const counts = { sent: 0, successes: 0, passed: 0, failed: 0 }
  return { requests, seed, ...counts, failures: [], answers, digest: '' }
}

/** Counts one request or check as passed, or as failed with what is wrong. */
export function note(report: FuzzReport, faults: readonly string[], replay?: string): void {
  if (faults.length === 0) {
    report.passed += 1
    return
  }
  report.failed += 1
  if (report.failures.length < FAILURES_MAX) {
    report.failures.push({ fault: faults.slice(0, 3).join('; '), replay })
  }
}

/** Checks that enough was tried: every endpoint succeeded, and enough requests did. */
export function noteCoverage(report: FuzzReport): void {
  const { answers, sent, successes } = report
  if (sent < REQUESTS_ENOUGH) return
  for (const [operationId, statuses] of answers) {
    const isReached = [...statuses.keys()].some((status) => status < 300)
    note(report, isReached ? [] : [`${operationId} never answered with a 2xx`])
  }
  const share = (100 * successes) / sent
  const isEnough = share >= SUCCESS_SHARE_MIN
  note(report, isEnough ? [] : [`only ${share.toFixed(1)} % of the requests succeeded`])
}

/** The report for people; its last line is the result. */
export function writeReport(report: FuzzReport): string {
  const { requests, seed, sent, successes, answers, failures, failed, passed, digest } = report
  const width = Math.max(...[...answers.keys()].map(({ length }) => length))
  const rows = [...answers].map(([operationId, statuses]) => {
    const counts = [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status}: ${count}`)
    return `${operationId.padEnd(width)}  ${counts.join(', ')}`
  })
  const share = ((100 * successes) / Math.max(1, sent)).toFixed(1)
  const found = failures.map(({ fault, replay }) => `FAILED: ${fault}\n${replay ?? ''}`)
  const again = `npm run fuzz -- --requests ${requests} --seed ${seed}`
  return [
    ...rows,
    '',
    ...found,
    `${sent} requests, ${share} % with a 2xx; what was sent: ${digest.slice(0, 16)}`,
    failed > failures.length ? `${failed - failures.length} more failures are not shown` : '',
    `Again: ${again}`,
    `${passed} passed, ${failed} failed`,
  ].join('\n')
}
