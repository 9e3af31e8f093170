import { decodeTime } from 'ulid'
import { objectsOf, type Sending } from '../requests.ts'
import type { RunRecord } from '../run.ts'
import { expirerOf, expiryFault, versionsOf } from './expiries.ts'
import { lookOf, restOf } from './rules.ts'
import { familyAt, sharersOf } from './tables.ts'
import { changeFault, inOrder } from './steps.ts'
import { epochsOf } from './terms-lines.ts'
import type { Change, Fields, State, Timeline } from './timeline.ts'

// Judging what was committed: each change by itself, each operation as a whole, and what was written down about it.

/** Tells everything that is wrong with the changes of a run. */
export function judgeCommits(record: RunRecord, timeline: Timeline): string[] {
  const verdicts: string[] = [...timeline.faults]
  for (const [operationId, changes] of timeline.changes) {
    const sending = record.draws.get(operationId)?.sending
    if (sending === undefined) verdicts.push(...unaskedFaults(record, operationId, changes))
    else if (changes.every((change) => isInTheWay(sending, change))) {
      verdicts.push(...endedFaults(timeline, { operationId, changes, sending }))
    } else {
      verdicts.push(...changeFaults(timeline, { changes, sending }))
      verdicts.push(...wholeFaults(record, timeline, { operationId, changes, sending }))
    }
  }
  for (const [operationId, { state }] of timeline.decisions) {
    const isEmpty = (timeline.changes.get(operationId) ?? []).length === 0
    if (state === 'C' && isEmpty) verdicts.push(`operation ${operationId} committed nothing`)
    if (state === 'A' && !isEmpty)
      verdicts.push(`operation ${operationId} was aborted, and applied`)
  }
  return [...verdicts, ...judgeHistory(record, timeline), ...judgeTwice(record, timeline)]
}

/** Whether somebody's request found it lapsed, under another label of the places that were wanted. */
function isInTheWay({ asked }: Sending, { object }: Change): boolean {
  const objects = objectsOf(asked)
  return !objects.has(object) && sharersOf(object).some((name) => objects.has(name))
}

/** What lapsed and was in the way is ended by whoever takes the places, in the same commit. */
function endedFaults({ objects }: Timeline, { operationId, changes, sending }: Whole): string[] {
  return changes.flatMap((change) => {
    const taken = sharersOf(change.object).some((name) =>
      objects.get(name)?.changes.some(({ order }) => order === change.order),
    )
    const fault = expiryFault(change, sending.offset) ?? timeFault(sending, change)
    if (!taken) return [`${operationId} ended ${change.object}, and took nothing in its place`]
    return fault === undefined ? [] : [describe(sending, change, fault)]
  })
}

/** Everything that one request changed must have been allowed on what was in force at one moment. */
function changeFaults(
  timeline: Timeline,
  { changes, sending }: Pick<Whole, 'changes' | 'sending'>,
): string[] {
  const { startedAt, asked } = sending
  const to = Math.max(...changes.map(({ time }) => time))
  const found = changes.map((change) => ({
    change,
    family: familyAt(timeline, change.object, change.order),
  }))
  let faults: string[] = []
  for (const epoch of epochsOf(timeline.terms, { from: startedAt, to })) {
    faults = found.flatMap(({ change, family }) => {
      const fault = changeFault(asked, change, { epoch, family }) ?? timeFault(sending, change)
      return fault === undefined ? [] : [describe(sending, change, fault)]
    })
    if (faults.length === 0) break
  }
  return faults
}

/** Nobody asks for a hold to end, and only that may happen without being asked for. */
function unaskedFaults(
  record: RunRecord,
  operationId: string,
  changes: readonly Change[],
): string[] {
  const life = expirerOf(record, operationId)
  if (life === undefined) return [`operation ${operationId} was asked for by nobody`]
  const offset = record.offsets.get(life) ?? 0
  return changes.flatMap((change) => {
    const fault = expiryFault(change, offset)
    const { object, before, after } = change
    const states = `${JSON.stringify(before)} -> ${JSON.stringify(after)}`
    return fault === undefined ? [] : [`${life} ended ${object}: ${fault}; ${states}`]
  })
}

function describe(
  { asked, life }: Sending,
  { object, before, after }: Change,
  fault: string,
): string {
  const states = `${JSON.stringify(before)} -> ${JSON.stringify(after)}`
  return `${asked.id} (${asked.verb} on ${life}) changed ${object}: ${fault}; ${states}`
}

/** Clocks show whole milliseconds. */
const ROUNDING_MS = 1

function timeFault({ startedAt, offset }: Sending, { after, time }: Change): string | undefined {
  if (after.at < startedAt + offset - ROUNDING_MS) return 'it was decided before it was asked for'
  if (after.at > time + offset + ROUNDING_MS) return 'it was decided after it was committed'
  return undefined
}

interface Whole {
  readonly operationId: string
  readonly changes: readonly Change[]
  readonly sending: Sending
}

/** All or nothing; in time; and told to those who look for it by token. */
function wholeFaults(record: RunRecord, timeline: Timeline, whole: Whole): string[] {
  const { operationId, changes, sending } = whole
  const { asked } = sending
  const faults: string[] = []
  const done = new Set(changes.map(({ object }) => object))
  const name = `${asked.id}, operation ${operationId},`
  // Of an extend, which does what it can, history must tell the same; what a token holds is judged with the token.
  const isFree = asked.verb === 'extend' || asked.verb === 'move-token'
  const expected = isFree ? done : objectsOf(asked)
  if (!same(done, expected)) faults.push(`${name} changed ${list(done)} of ${list(expected)}`)
  for (const { object, after } of changes) {
    if (after.status === 'held' && !isEntered(timeline, object, after)) {
      faults.push(`${name} held ${object}, and no hold entry says so`)
    }
  }
  faults.push(...orderFaults(record, timeline, whole).map((fault) => `${name} ${fault}`))
  const decision = timeline.decisions.get(operationId)
  if (decision === undefined) return faults
  // The clock that decided it showed these while the write was on its way.
  const from = decision.sentAt + sending.offset
  const to = decision.time + sending.offset
  const isThen = (time: number) => time >= from - ROUNDING_MS && time <= to + ROUNDING_MS
  for (const [place, { item }] of timeline.history) {
    if (item['op'] !== operationId || isThen(timeInLog(place))) continue
    faults.push(`${name} does not stand in the log where it was decided: ${place}`)
  }
  for (const { object, before, after } of changes) {
    if (!isThen(after.at)) faults.push(`${name} changed ${object} at another time than decided`)
    const isHeld = lookOf(restOf(before, after.at), undefined) === 'theirs'
    const relied = isHeld ? Number(before?.until) : Infinity
    // The clock of whoever decided it: its own process, since nobody else commits.
    if (decision.life !== sending.life) faults.push(`${name} was committed by ${decision.life}`)
    if (decision.sentAt + sending.offset >= relied) {
      faults.push(`${name} was decided when the hold on ${object} had ended`)
    }
  }
  return faults
}

/** Places in the log begin with a millisecond, as ULIDs do. */
function timeInLog(place: string): number {
  return decodeTime(place.slice(place.indexOf(' ') + 1).slice(0, 26))
}

/** What ordered steps did is told in their order, in each event. */
function orderFaults(
  record: RunRecord,
  { history }: Timeline,
  { operationId, changes, sending }: Whole,
): string[] {
  if (sending.asked.verb !== 'change') return []
  const left = new Map(
    changes.map((change) => {
      const own = expectedLines(record, change)
      return [change.object, own.filter((line) => !line.endsWith(' by expiry'))]
    }),
  )
  const expected = inOrder(sending.asked).map(({ object }) => left.get(object)?.shift() ?? '')
  const entries = [...history.values()].filter(({ item }) => item['op'] === operationId)
  return entries.flatMap(({ item }) => {
    const eventId = eventOf(item)
    const ofEvent = expected.filter((line) => line.startsWith(`${eventId} `))
    const told = linesOf(item)
    return told.join() === ofEvent.join()
      ? []
      : [`has its history out of order: ${told.join(', ')} instead of ${ofEvent.join(', ')}`]
  })
}

/** Whoever looks for what a token holds, and until when, must find it: some entry of the token says so. */
function isEntered({ holds }: Timeline, object: string, { token = '', until }: State): boolean {
  return [...holds].some(
    ([name, { item }]) =>
      name.startsWith(`T#one#${token} H#`) &&
      item['x'] === until &&
      labelsIn(item).includes(object),
  )
}

function labelsIn(item: Fields): string[] {
  return (item['l'] as string[]).map((label) => `${String(item['e'])} ${label}`)
}

/** One line of history for each version of each object, and none besides. */
function judgeHistory(record: RunRecord, { objects, history }: Timeline): string[] {
  const written = new Map<string, number>()
  for (const { item, place } of history.values()) {
    for (const line of linesOf(item)) {
      if (written.has(line)) return [`history says twice: ${line}`]
      written.set(line, place)
    }
  }
  const faults: string[] = []
  for (const { name, changes } of objects.values()) {
    let version = 0
    for (const change of changes) {
      if (change.before !== undefined && change.before.version !== version) {
        faults.push(`${name} has a gap before version ${change.after.version}`)
      }
      version = change.after.version
      for (const line of expectedLines(record, change)) {
        const place = written.get(line)
        written.delete(line)
        if (place === undefined) faults.push(`history does not say: ${line}`)
        else if (place > change.place && !isOneTransaction(place, change)) {
          faults.push(`history says after it was applied: ${line}`)
        }
      }
    }
  }
  return [
    ...faults,
    ...[...written.keys()].map((line) => `history says, and it is not so: ${line}`),
  ]
}

/** Within one transaction rows come before entries, and no more than a few records lie between them. */
function isOneTransaction(place: number, change: Change): boolean {
  return place - change.place < 100 && change.isOneTransaction
}

function expectedLines(record: RunRecord, change: Change): string[] {
  const { object, after } = change
  return versionsOf(record, change).map((line) => {
    const { version, from, to, isExpiry, orderId } = line
    const by = isExpiry ? 'expiry' : after.operationId
    return describeLine({ object, version, from, to, by, orderId })
  })
}

interface Told {
  readonly object: string
  readonly version: number | string
  readonly from: string
  readonly to: string
  readonly by: string
  readonly orderId: string | undefined
}

function describeLine({ object, version, from, to, by, orderId }: Told): string {
  const order = orderId === undefined ? '' : ` for ${orderId}`
  return `${object} v${version} ${from} -> ${to}${order} by ${by}`
}

type Group = [{ from: string; to: string; orderId?: string }, ...(string | number)[]]

function eventOf(item: Fields): string {
  return String(item['pk']).split('#')[1] ?? ''
}

function linesOf(item: Fields): string[] {
  const eventId = eventOf(item)
  const by = item['o'] === 'HOLD_EXPIRED' ? 'expiry' : String(item['op'])
  return (JSON.parse(String(item['c'])) as Group[]).flatMap(([{ from, to, orderId }, ...pairs]) =>
    Array.from({ length: pairs.length / 2 }, (_, at) => {
      const [label, version] = [pairs[2 * at] ?? '', pairs[2 * at + 1] ?? '']
      return describeLine({ object: `${eventId} ${label}`, version, from, to, by, orderId })
    }),
  )
}

/** No idempotency key takes effect twice. */
function judgeTwice({ draws }: RunRecord, { changes }: Timeline): string[] {
  const byKey = new Map<string, string>()
  const faults: string[] = []
  for (const [operationId, made] of changes) {
    const sending = draws.get(operationId)?.sending
    const key = sending?.asked.key
    if (sending === undefined || key === undefined) continue
    if (made.every((change) => isInTheWay(sending, change))) continue
    const other = byKey.get(key)
    if (other !== undefined) faults.push(`${key} took effect twice: ${other} and ${operationId}`)
    byKey.set(key, operationId)
  }
  return faults
}

function same(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((name) => right.has(name))
}

function list(names: ReadonlySet<string>): string {
  return `[${[...names].sort().join(', ')}]`
}
