import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import type { Change } from '../../../../lib/rules/machine.ts'
import { ofKind, type RowCheck } from '../../../../lib/rules/rows.ts'
import { succeed, type Outcome } from '../../../../lib/refusals.ts'
import { changeSeats, type Changed } from '../../../../lib/actions/seats/change-seats.ts'
import type { Caller, Context, KeyedRequest } from '../../../../lib/actions/context.ts'
import { AlreadyRecorded, Fault } from '../../../../lib/faults.ts'
import { runOnce } from '../../../../lib/http/idempotency.ts'
import { runtimeOver, type Runtime } from '../../../../lib/open.ts'
import type { Port } from '../../../../lib/store/table/port.ts'
import type { Store } from '../../../../lib/store/table/store.ts'
import { toItem } from '../../../support/plain-marshal.ts'
import type { Catalog, Table } from './catalog.ts'
import type { End, Work } from './instance.ts'
import type { Job, Role } from './scene.ts'
import { allLarge } from './view.ts'

// Who does what. Everything is production code, save that a request here may also rely on a seat that it does not change: the
// store commits such checks, and no action asks for one yet.

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

async function change(
  context: Context,
  { labels, change, checked = [] }: Wish,
  remember: Work['forget'],
) {
  const store = rememberingStore(storeRelyingOn(context.store, checked), {
    remember,
    now: context.now,
  })
  const relying = { ...context, store }
  return changeSeats(relying, { parts: [{ eventKey, labels }], change }, replyOf)
}

function replyOf({ seats }: Changed): Reply {
  return { operationId: seats[0]?.after.operationId ?? '' }
}

/**
 * The store, telling at each commit what `changeSeats` knows by then: the rows, the round, when it began, and which operation of
 * an earlier round it replaces.
 */
function rememberingStore(
  store: Store,
  { remember, now }: { remember: Work['forget']; now: () => number },
): Store {
  const rows = new Map<string, unknown>()
  let round = 0
  let began = 0
  return {
    ...store,
    async readSeats(wanted) {
      const read = await store.readSeats(wanted)
      began = now()
      for (const part of read.events ?? [])
        for (const [label, row] of part.rows) rows.set(label, row)
      return read
    },
    async commit(request) {
      round += 1
      const known = [...rows].map(([label, row]) => `${label} ${JSON.stringify(row)}`).sort()
      remember(
        `round ${round} since ${began} for ${request.receipt?.replaces ?? ''} ${known.join()}`,
      )
      const outcome = await store.commit(request)
      if (outcome.status !== 'contended') return outcome
      for (const { name, row } of ofKind(outcome.seen, 'seat')) rows.set(name.label, row)
      return outcome
    },
  }
}

/** The store, with checks of some more seats in all that it commits: they must stay as they were read. */
function storeRelyingOn(store: Store, checked: readonly string[]): Store {
  const checks = new Map<string, RowCheck>()
  return {
    ...store,
    async readSeats(wanted) {
      const parts = wanted.parts.map((part) => ({ ...part, labels: [...part.labels, ...checked] }))
      const read = await store.readSeats({ ...wanted, parts })
      if (read.events === undefined) return read
      for (const { event, rows } of read.events) {
        for (const label of checked) {
          const guard = { version: rows.get(label)?.version }
          checks.set(label, { kind: 'seat', event, label, guard })
        }
      }
      const events = read.events.map((part) => ({
        ...part,
        labels: part.labels.filter((label) => !checked.includes(label)),
      }))
      return { ...read, events }
    },
    async commit(request) {
      const writes = { ...request.writes, checks: [...checks.values()] }
      const outcome = await store.commit({ ...request, writes })
      if (outcome.status !== 'contended') return outcome
      for (const { name, row } of ofKind(outcome.seen, 'seat')) {
        const guard = { version: row?.version }
        if (checks.has(name.label)) checks.set(name.label, { kind: 'seat', ...name, guard })
      }
      return outcome
    },
  }
}

function told(outcome: Outcome<Reply>, isReplayed: boolean): End {
  if (!outcome.ok)
    return { told: 'not-done', why: JSON.stringify(outcome.refusal), isOutage: false }
  return { told: 'done', operationId: outcome.value.operationId, isReplayed }
}

/** A fault says itself whether something may have been done; anything else that is thrown is a bug. */
async function endOf(work: () => Promise<End>): Promise<End> {
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
  if (!input.startsWith('{')) await store.endOperation(input)
  else {
    const after = JSON.parse(input) as Record<string, AttributeValue>
    await store.watchOperations([{ before: undefined, after }])
  }
  return { told: 'nothing' }
}
