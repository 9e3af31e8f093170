import { judgeDouble } from './double-sales.ts'
import { judgeSeasonAnswers } from './season-answers.ts'
import { readSeason } from './season-reading.ts'
import type { SeasonRecord } from './season-run.ts'
import { judgeSeasonNotices } from './season-told.ts'
import { judgeShown } from './shown-judge.ts'

/** What a run over a season came to. */
export interface SeasonVerdict {
  readonly faults: readonly string[]
  /** Changes of objects of events, and of the season and its parts. */
  readonly changes: number
  readonly seasonChanges: number
  /** Holds of the season and its parts that ended by themselves, or were ended. */
  readonly lapses: number
  /** Events that were created while the season was on sale. */
  readonly created: number
  readonly overrides: number
  readonly refusals: number
  readonly largeCommits: number
}

/** Judges a run over a season by the table's stream, the answers, what the bus was told and what is shown in the end. */
export function judgeSeason(record: SeasonRecord): SeasonVerdict {
  const reading = readSeason(record)
  const { timeline, changes, rosters } = reading
  const parts = new Set([record.venue.season, ...record.venue.parts].map(({ eventId }) => eventId))
  const ofParts = changes.filter(({ ownerId }) => parts.has(ownerId))
  const expired = new Set(
    [...timeline.history.values()]
      .filter(({ item }) => item['o'] === 'HOLD_EXPIRED')
      .map(({ item }) => String(item['op'])),
  )
  const answers = record.sendings.map(({ answer }) => answer?.kind)
  return {
    faults: [
      ...record.complaints,
      ...reading.faults,
      ...record.setAside.map((body) => `a message was set aside: ${body}`),
      ...judgeDouble(reading),
      ...judgeSeasonAnswers(reading),
      ...judgeSeasonNotices(reading),
      ...judgeShown(reading),
    ],
    changes: changes.length,
    seasonChanges: ofParts.length,
    lapses: ofParts.filter(({ operationId }) => expired.has(operationId)).length,
    created: (rosters.at(-1)?.events.length ?? 0) - (rosters[0]?.events.length ?? 0),
    overrides: changes.filter(({ from, to, overridden }) => from === to && overridden.length > 0)
      .length,
    refusals: answers.filter((kind) => kind === 'refused').length,
    largeCommits: [...timeline.decisions.values()].filter(({ state }) => state === 'C').length,
  }
}
