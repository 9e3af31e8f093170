import type { SeasonReading } from './season-reading.ts'

// Judging what the bus was told of a season and its events, and what history says: each version of each object once.

/** Tells what was told or written down wrongly, twice or never. */
export function judgeSeasonNotices({ record, changes, timeline }: SeasonReading): string[] {
  const due = new Map<string, { isOfStatus: boolean }>()
  for (const { ownerId, label, from, to, versions } of changes) {
    for (let version = versions[0] + 1; version <= versions[1]; version += 1) {
      due.set(`${ownerId}:${label}:${version}`, { isOfStatus: from !== to })
    }
  }
  const told = new Map<string, string>()
  const faults: string[] = []
  for (const { detail } of record.published) {
    const { id, ...content } = JSON.parse(detail) as { id: string }
    const before = told.get(id)
    // Which events a season has is told as it is by then.
    const words = JSON.stringify({ ...content, season: undefined })
    told.set(id, words)
    if (before !== undefined && before !== words) {
      faults.push(`${id} was told as ${before} and as ${words}`)
    }
    if (!due.has(id)) faults.push(`the bus was told ${id}, and it is not so`)
  }
  const lines = readLines(timeline.history)
  for (const [id, { isOfStatus }] of due) {
    if (!told.has(id)) faults.push(`nobody was told ${id}`)
    const count = lines.get(id) ?? 0
    if (count > 1 || (count === 0 && isOfStatus)) faults.push(`history says ${count} times ${id}`)
  }
  return [...faults, ...[...lines.keys()].filter((id) => !due.has(id)).map(untrue)]
}

function untrue(id: string): string {
  return `history says ${id}, and it is not so`
}

type Group = [object, ...(string | number)[]]

/** How often each version of each object is in history. */
function readLines(history: SeasonReading['timeline']['history']): Map<string, number> {
  const lines = new Map<string, number>()
  for (const { item } of history.values()) {
    const eventId = String(item['pk']).split('#')[1] ?? ''
    for (const [, ...pairs] of JSON.parse(String(item['c'])) as Group[]) {
      for (let at = 0; at < pairs.length; at += 2) {
        const id = `${eventId}:${String(pairs[at])}:${String(pairs[at + 1])}`
        lines.set(id, (lines.get(id) ?? 0) + 1)
      }
    }
  }
  return lines
}
