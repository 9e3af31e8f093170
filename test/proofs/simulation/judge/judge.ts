import type { RunRecord } from '../run.ts'
import { judgeAnswers } from './answers.ts'
import { judgeCommits } from './commits.ts'
import { judgeDeliveries } from './deliveries.ts'
import { expirerOf } from './expiries.ts'
import { dueNotices, judgeNotices } from './notices.ts'
import { judgeResendings } from './resendings.ts'
import { isLapsed } from './rules.ts'
import { judgeTables } from './tables.ts'
import { judgeTerms } from './terms-changes.ts'
import { readTimeline } from './timeline.ts'
import { judgeTokens } from './tokens.ts'

/** What a run came to. */
export interface Verdict {
  readonly faults: readonly string[]
  /** Operations that changed something. */
  readonly commits: number
  /** Of them, those above the limit of one transaction. */
  readonly largeCommits: number
  /** Processes that died. */
  readonly crashes: number
  /** Holds that ended by themselves: the seat was taken again afterwards, or is as it was left. */
  readonly lapses: number
  /** Of them, those that the product ended by itself. */
  readonly expiries: number
  /** Versions of objects that the bus was told of. */
  readonly notices: number
  /** Requests that receivers of webhooks were sent. */
  readonly deliveries: number
}

/** Judges a run by the table's stream, the answers and the end; knows nothing of how the product works inside. */
export function judge(record: RunRecord): Verdict {
  const timeline = readTimeline(record)
  const due = dueNotices(record, timeline)
  const faults = [
    ...record.complaints,
    ...record.logs
      .filter(({ line }) => /damaged/i.test(JSON.stringify(line)))
      .map(({ life, line }) => `${life} found damage: ${JSON.stringify(line)}`),
    ...judgeCommits(record, timeline),
    ...judgeTokens(record, timeline),
    ...judgeTerms(record, timeline),
    ...judgeTables(timeline),
    ...judgeAnswers(record, timeline),
    ...judgeNotices(record, due),
    ...judgeDeliveries(record, due),
    ...judgeResendings(record),
  ]
  const large = [...timeline.decisions.values()].filter(({ state }) => state === 'C')
  const lapses = [...timeline.objects.values()].flatMap(({ changes }) =>
    changes.filter(({ before, after }) => isLapsed(before, after.at)),
  )
  return {
    faults,
    commits: timeline.changes.size,
    largeCommits: large.length,
    crashes: record.deaths,
    lapses: lapses.length,
    expiries: lapses.filter(({ after }) => expirerOf(record, after.operationId) !== undefined)
      .length,
    notices: due.size,
    deliveries: record.receivers.reduce((sum, { posts }) => sum + posts.length, 0),
  }
}
