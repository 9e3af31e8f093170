import type { Random } from '../../simulation/random.ts'
import { partsOf, topOf } from '../model/effective.ts'
import type { Request } from '../model/requests.ts'
import { NO_CHANNEL, labels, showAt, type Show, type World } from '../model/state.ts'
import { CHANNEL, type Inventor } from './inventor.ts'

/** Events and partial seasons at most: more only make it slower. */
const EVENTS_MAX = 5
const PARTS_MAX = 3

/** What makes, changes or unmakes an event or season; undefined where nothing fits. */
export function inventStructure(inventor: Inventor, world: World): Request | undefined {
  const { random, hasSeasons, hasTerms } = inventor
  const shows = [...world.shows.values()]
  const dice = random.next()
  if (hasTerms && dice < 0.4) return termsOf(random, world, random.pick(shows))
  if (dice < 0.5) return modeOf(random, shows)
  inventor.count += 1
  const number = inventor.count
  const tops = shows.filter(({ role }) => role === 'whole')
  if (!hasSeasons || tops.length === 0) {
    const plain = shows.filter(({ role }) => role === 'plain')
    if (plain.length < 3) return { kind: 'create-event', key: `plain-${number}` }
    return { kind: 'delete', key: random.pick(plain).key }
  }
  return seasonOf(random, world, { top: random.pick(tops), number })
}

function seasonOf(
  random: Random,
  world: World,
  { top, number }: { top: Show; number: number },
): Request | undefined {
  const { key: season, members } = top
  const events = members.map((id) => showAt(world, id))
  const parts = partsOf(world, top)
  const some = events.filter(() => random.chance(0.5)).map(({ key }) => key)
  const dice = random.next()
  if (dice < 0.2) {
    if (events.length >= EVENTS_MAX) return deleteOne(random, events)
    const keys = Array.from({ length: random.between(1, 2) }, (_, at) => `match-${number}-${at}`)
    return { kind: 'create-events', season, keys }
  }
  if (dice < 0.3) {
    if (parts.length >= PARTS_MAX) return deleteOne(random, parts)
    return { kind: 'create-partial', season, key: `part-${number}`, events: some }
  }
  if (dice < 0.6 && parts.length > 0) {
    const part = random.pick(parts)
    const inside = part.members.map((id) => showAt(world, id).key)
    if (random.chance(0.5) && inside.length > 0) {
      return { kind: 'remove-event', season, partial: part.key, event: random.pick(inside) }
    }
    const added = some.filter((key) => !inside.includes(key))
    if (added.length === 0) return undefined
    return { kind: 'add-events', season, partial: part.key, events: added }
  }
  if (events.length === 0) return undefined
  if (dice < 0.85) {
    const { key, isPast } = random.pick(events)
    return { kind: 'set-past', key, isPast: isPast ? random.chance(0.3) : true }
  }
  if (dice < 0.92 && events.length > 2) return deleteOne(random, events)
  return { kind: 'rename', key: random.pick([...events, ...parts]).key, to: `renamed-${number}` }
}

function deleteOne(random: Random, shows: readonly Show[]): Request {
  return { kind: 'delete', key: random.pick(shows).key }
}

function modeOf(random: Random, shows: readonly Show[]): Request {
  const some = shows.filter(({ role }) => role !== 'part')
  const { key, isByTable } = random.pick(some)
  return { kind: 'set-tables', key, isByTable: !isByTable }
}

function termsOf(random: Random, world: World, show: Show): Request | undefined {
  const { key, role } = show
  // A partial season has no terms of its own.
  if (role === 'part') return undefined
  const some = labels.filter(() => random.chance(0.25))
  const [first = 'A-1'] = some
  const dice = random.next()
  if (dice < 0.2) return { kind: 'put-on-sale', key }
  if (dice < 0.45) return { kind: 'take-off-sale', key, labels: [first, ...some.slice(1)] }
  if (dice < 0.55 && role === 'whole') {
    return { kind: 'set-propagated', key, isPropagated: random.chance(0.6) }
  }
  if (dice < 0.75) return { kind: 'set-channel', key, channel: CHANNEL, labels: some }
  const kind = random.chance(0.6) ? 'assign' : 'unassign'
  const isEvent = topOf(world, show) !== undefined && role === 'event'
  const channel = isEvent && random.chance(0.4) ? NO_CHANNEL : CHANNEL
  return { kind, key, channel, labels: [first] }
}
