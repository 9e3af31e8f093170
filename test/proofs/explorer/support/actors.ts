import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Change } from '../../../../lib/rules/machine.ts'
import { ofKind, type KnownRows, type RowCheck } from '../../../../lib/rules/rows.ts'
import { objectWrites } from '../../../../lib/rules/season/season-work.ts'
import type { Target } from '../../../../lib/rules/situations.ts'
import { refuse, succeed, type Outcome } from '../../../../lib/refusals.ts'
import { decideNow } from '../../../../lib/actions/seats/change-seats.ts'
import {
  decideOnGround,
  lookFor,
  readGround,
  type Ground,
} from '../../../../lib/actions/seats/ground.ts'
import { targetOf } from '../../../../lib/actions/seats/targets.ts'
import { commitInRounds } from '../../../../lib/actions/seats/commit-in-rounds.ts'
import type { Caller, Context, KeyedRequest } from '../../../../lib/actions/context.ts'
import { AlreadyRecorded, assert, Fault } from '../../../../lib/faults.ts'
import { runOnce } from '../../../../lib/http/idempotency.ts'
import { runtimeOver, type Runtime } from '../../../../lib/open.ts'
import type { Port } from '../../../../lib/store/table/port.ts'
import { toItem } from '../../../support/plain-marshal.ts'
import type { Catalog, Table } from './catalog.ts'
import type { End, Work } from './instance.ts'
import type { Job, Role } from './scene.ts'
import { allLarge } from './view.ts'
import { endOperation } from '../../../../lib/store/commit/recover.ts'
import { watchOperations } from '../../../../lib/store/commit/watch.ts'

// Who does what. Everything is production code, save that a request here may also rely on any seat that it does not change: the
// store commits such checks, and actions ask for those of a table and its seats only. So reading, deciding and committing are put
// together here.

/** What somebody wants. */
export interface Wish {
  readonly change: Change
  readonly labels: readonly string[]
  /** Where: the one event that most scenes have, unless it says so. */
  readonly events?: readonly string[]
  /** Of an area: how many. */
  readonly places?: number
  /** Seats that must stay as they are. */
  readonly checked?: readonly string[]
}

/** How somebody asks. */
export interface Asking {
  readonly name: string
  readonly wish: Wish
  /** With an idempotency key: copies of one request have the same. */
  readonly key?: string
  /** Commits in one transaction; otherwise in five steps. */
  readonly isFast?: boolean
  /** Statements of one request: with more than one its writes travel in batches. */
  readonly statementsMax?: number
  readonly startsAt?: readonly number[]
  readonly skewMs?: number
}

/** What a done request is answered: which operation did it. */
interface Reply {
  readonly operationId: string
}

const caller: Caller = {
  keyId: 'desk',
  kind: 'secret',
  workspaceId: 'one',
  settings: { publishableMayBook: true },
  address: '',
}

/** The event that all want seats of. */
export const eventKey = 'night-1'

/** Somebody who asks for seats. */
export function asker({
  name,
  wish,
  key,
  isFast = false,
  statementsMax = 1,
  startsAt = [0],
  skewMs = 0,
}: Asking): Role {
  return {
    name,
    skewMs,
    startsAt,
    transactionItemsMax: isFast ? 100 : 1,
    statementsMax,
    ...(key === undefined ? {} : { key }),
    run: (port, { rounds, forget }) =>
      endOf(() => ask(stoppingAfter(rounds, runtimeOver(port)), { wish, key, forget })),
  }
}

/** Thrown in the place of a pause, so that a request does not decide once more. */
class Stop extends Error {
  override readonly name = 'Stop'
}

function stoppingAfter(rounds: number, runtime: Runtime): Runtime {
  let pauses = 0
  return {
    ...runtime,
    backOff: (attempt) => {
      pauses += 1
      return pauses < rounds ? runtime.backOff(attempt) : Promise.reject(new Stop())
    },
  }
}

interface Ask {
  readonly wish: Wish
  readonly key: string | undefined
  readonly forget: Work['forget']
}

async function ask(runtime: Runtime, { wish, key, forget }: Ask): Promise<End> {
  if (key === undefined) return told(await change(contextFor(runtime), wish, forget), false)
  let runs = 0
  const request = { keyId: caller.keyId, hash: key, fingerprint: JSON.stringify(wish) }
  const run = async (keyed: KeyedRequest) => {
    runs += 1
    const before = `run ${runs} in place of ${keyed.replaces ?? 'none'}`
    const remember = (memory: string) => {
      forget(`${before} ${memory}`)
    }
    try {
      return await change(contextFor(runtime, keyed), wish, remember)
    } catch (error) {
      if (error instanceof AlreadyRecorded) remember('')
      throw error
    }
  }
  const once = await runOnce(runtime, { request, status: 200, run, isNo: ({ ok }) => !ok })
  switch (once.kind) {
    case 'ran':
      return told(once.result, false)
    case 'replayed':
      return told(succeed(JSON.parse(once.answer.body) as Reply), true)
    case 'problem':
      return { told: 'not-done', why: once.problem.code, isOutage: false }
  }
}

function contextFor({ clock, ids, store, backOff }: Runtime, keyed?: KeyedRequest): Context {
  return { now: () => clock.now(), backOff, ids, store, caller, keyed }
}

/**
 * Changes seats as `changeSeats` does, of the same parts, with checks of some more: they must stay as they were read. Tells before
 * each commit all that is known by then: the rows, the round, when it began, and which operation of an earlier round it replaces.
 */
async function change(
  context: Context,
  { labels, change, places = 1, checked = [], events: wanted = [eventKey] }: Wish,
  remember: Work['forget'],
): Promise<Outcome<Reply>> {
  const parts = wanted.map((key) => ({ eventKey: key, labels: [...labels, ...checked] }))
  const { workspaceId } = caller
  const look = lookFor(context, 'holdToken' in change ? change.holdToken : undefined)
  const read = await readGround(context, { workspaceId, parts, request: context.keyed, look })
  if (!read.ok) return read
  const ground = read.value
  const began = context.now()
  let [round, pauses] = [0, 0]
  let memory = ''
  const { kind } = change
  const decide = ({ events, known }: Ground) => {
    memory = `round ${round} since ${began} after ${pauses} pauses on ${sightOf(events)} ${textOf(known)}`
    remember(memory)
    const now = { known, now: context.now() }
    const targetsFor = (names: readonly string[]) =>
      events.flatMap((it) => names.map((label) => targetOf(it, { label, quantity: places }, now)))
    const { writes, refusals, isUnread } = decideNow(context, [
      { change, targets: targetsFor(labels) },
    ])
    if (isUnread) return 'unread' as const
    if (refusals.length > 0) return refuse({ code: 'seats-refused', change: kind, seats: refusals })
    const relied = targetsFor(checked).flatMap((it) => ('area' in it ? [] : checkOf(it)))
    const checks = [...writes.checks, ...relied]
    const [first] = [...objectWrites(writes.rows), ...ofKind(writes.rows, 'block')]
    const result: Reply = { operationId: first === undefined ? '' : writes.operationId }
    return succeed({ writes: { ...writes, checks }, result })
  }
  const { keyed } = context
  const receiptFor: KeyedRequest['receiptFor'] = (result, left) => {
    const receipt = keyed?.receiptFor(result, left)
    assert(receipt !== undefined, 'a request without a key keeps nothing')
    remember(`${memory} for ${receipt.replaces ?? ''}`)
    return receipt
  }
  const telling: Context = {
    ...context,
    keyed: keyed && { ...keyed, receiptFor },
    backOff: (attempt) => {
      pauses += 1
      return context.backOff(attempt)
    },
  }
  return commitInRounds(telling, ground.known, {
    kind,
    decideOn: () => {
      round += 1
      return decideOnGround(telling, ground, { kind, decide })
    },
  })
}

/** The terms that were read, and how much of areas: what may be taken follows from these too. */
function sightOf(events: Ground['events']): string {
  const isWhole = events.some(({ areas }) => [...areas.values()].some((it) => it.isWhole))
  return `terms ${events.map(({ event }) => event.version).join()} ${isWhole ? 'all' : 'some'}`
}

/** All rows that are known. */
function textOf(known: KnownRows): string {
  const rows = Object.values(known).flatMap((ofKind: ReadonlyMap<string, unknown>) => [...ofKind])
  return rows
    .map(([name, row]) => `${name} ${JSON.stringify(row)}`)
    .sort()
    .join()
}

function checkOf({ event, label, row }: Target): RowCheck {
  return { kind: 'seat', event, label, guard: { version: row?.version } }
}

function told(outcome: Outcome<Reply>, isReplayed: boolean): End {
  if (!outcome.ok)
    return { told: 'not-done', why: JSON.stringify(outcome.refusal), isOutage: false }
  return { told: 'done', operationId: outcome.value.operationId, isReplayed }
}

/** A fault says itself whether something may have been done; anything else that is thrown is a bug. */
export async function endOf(work: () => Promise<End>): Promise<End> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Stop) return { told: 'nothing' }
    if (!(error instanceof Fault)) throw error
    const { outcome, message: why } = error
    return outcome === 'unknown'
      ? { told: 'unknown', why }
      : { told: 'not-done', why, isOutage: true }
  }
}

/** Who changes what the event says of selling; nobody waits for the answer. */
export function termsSetter(name: string, set: (context: Context) => Promise<unknown>): Role {
  const run = (port: Port, { rounds }: Work) =>
    endOf(async () => {
      await set(contextFor(stoppingAfter(rounds, runtimeOver(port))))
      return { told: 'nothing' }
    })
  return { name, skewMs: 0, startsAt: [0], transactionItemsMax: 100, run }
}

/** The workers behind the stream and the timer: they end operations, and locks that came too late. */
export function worker({ name, skewMs = 0 }: { name: string; skewMs?: number }): Role {
  return {
    name,
    skewMs,
    startsAt: [],
    transactionItemsMax: 100,
    jobs: jobsFor,
    run: (port, { job }) => endOf(() => work(port, job)),
  }
}

function jobsFor(catalog: Catalog, table: Table, alarms: readonly number[]): Job[] {
  const open = allLarge(catalog, table).filter(({ header }) => header['fin'] === undefined)
  return [
    ...open.map(({ operationId }) => ({ name: `end:${operationId}`, input: operationId })),
    ...alarms.flatMap((keyId) => {
      const row = catalog.itemAt(table[keyId] ?? 0)
      if (row?.['lk'] === undefined) return []
      const name = `unlock:${String(row['sk'])}:${String(row['lk'])}`
      return [{ name, input: JSON.stringify(toItem(row)) }]
    }),
  ]
}

/** An operation by its name, or a row that has been locked as the stream shows it. */
async function work(port: Port, input: string): Promise<End> {
  const { store } = runtimeOver(port)
  if (!input.startsWith('{')) await endOperation(store, input)
  else {
    const after = JSON.parse(input) as Record<string, AttributeValue>
    await watchOperations(store, [{ before: undefined, after }])
  }
  return { told: 'nothing' }
}
