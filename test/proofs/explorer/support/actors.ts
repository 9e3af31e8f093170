import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Change } from '../../../../lib/rules/machine.ts'
import { nothingKnown, ofKind, type RowCheck } from '../../../../lib/rules/rows.ts'
import type { Target } from '../../../../lib/rules/seat.ts'
import { refuse, succeed, type Outcome } from '../../../../lib/refusals.ts'
import { decideNow } from '../../../../lib/actions/seats/change-seats.ts'
import { learnRead } from '../../../../lib/actions/seats/ground.ts'
import { targetsOf } from '../../../../lib/actions/seats/targets.ts'
import { editEvent } from '../../../../lib/actions/events/edit-event.ts'
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
import { readSeats } from '../../../../lib/store/seats/read-seats.ts'
import { endOperation } from '../../../../lib/store/commit/recover.ts'
import { watchOperations } from '../../../../lib/store/commit/watch.ts'

// Who does what. Everything is production code, save that a request here may also rely on any seat that it does not change: the
// store commits such checks, and actions ask for those of a table and its seats only. So reading, deciding and committing are put
// together here.

/** What somebody wants. */
export interface Wish {
  readonly change: Change
  readonly labels: readonly string[]
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
  startsAt = [0],
  skewMs = 0,
}: Asking): Role {
  return {
    name,
    skewMs,
    startsAt,
    transactionItemsMax: isFast ? 100 : 1,
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
  { labels, change, checked = [] }: Wish,
  remember: Work['forget'],
): Promise<Outcome<Reply>> {
  const parts = [{ eventKey, labels: [...labels, ...checked] }]
  const { workspaceId } = caller
  const read = await readSeats(context.store, { workspaceId, parts, request: context.keyed })
  if (read.missing !== undefined) return refuse({ code: 'event-not-found', eventKey })
  const known = nothingKnown()
  learnRead(known, read)
  const began = context.now()
  // What it may take follows from the terms that it read, too.
  const terms = read.events.map(({ event }) => event.version).join()
  let round = 0
  let memory = ''
  const decideOn = () => {
    round += 1
    const rows = [...known.seat].map(([name, row]) => `${name} ${JSON.stringify(row)}`).sort()
    memory = `round ${round} since ${began} on terms ${terms} ${rows.join()}`
    remember(memory)
    const targets = targetsOf(read.events, { known, now: context.now() }).filter(
      (target): target is Target => !('area' in target),
    )
    const wanted = targets.filter(({ label }) => labels.includes(label))
    const { writes, refusals } = decideNow(context, [{ change, targets: wanted }])
    if (refusals.length > 0) {
      return refuse({ code: 'seats-refused', change: change.kind, seats: refusals })
    }
    const relied = targets.filter(({ label }) => checked.includes(label)).map(checkOf)
    const checks = [...writes.checks, ...relied]
    const result: Reply = { operationId: ofKind(writes.rows, 'seat')[0]?.after.operationId ?? '' }
    return succeed({ writes: { ...writes, checks }, result })
  }
  const { keyed } = context
  const receiptFor: KeyedRequest['receiptFor'] = (result, left) => {
    const receipt = keyed?.receiptFor(result, left)
    assert(receipt !== undefined, 'a request without a key keeps nothing')
    remember(`${memory} for ${receipt.replaces ?? ''}`)
    return receipt
  }
  const telling = { ...context, keyed: keyed && { ...keyed, receiptFor } }
  return commitInRounds(telling, known, { kind: change.kind, decideOn })
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

/** Who says how the tables of the event are sold from now on; nobody waits for the answer. */
export function tableSetter({ name, mode }: { name: string; mode: TableMode }): Role {
  const run = (port: Port, { rounds }: Work) =>
    endOf(async () => {
      const context = contextFor(stoppingAfter(rounds, runtimeOver(port)))
      await editEvent(context, { eventKey, tables: { mode } })
      return { told: 'nothing' }
    })
  return { name, skewMs: 0, startsAt: [0], transactionItemsMax: 100, run }
}

type TableMode = 'INHERIT' | 'ALL_BY_TABLE' | 'ALL_BY_SEAT'

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
