import { TABLE } from '../venue.ts'
import {
  groupedBy,
  type ObjectChange,
  type RosterSince,
  type SeasonReading,
} from './season-reading.ts'

// Judging the rows of a season and its events, commit after commit: nobody takes places that somebody has, and the season knows of each
// event what is taken there.

/** How everything is at some commit: of events, the season and its parts. */
interface State {
  /** By owner and label: the status, where it is not free. */
  readonly taken: Map<string, string>
  /** By event and label. */
  readonly overridden: Map<string, readonly string[]>
  /** What the season's rows say, by label. */
  readonly numbers: Map<string, readonly number[]>
}

/** Tells what was taken twice, and what the season does not know, or says wrongly. */
export function judgeDouble(reading: SeasonReading): string[] {
  const state: State = { taken: new Map(), overridden: new Map(), numbers: new Map() }
  const faults: string[] = []
  const orders = new Set([...reading.changes, ...reading.taken].map(({ order }) => order))
  const byOrder = groupedBy(reading.changes, ({ order }) => order)
  const numbersByOrder = groupedBy(reading.taken, ({ order }) => order)
  for (const order of [...orders].sort((a, b) => a - b)) {
    const changes = byOrder.get(order) ?? []
    for (const change of changes) note(state, change)
    const numbers = numbersByOrder.get(order) ?? []
    for (const { label, taken } of numbers) state.numbers.set(label, taken)
    const labels = new Set([...changes, ...numbers].map(({ label }) => label))
    const found = [
      ...[...labels].flatMap((label) => numberFaults(reading, state, label)),
      ...changes.flatMap((change) => takingFaults(reading, state, change)),
    ]
    faults.push(...found.map((fault) => `at ${order}: ${fault}`))
  }
  return faults
}

function note({ taken, overridden }: State, change: ObjectChange): void {
  const name = nameOf(change.ownerId, change.label)
  if (change.to === 'free') taken.delete(name)
  else taken.set(name, `${change.to} by ${change.operationId}`)
  overridden.set(name, change.overridden)
}

function nameOf(ownerId: string, label: string): string {
  return `${ownerId} ${label}`
}

/** The season's row of a label says in which events it is stored as anything but free. */
function numberFaults({ rosters }: SeasonReading, state: State, label: string): string[] {
  const events = new Map(
    rosters.flatMap((roster) => roster.events.map(({ eventId, number }) => [number, eventId])),
  )
  const taken = [...events].filter(([, eventId]) => state.taken.has(nameOf(eventId, label)))
  const wanted = taken.map(([number]) => number).sort((a, b) => a - b)
  const said = state.numbers.get(label) ?? []
  const words = `the season says that ${label} is taken in ${said.join()}, and it is in ${wanted.join()}`
  return said.join() === wanted.join() ? [] : [words]
}

/** Who takes something finds it free in all that has the same places, by the roster of some moment of the request. */
function takingFaults(reading: SeasonReading, state: State, change: ObjectChange): string[] {
  if (change.from !== 'free' || change.to === 'free') return []
  const found = rostersFor(reading, change).map((roster) =>
    othersOf(reading, { roster, state, change }).filter((name) => state.taken.has(name)),
  )
  if (found.some((taken) => taken.length === 0)) return []
  const [first = []] = found
  const others = first.map((name) => `${name} is ${state.taken.get(name) ?? ''}`).join(', ')
  return [`${nameOf(change.ownerId, change.label)} became ${change.to}, and ${others}`]
}

/** The rosters that were in force at some moment between the beginning of a request and its commit. */
function rostersFor(
  { rosters, record }: SeasonReading,
  { operationId, time, order }: ObjectChange,
): RosterSince[] {
  const began = record.draws.get(operationId)?.sending?.startedAt ?? -Infinity
  const before = rosters.findLast((roster) => roster.time < began)
  const within = rosters.filter(
    (roster) => roster.time >= began && roster.time <= time && roster.order < order,
  )
  return [...(before === undefined ? [] : [before]), ...within]
}

interface Taking {
  readonly roster: RosterSince
  readonly state: State
  readonly change: ObjectChange
}

function othersOf(
  { record, rosters }: SeasonReading,
  { roster, state, change: { ownerId, label } }: Taking,
): string[] {
  const others = beside(label)
  const own = others.map((other) => nameOf(ownerId, other))
  const family = [label, ...others]
  const seasonId = record.venue.season.eventId
  // An event that is on no roster yet is in the season all the same: it has a number by then.
  const all = rosters.flatMap(({ events }) => events)
  const event = all.find(({ eventId }) => eventId === ownerId)
  if (event !== undefined) {
    const parts = roster.partials.filter(({ events }) => events.includes(event.number))
    const seasons = [seasonId, ...parts.map(({ eventId }) => eventId)]
    const names = family.flatMap((other) => {
      const out = state.overridden.get(nameOf(ownerId, other)) ?? []
      return seasons.filter((id) => !out.includes(id)).map((id) => nameOf(id, other))
    })
    return [...own, ...names]
  }
  const numbers = roster.partials.find(({ eventId }) => eventId === ownerId)?.events
  const isWhole = ownerId === seasonId
  const isIn = (number: number) => isWhole || numbers?.includes(number) === true
  const parts = roster.partials.filter(({ events }) =>
    isWhole ? events.length > 0 : events.some(isIn),
  )
  const seasons = [seasonId, ...parts.map(({ eventId }) => eventId)].filter((id) => id !== ownerId)
  const latest = new Map(all.map((it) => [it.number, it.eventId]))
  const past = roster.events.filter(({ isInThePast }) => isInThePast).map(({ number }) => number)
  const events = [...latest].filter(([number]) => isIn(number) && !past.includes(number))
  const owners = [...seasons, ...events.map(([, eventId]) => eventId)]
  return [...own, ...owners.flatMap((id) => family.map((other) => nameOf(id, other)))]
}

function beside(label: string): readonly string[] {
  if (label === TABLE.label) return TABLE.seats
  return TABLE.seats.includes(label) ? [TABLE.label] : []
}
