import type { Published } from '../post-office.ts'
import type { RunRecord } from '../run.ts'
import { versionsOf } from './expiries.ts'
import { letGo, type Rest } from './rules.ts'
import type { Line } from './steps.ts'
import type { Change, Timeline } from './timeline.ts'

// Judging what the bus was told: every version of every object that was committed, and nothing else, each under one id and with one
// content however often it was told. What is to be told comes from the table's stream and from what was asked, by the judge's own
// rules.

/** A version of an object that has to be told. */
export interface DueNotice {
  readonly id: string
  /** More than one where the words of the contract allow it. */
  readonly types: readonly string[]
  readonly change: Change
  readonly line: Line
  readonly isLast: boolean
}

type Content = Readonly<Record<string, unknown>>

/** Everything that has to be told of a run, by id. */
export function dueNotices(record: RunRecord, { objects }: Timeline): Map<string, DueNotice> {
  const due = new Map<string, DueNotice>()
  for (const { name, changes } of objects.values()) {
    for (const change of changes) {
      if (change.place >= record.recordsTold) continue
      const lines = versionsOf(record, change)
      for (const [at, line] of lines.entries()) {
        const id = `${name.replace(' ', ':')}:${line.version}`
        const types = typesOf(record, { change, line, isOnly: lines.length === 1 })
        due.set(id, { id, types, change, line, isLast: at === lines.length - 1 })
      }
    }
  }
  return due
}

/** Tells everything that is wrong with what the bus was told. */
export function judgeNotices(record: RunRecord, due: ReadonlyMap<string, DueNotice>): string[] {
  const contents = new Map<string, string>()
  const faults: string[] = []
  for (const told of record.published) {
    const content = JSON.parse(told.detail) as Content
    const id = String(content['id'])
    const before = contents.get(id)
    contents.set(id, told.detail)
    if (before !== undefined && before !== told.detail) {
      faults.push(`${id} was told as ${before} and as ${told.detail}`)
    }
    const wanted = due.get(id)
    if (wanted === undefined) faults.push(`the bus was told ${id}, and it is not so`)
    else if (before === undefined) {
      const found = noticeFaults(record, wanted, { told, content })
      faults.push(...found.map((fault) => `the notice ${id}: ${fault}; ${told.detail}`))
    }
  }
  for (const id of due.keys()) if (!contents.has(id)) faults.push(`nobody was told ${id}`)
  return [...faults, ...record.setAside.map((body) => `a message was set aside: ${body}`)]
}

interface Version {
  readonly change: Change
  readonly line: Line
  /** The one version that its change made. */
  readonly isOnly: boolean
}

/** What a change is called. What was taken and can be bought again was released. */
function typesOf(record: RunRecord, { change, line, isOnly }: Version): string[] {
  const { from, to, isExpiry } = line
  const asked = record.draws.get(change.after.operationId)?.sending?.asked
  if (isExpiry) return ['seat.hold_expired']
  if (asked?.verb === 'extend' || asked?.verb === 'move-token') return ['seat.updated']
  if (to === 'held') return ['seat.held']
  if (to === 'booked') return ['seat.booked']
  const wasTaken = from !== 'free' && from !== 'resale'
  if (wasTaken && to === 'free') return ['seat.released']
  if (!wasTaken || to !== 'resale') return ['seat.status_changed']
  // What was resold returns to its resale; from within a request that does several things to it, either word is true.
  if (!isOnly) return ['seat.released', 'seat.status_changed']
  return change.before?.notes.returnsTo === 'resale' ? ['seat.released'] : ['seat.status_changed']
}

interface ToldContent {
  readonly told: Published
  readonly content: Content
}

function noticeFaults(
  { venue }: RunRecord,
  { types, change, line, isLast }: DueNotice,
  { told, content }: ToldContent,
): string[] {
  const [eventId = '', label = ''] = change.object.split(' ')
  const eventKey = venue.events.find((event) => event.eventId === eventId)?.eventKey
  const faults: string[] = []
  const expect = (name: string, wanted: unknown) => {
    if (content[name] !== wanted) faults.push(`${name} should be ${String(wanted)}`)
  }
  if (!types.includes(told.type)) faults.push(`it should be ${types.join(' or ')}`)
  expect('type', told.type)
  expect('objectLabel', label)
  expect('version', line.version)
  expect('status', wordOf(line.to))
  expect('previousStatus', wordOf(line.from))
  expect('occurredAt', iso(change.after.at))
  expect('operationId', change.after.operationId)
  if ((content['event'] as Content)['eventKey'] !== eventKey) faults.push('it is another event')
  if (told.at < change.time) faults.push('it was told before it was committed')
  if (told.source !== 'holdfast.seats') faults.push('it is from nobody')
  const { holdToken, ...rest } = lastFacts(change)
  if (line.isExpiry) expect('holdToken', change.before?.token)
  else if (isLast && change.after.status === 'held') expect('holdToken', holdToken)
  if (isLast && isTaken(change.after)) {
    for (const [name, value] of Object.entries(rest)) expect(name, value)
    const { extraData } = change.after.notes
    if (JSON.stringify(content['extraData']) !== extraData) {
      faults.push(`its extra data should be ${String(extraData)}`)
    }
  }
  return faults
}

function lastFacts({ after }: Change) {
  const { token: holdToken, until, notes } = after
  return {
    holdToken,
    heldUntil: until === undefined ? undefined : iso(until),
    orderId: notes.orderId,
    ticketType: notes.ticketType,
  }
}

function isTaken({ status }: Pick<Rest, 'status'>): boolean {
  return status !== letGo({}).status && status !== 'resale'
}

/** A status of the integrator's own is told by its name. */
function wordOf(status: string): string {
  return status.replace(/^=/, '')
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
