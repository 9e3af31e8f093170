import { objectsOf, type Asked, type Reply } from '../requests.ts'
import { groupedBy, type ObjectChange, type SeasonReading } from './season-reading.ts'

// Judging answers about a season against what was committed.

/** Verbs that change all that they name, or nothing. */
const whole = ['hold', 'book-held', 'release', 'release-held', 'change']

/** Tells what was done by halves, or told otherwise than it was done. */
export function judgeSeasonAnswers({ record, changes, timeline }: SeasonReading): string[] {
  const faults: string[] = []
  const byOperation = groupedBy(changes, ({ operationId }) => operationId)
  const ended = new Set(
    [...timeline.history.values()]
      .filter(({ item }) => item['o'] === 'HOLD_EXPIRED')
      .map(({ item }) => String(item['op'])),
  )
  const done = new Map<string, string[]>()
  for (const [operationId, ofOperation] of byOperation) {
    const sending = record.draws.get(operationId)?.sending
    if (sending === undefined || ended.has(operationId)) continue
    const { asked, answer, life, startedAt } = sending
    if (answer?.kind === 'refused') faults.push(`${asked.id} was refused, and changed something`)
    const name = asked.key ?? `${asked.id} on ${life} at ${startedAt}`
    done.set(name, [...(done.get(name) ?? []), operationId])
    faults.push(...wholeFaults(asked, ofOperation))
  }
  for (const [name, operations] of done) {
    if (operations.length > 1) faults.push(`${name} took effect twice: ${operations.join()}`)
  }
  for (const { asked, answer } of record.sendings) {
    if (answer?.kind === 'bug') faults.push(`${asked.id} met a bug: ${answer.message}`)
    if (answer?.kind !== 'done') continue
    const { changed } = JSON.parse(answer.body) as Reply
    for (const { eventId, label, version, operationId } of changed) {
      // Which operation an extend was is not told.
      if (operationId === '') continue
      const is = byOperation.get(operationId)?.some((change) => {
        const isIt = change.ownerId === eventId && change.label === label
        return isIt && change.versions[0] < version && version <= change.versions[1]
      })
      if (is !== true) faults.push(`${asked.id} was told ${eventId} ${label} ${version}: not so`)
    }
  }
  return faults
}

function wholeFaults(asked: Asked, changes: readonly ObjectChange[]): string[] {
  if (!whole.includes(asked.verb)) return []
  const changed = new Set(changes.map(({ ownerId, label }) => `${ownerId} ${label}`))
  const missing = [...objectsOf(asked)].filter((object) => !changed.has(object))
  return missing.length === 0 ? [] : [`${asked.id} left out ${missing.join(', ')}`]
}
