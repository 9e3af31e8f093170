import type { Refusal } from '../../../../lib/refusals.ts'
import { objectsOf, type Asked, type Sending } from '../requests.ts'
import { AREAS } from '../venue.ts'
import { NO_CHANNEL, opens, quotasOf, roomIn } from './pools.ts'
import { during, type Lawn, type PlacesLine } from './reading.ts'
import { statesOf, takenIn, type AreaState } from './block-rows.ts'
import { isInChannel } from './rows.ts'

// Judging what was answered about areas: what was accepted was done, all of it and once; that there were not enough places was true
// at some moment between the question and the answer.

interface Want {
  readonly eventId: string
  readonly label: string
  readonly partition: string | undefined
}

const isArea = (label: string) => AREAS.some((area) => area.label === label.split('##')[0])

/** Tells everything that is wrong with what was answered. */
export function judgeLawnAnswers(lawn: Lawn): string[] {
  const { record, timeline } = lawn
  const done = new Map<string, string[]>()
  const lines = new Map<string, PlacesLine[]>()
  for (const line of lawn.lines.values()) {
    if (line.isExpiry) continue
    lines.set(line.operationId, [...(lines.get(line.operationId) ?? []), line])
  }
  const faults: string[] = []
  for (const operationId of new Set([...lines.keys(), ...timeline.changes.keys()])) {
    const sending = record.draws.get(operationId)?.sending
    if (sending === undefined) continue
    const changes = timeline.changes.get(operationId) ?? []
    const own = lines.get(operationId) ?? []
    // The end of what had lapsed is an operation of its own.
    if (own.length === 0 && isLapseOnly(timeline.history, operationId)) continue
    const { id, key } = sending.asked
    const name = key ?? `${id} on ${sending.life} at ${sending.startedAt}`
    done.set(name, [...(done.get(name) ?? []), operationId])
    const seats = new Set(changes.map(({ object }) => object))
    faults.push(
      ...wholeFaults(sending.asked, { lines: own, seats }).map(
        (fault) => `${id}, operation ${operationId}, ${fault}`,
      ),
    )
  }
  for (const [name, operations] of done) {
    if (operations.length > 1) faults.push(`${name} took effect twice: ${operations.join()}`)
  }
  const states = new Map([...lawn.commits].map(([name, commits]) => [name, statesOf(commits)]))
  for (const sending of record.sendings) {
    const { answer, asked, life, startedAt } = sending
    const name = asked.key ?? `${asked.id} on ${life} at ${startedAt}`
    if (answer?.kind === 'bug') faults.push(`${asked.id} met a bug: ${answer.message}`)
    if (answer?.kind === 'refused') {
      const fault = refusalFault(lawn, sending, { refusal: answer.refusal, states })
      if (fault !== undefined) faults.push(`${asked.id} was told wrongly: ${fault}`)
    }
    if (answer?.kind === 'done' && isTaking(asked) && !done.has(name)) {
      faults.push(`${asked.id} was told that it was done, and it was not`)
    }
  }
  return faults
}

function isLapseOnly(history: Lawn['timeline']['history'], operationId: string): boolean {
  const own = [...history.values()].filter(({ item }) => item['op'] === operationId)
  return own.every(({ item }) => item['o'] === 'HOLD_EXPIRED')
}

/** Whether it changes something wherever it is accepted. */
function isTaking({ verb, steps = [] }: Asked): boolean {
  if (verb === 'hold' || verb === 'book-held' || verb === 'release-held') return true
  return (
    verb === 'change' && steps.some(({ to }) => to !== 'back' && to !== 'free' && to !== 'resale')
  )
}

/** All that was asked for of areas, and of seats where places of areas were wanted with them. */
function wholeFaults(
  asked: Asked,
  { lines, seats }: { lines: readonly PlacesLine[]; seats: ReadonlySet<string> },
): string[] {
  if (['extend', 'move-token', 'terms', 'create-token'].includes(asked.verb)) return []
  const faults: string[] = []
  for (const object of objectsOf(asked)) {
    const label = object.slice(object.indexOf(' ') + 1)
    if (!isArea(label) && !seats.has(object)) faults.push(`left ${object} out`)
  }
  const moved = new Map<string, number>()
  for (const { eventId, label, from, to, places } of lines) {
    const name = `${eventId} ${label} from ${from} to ${to}`
    moved.set(name, (moved.get(name) ?? 0) + places)
  }
  const wanted = wantedBy(asked)
  for (const [name, { places, isLoose }] of wanted) {
    const found = moved.get(name) ?? 0
    if (!isLoose && found !== places)
      faults.push(`moved ${found} places of ${name}, and not ${places}`)
    if (isLoose && asked.verb !== 'change' && asked.verb !== 'release' && found === 0)
      faults.push(`moved nothing of ${name}`)
  }
  for (const name of moved.keys())
    if (!wanted.has(name)) faults.push(`moved places of ${name}, and nobody asked for it`)
  return faults
}

/** How many places of each area a request wants moved, from what to what; what may be fewer is loose. */
function wantedBy(asked: Asked): Map<string, { places: number; isLoose: boolean }> {
  const wanted = new Map<string, { places: number; isLoose: boolean }>()
  const want = (name: string, places: number | undefined, isLoose: boolean) => {
    const former = wanted.get(name)
    wanted.set(name, {
      places: (former?.places ?? 0) + (places ?? 0),
      isLoose: isLoose || places === undefined || former?.isLoose === true,
    })
  }
  if (asked.verb === 'change') {
    for (const { events, labels, to, holdToken, places = 1 } of asked.steps ?? []) {
      const target = to === 'back' || to === 'resale' ? 'free' : to
      const isFreeing = target === 'free'
      const from =
        to === 'held' ? 'free' : holdToken !== undefined ? 'held' : isFreeing ? 'booked' : 'free'
      for (const { eventId } of events) {
        for (const label of labels.filter(isArea))
          want(
            `${eventId} ${label.split('##')[0] ?? ''} from ${from} to ${target}`,
            places,
            isFreeing && holdToken === undefined,
          )
      }
    }
  } else {
    const [from, to] = moves[asked.verb as keyof typeof moves]
    const isAll = asked.verb === 'book-held' || asked.verb === 'release-held'
    for (const { eventId, labels } of asked.parts) {
      for (const label of labels.filter(isArea))
        want(
          `${eventId} ${label.split('##')[0] ?? ''} from ${from} to ${to}`,
          asked.places ?? (isAll ? undefined : 1),
          asked.verb === 'release',
        )
    }
  }
  return wanted
}

const moves = {
  hold: ['free', 'held'],
  'book-held': ['held', 'booked'],
  release: ['booked', 'free'],
  'release-held': ['held', 'free'],
} as const

/** Which area was refused for having too few free places; undefined where it was something else. */
function shortOf({ record }: Lawn, asked: Asked, refusal: Refusal): Want[] {
  const wantOf = (eventId: string, name: string): Want[] => {
    const [label = '', partition] = name.split('##')
    return isArea(label) ? [{ eventId, label, partition }] : []
  }
  if (refusal.code === 'seats-refused' && asked.verb === 'hold') {
    const short = refusal.seats.filter(({ code }) => code === 'not-enough-places')
    return short.flatMap(({ eventId, label }) => {
      const part = asked.parts.find((it) => it.eventId === eventId)
      const named = part?.labels.filter((name) => name.split('##')[0] === label) ?? []
      return named.length === 1 ? wantOf(eventId, named[0] ?? '') : []
    })
  }
  if (refusal.code !== 'status-refused' || refusal.reason !== 'not-enough-places') return []
  const { steps = [] } = asked
  const [step] = steps
  const isTaken =
    step?.to === 'held' ||
    (step?.holdToken === undefined &&
      step?.to !== 'back' &&
      step?.to !== 'free' &&
      step?.to !== 'resale')
  const event = record.venue.events.find(({ eventKey }) => eventKey === refusal.eventKey)
  const named = step?.labels.filter((name) => name.split('##')[0] === refusal.label) ?? []
  if (steps.length !== 1 || !isTaken || event === undefined || named.length !== 1) return []
  return wantOf(event.eventId, named[0] ?? '')
}

function refusalFault(
  lawn: Lawn,
  sending: Sending,
  { refusal, states }: { refusal: Refusal; states: ReadonlyMap<string, readonly AreaState[]> },
): string | undefined {
  const { asked, startedAt, endedAt = Infinity, offset } = sending
  const opening = (asked.verb === 'change' ? asked.steps?.[0] : asked) ?? {}
  const places = (asked.verb === 'change' ? asked.steps?.[0]?.places : asked.places) ?? 1
  for (const { eventId, label, partition } of shortOf(lawn, asked, refusal)) {
    if (isInChannel(lawn, label)) continue
    const commits = lawn.commits.get(`${eventId} ${label}`) ?? []
    const all = commits.map(({ time, order }, at) => ({
      time,
      order,
      value: states.get(`${eventId} ${label}`)?.[at],
    }))
    const known = [{ time: -Infinity, order: -1, value: undefined }, ...all]
    const span = { from: startedAt, to: endedAt }
    const says = during(lawn.terms.get(eventId) ?? [], span)
    const has = during(lawn.capacities, span)
    const rooms: number[] = []
    for (const state of during(known, span)) {
      const now = Math.max(startedAt, state.time) + offset
      const taken = takenIn(state.value?.blocks.values() ?? [], now)
      for (const { value: terms } of says) {
        for (const { value } of has) {
          const quotas = quotasOf(terms, { label, capacity: value[label] ?? 0 })
          const opened = (pool: string) =>
            (partition !== undefined && pool === NO_CHANNEL ? false : true) &&
            opens(opening, { pool, key: lawn.channelKeys.get(pool), partition })
          rooms.push(roomIn(quotas, taken, opened))
        }
      }
    }
    if (rooms.every((room) => room >= places)) {
      return `${eventId} ${label} has ${rooms.join(', ')} places at all times, and ${places} were wanted`
    }
  }
  return undefined
}
