import type { RunRecord } from '../run.ts'
import { judgeLawnAnswers } from './answers.ts'
import { readLawn } from './reading.ts'
import { judgeRows } from './rows.ts'
import { judgeLawnNotices } from './told.ts'

/** What a run over areas came to. */
export interface LawnVerdict {
  readonly faults: readonly string[]
  /** Commits that changed places. */
  readonly commits: number
  /** Of them, those that divided an area anew, and those that found it over. */
  readonly plannings: number
  readonly overs: number
  /** Tokens whose holds ended by themselves, in a block each. */
  readonly lapses: number
  /** Times that somebody was told that there were not enough places. */
  readonly refusals: number
}

/** Judges a run over areas by the table's stream, the answers and what the bus was told. */
export function judgeLawn(record: RunRecord): LawnVerdict {
  const lawn = readLawn(record)
  const { timeline } = lawn
  const commits = [...lawn.commits.values()].flat()
  const plans = timeline.places.filter(({ block }) => block === undefined)
  const answers = record.sendings.map(({ answer }) => JSON.stringify(answer ?? {}))
  return {
    faults: [
      ...record.complaints,
      ...timeline.faults,
      ...record.setAside.map((body) => `a message was set aside: ${body}`),
      ...judgeRows(lawn),
      ...judgeLawnAnswers(lawn),
      ...judgeLawnNotices(lawn),
    ],
    commits: commits.length,
    plannings: plans.length,
    overs: plans.filter(({ after }) => after['over'] === true).length,
    lapses: [...lawn.lines.values()].filter(({ isExpiry }) => isExpiry).length,
    refusals: answers.filter((text) => text.includes('not-enough-places')).length,
  }
}
