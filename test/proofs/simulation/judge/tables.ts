import { TABLE } from '../venue.ts'
import type { Change, State, Timeline } from './timeline.ts'

// The table of the hall and its seats: the same places under two kinds of labels, of which never both are taken.

/** The objects that have places in common with one, the table or its seats. */
export function sharersOf(object: string): readonly string[] {
  const at = object.indexOf(' ') + 1
  const [eventId, label] = [object.slice(0, at), object.slice(at)]
  if (label === TABLE.label) return TABLE.seats.map((seat) => eventId + seat)
  return TABLE.seats.includes(label) ? [eventId + TABLE.label] : []
}

/** A table with its seats, where an object is one of them; nothing of others. */
export function familyOf(object: string): readonly string[] {
  const sharers = sharersOf(object)
  const [table = ''] = sharers
  if (sharers.length === 0) return []
  const isTable = object.endsWith(` ${TABLE.label}`)
  return isTable ? [object, ...sharers] : [table, ...sharersOf(table)]
}

/** What a table and its seats were when the commit came that has this place in the order. */
export function familyAt(
  { objects }: Timeline,
  object: string,
  order: number,
): Map<string, State | undefined> {
  const before = (name: string) => {
    const changes = objects.get(name)?.changes ?? []
    return changes.findLast((change) => change.order < order)?.after
  }
  return new Map(familyOf(object).map((name) => [name, before(name)]))
}

/** Tells where a table and a seat of it are both taken, commit after commit; a lapsed hold is ended by who takes its places. */
export function judgeTables({ objects }: Timeline): string[] {
  const tables = [...objects.keys()].filter((name) => name.endsWith(` ${TABLE.label}`))
  return tables.flatMap((table) => {
    const changes = familyOf(table).flatMap((name) => objects.get(name)?.changes ?? [])
    const taken = new Map<string, string>()
    return commitsOf(changes).flatMap((commit) => {
      for (const { object, after } of commit) {
        if (after.status !== 'free') taken.set(object, `${after.status} by ${after.operationId}`)
        else taken.delete(object)
      }
      const both = taken.has(table) && sharersOf(table).some((seat) => taken.has(seat))
      const all = [...taken].map(([name, how]) => `${name} (${how})`).join(', ')
      return both ? [`a table and a seat of it are both taken: ${all}`] : []
    })
  })
}

function commitsOf(changes: readonly Change[]): Change[][] {
  const commits = new Map<number, Change[]>()
  for (const change of changes) {
    commits.set(change.order, [...(commits.get(change.order) ?? []), change])
  }
  return [...commits].sort(([left], [right]) => left - right).map(([, commit]) => commit)
}
