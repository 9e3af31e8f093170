import { encodeTime } from 'ulid'
import type { Item } from '../../../../lib/store/table/items.ts'
import { partitionStarts } from '../../../../lib/store/table/partitions.ts'
import { keys, type Key } from '../../../../lib/store/table/table.ts'
import { isOfArea, isToBeTold, raiseOf } from './area-rows.ts'
import { textOf, type Catalog, type Table } from './catalog.ts'
import type { Pending } from './instance.ts'
import { seasonName } from '../../../../lib/rules/season/season-name.ts'
import { isOfSeason } from './season-rows.ts'
import {
  allLarge,
  eventIn,
  itemsOf,
  largeOf,
  sortOf,
  toldIn,
  type Large,
  type Told,
} from './view.ts'

// What must be true of every step of the table, whoever made it. Nothing here knows how the store works, only what its items
// mean: what is written must be allowed by what is there already.

/** Thrown by the explorer when something is not as it must be. */
export class Violation extends Error {
  override readonly name = 'Violation'
}

/** A call that changed the table. */
export interface Step {
  readonly catalog: Catalog
  readonly before: Table
  readonly after: Table
  readonly pending: Pick<Pending, 'request' | 'sentAt'>
}

/** One item that a step changed. */
interface Change extends Step {
  readonly key: Key
  readonly was: Item | undefined
  readonly is: Item | undefined
}

/** Complains of the first thing that a step may not do. */
export function checkStep(step: Step): void {
  const { catalog, before, after } = step
  for (let keyId = 0; keyId < after.length; keyId += 1) {
    const [was, is] = [before[keyId] ?? 0, after[keyId] ?? 0]
    if (was === is) continue
    const key = catalog.keyAt(keyId)
    const change = { ...step, key, was: catalog.itemAt(was), is: catalog.itemAt(is) }
    const mayGo = sortOf(key) === 'recovery' || sortOf(key) === 'record'
    if (change.is === undefined && !mayGo) fail(change, 'an item was removed')
    checks[sortOf(key)]?.(change)
  }
}

const checks: Partial<Record<ReturnType<typeof sortOf>, (change: Change) => void>> = {
  row: checkRow,
  header: checkHeader,
  history: checkEntry,
  hold: checkEntry,
  receipt: checkReceipt,
  record: checkRecord,
  details(change) {
    if (change.was !== undefined) fail(change, 'details were changed')
  },
}

function fail({ key, was, is }: Change, what: string): never {
  const show = (item: Item | undefined) => (item === undefined ? 'nothing' : textOf(item))
  throw new Violation(`${what}: ${key.pk} ${key.sk}\n    was ${show(was)}\n    is  ${show(is)}`)
}

const isFast = ({ pending }: Step) => pending.request.operation === 'TransactWriteItems'

// Rows.

function checkRow(change: Change): void {
  const { was, is = {} } = change
  const [from, to] = [Number(was?.['v'] ?? 0), Number(is['v'] ?? 0)]
  if (from === to) {
    const isSame = textOf(stateOf(was ?? {})) === textOf(stateOf(is))
    if (!isSame) fail(change, 'a row was changed without a new version')
    return
  }
  const isLapse = was?.['s'] === 'held' && Number(was['x']) <= Number(is['at'])
  // A lapsed hold that was in the way is ended, and that is all.
  const isEnded = isLapse && is['m'] === 'x'
  const raised = raiseOf(change.key.sk, { was, is }) ?? (isLapse && !isEnded ? 2 : 1)
  if (to !== from + raised) fail(change, `version ${from} was followed by ${to}`)
  const isBookedHold = was?.['s'] === 'held' && is['s'] === 'booked'
  if (isBookedHold && isLapse) fail(change, 'a hold was booked that had lapsed')
  const by = String(is['op'])
  // That has an operation of its own, also where a large commit does it; and plans do not say which was theirs.
  const isSilent = isEnded || is['op'] === undefined
  const operationId = isSilent ? String(was?.['lk'] ?? by) : by
  const large = largeOf(change.catalog, change.after, operationId)
  if (large === undefined) {
    if (!isFast(change)) fail(change, 'a row was written outside a commit')
    const entry = { operationId: by, eventId: eventIn(is), label: change.key.sk, version: to }
    if (isToBeTold(change.key.sk, is) && !isTold(change, entry))
      fail(change, 'a row was written without its history')
    return
  }
  if (large.header['st'] !== 'C') fail(change, 'a row was written by an operation not committed')
  if (was?.['lk'] !== operationId) fail(change, 'a row was written without its lock')
  if (missingEntries(change, large) > 0) fail(change, 'a row was written before its entries')
}

/** The attributes of a row that callers see. */
function stateOf(row: Item): Item {
  const hidden = new Set(['pk', 'sk', 'lk', 'ln'])
  return Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.has(name)))
}

function isTold({ catalog, after }: Pick<Step, 'catalog' | 'after'>, wanted: Told): boolean {
  return itemsOf(catalog, after, 'L#')
    .flatMap(toldIn)
    .some((told) => textOf(told) === textOf(wanted))
}

function missingEntries({ catalog, after }: Pick<Step, 'catalog' | 'after'>, large: Large): number {
  const decidedAt = Number(large.header['da'])
  return large.details.entries.filter(
    (entry) => catalog.find(after, keyOfEntry(entry, decidedAt)) === undefined,
  ).length
}

/** History of a large commit stands where it was decided. */
function keyOfEntry(entry: Item, decidedAt: number): Key {
  const { pk, sk } = entry as unknown as Key
  if (sortOf({ pk, sk }) !== 'history' || Number.isNaN(decidedAt)) return { pk, sk }
  return { pk, sk: `${encodeTime(decidedAt, 10)}${sk}` }
}

// Headers: pending, then committed or aborted for ever, then finished, and only then to be removed.

function checkHeader(change: Change): void {
  const { was, is = {} } = change
  const { st, fin, ttl } = is
  if (ttl !== undefined && fin === undefined) fail(change, 'a header not finished may be removed')
  if (was === undefined) {
    if (st !== 'P' || fin !== undefined) fail(change, 'a header was not opened pending')
    return
  }
  if (was['parts'] !== is['parts']) fail(change, 'a header was rewritten')
  if (was['dl'] !== is['dl']) {
    const isPutOff = st === 'P' && was['st'] === 'P' && Number(is['dl']) > Number(was['dl'])
    if (!isPutOff) fail(change, 'a deadline was changed')
  }
  if (was['st'] !== st) {
    if (was['st'] !== 'P') fail(change, 'a decision was changed')
    if (st === 'C') checkDecision(change)
  } else if (was['da'] !== is['da']) {
    fail(change, 'the time of a decision was changed')
  }
  if (was['fin'] !== undefined && was['fin'] !== fin) fail(change, 'a header was finished twice')
  if (fin !== undefined && st === 'P') fail(change, 'a header was finished before the decision')
  if (fin !== undefined && was['fin'] === undefined) checkFinish(change)
}

function operationOf({ key }: Change): string {
  return key.pk.slice(partitionStarts.operations.length)
}

function checkDecision(change: Change): void {
  const { catalog, after, pending, was } = change
  const large = largeOf(catalog, after, operationOf(change))
  if (large === undefined) return fail(change, 'it was decided without details')
  if (pending.sentAt >= Number(was?.['dl'])) fail(change, 'it was decided after the deadline')
  if (change.is?.['da'] !== pending.sentAt) fail(change, 'it does not say when it was decided')
  for (const key of large.details.rows) {
    const row = catalog.find(after, key)
    if (row?.['lk'] !== large.operationId) {
      fail(change, `it was decided without the lock of ${key.sk}`)
    }
    const isRelied = row['s'] === 'held' && (row['ln'] as Item)['s'] === 'booked'
    if (isRelied && Number(row['x']) <= pending.sentAt) {
      fail(change, `it was decided after the hold of ${key.sk} had lapsed`)
    }
  }
}

function checkFinish(change: Change): void {
  const large = largeOf(change.catalog, change.after, operationOf(change))
  if (large === undefined) return
  const complaint = unfinished(change, large)
  if (complaint !== undefined) fail(change, `it was finished too early: ${complaint}`)
}

/** What a large commit still lacks; undefined when all of it was applied, or nothing of it is left. */
export function unfinished(
  view: Pick<Step, 'catalog' | 'after'>,
  large: Large,
): string | undefined {
  if (large.header['st'] === 'P') return 'it is not decided'
  if (large.header['st'] === 'A') return undefined
  if (missingEntries(view, large) > 0) return 'entries are missing'
  const isLocked = (key: Key) => view.catalog.find(view.after, key)?.['lk'] === large.operationId
  const isUntold = (key: Key) => sortOf(key) === 'record' || isOfArea(key.sk) || isOfSeason(key.sk)
  const locked = large.details.rows.find((key) => isUntold(key) && isLocked(key))
  if (locked !== undefined) return `${locked.pk} ${locked.sk} is not written`
  for (const told of writtenBy(large)) {
    const { label, version } = told
    const key = rowKey(large, told)
    if (isOfSeason(key.sk)) continue
    const row = view.catalog.find(view.after, key)
    if (Number(row?.['v'] ?? 0) < version) return `${label} is not written`
  }
  return undefined
}

/** The versions that a large commit writes. */
export function writtenBy({ details }: Large) {
  return details.entries
    .filter((entry) => sortOf(entry as unknown as Key) === 'history')
    .flatMap(toldIn)
}

function rowKey({ details }: Large, { label, eventId }: Told): Key {
  const isOwn = (key: Key) => key.sk === label && eventIn({ ...key }) === eventId
  const isPart = ({ sk }: Key) => sk === seasonName(label)
  const key = details.rows.find(isOwn) ?? details.rows.find(isPart)
  if (key === undefined) throw new Violation(`${label} is in the history but not among the rows`)
  return key
}

// What a large commit creates: locked while it is pending, there once it is committed, gone once it is aborted.

function checkRecord(change: Change): void {
  const { was, is, catalog, after } = change
  const headerOf = (lk: unknown) => catalog.find(after, keys.operation(String(lk)))
  if (is?.['lk'] !== undefined) {
    if (was !== undefined) fail(change, 'what is there was locked to be created')
    if (headerOf(is['lk'])?.['st'] !== 'P') fail(change, 'it was locked after the end')
  } else if (was?.['lk'] !== undefined) {
    const state: unknown = headerOf(was['lk'])?.['st']
    if (is === undefined && state !== 'A') fail(change, 'a lock was removed before the end')
    if (is !== undefined && state !== 'C') fail(change, 'it was created and not committed')
    const { pk, sk } = change.key
    const effect = { pk, sk, ...(was['ln'] as Item) }
    const isRight = is === undefined || textOf(is) === textOf(effect)
    if (!isRight) fail(change, 'it was created as something else')
  } else if ((is === undefined && !isText(change)) || !isFast(change)) {
    fail(change, 'a record was written outside a commit')
  }
}

/** What an event says beyond its head: another text may take its place. */
function isText({ key }: Change): boolean {
  return key.pk.startsWith(partitionStarts.eventDetails)
}

/** The ids of events that are there, by what is decided. */
export function eventsIn({ catalog, after }: Pick<Step, 'catalog' | 'after'>): string[] {
  return itemsOf(catalog, after, 'E#').flatMap((head) => {
    if (head['lk'] === undefined) return [String(head['id'])]
    const header = catalog.find(after, keys.operation(String(head['lk'])))
    return header?.['st'] === 'C' ? [String((head['ln'] as Item)['id'])] : []
  })
}

// History and hold entries.

function checkEntry(change: Change): void {
  const { catalog, after, key, was } = change
  if (was !== undefined) fail(change, 'an entry was changed')
  const owner = allLarge(catalog, after).find(({ details }) =>
    details.entries.some((entry) => entry['pk'] === key.pk && key.sk.endsWith(String(entry['sk']))),
  )
  if (owner === undefined) {
    if (!isFast(change)) fail(change, 'an entry was written outside a commit')
  } else if (owner.header['st'] !== 'C') {
    fail(change, 'an entry was written by an operation not committed')
  } else {
    const decidedAt = Number(owner.header['da'])
    const places = owner.details.entries.map((entry) => keyOfEntry(entry, decidedAt).sk)
    if (!places.includes(key.sk)) fail(change, 'an entry was written at another time')
  }
}

// What is kept of a request: an answer stays; an operation may be replaced once it was aborted.

function checkReceipt(change: Change): void {
  const { catalog, before, was } = change
  if (was === undefined) return
  if (was['op'] === undefined) fail(change, 'an answer that was kept was replaced')
  const header = catalog.find(before, keys.operation(String(was['op'])))
  if (header?.['st'] !== 'A') fail(change, 'an attempt was replaced that had not been aborted')
}
