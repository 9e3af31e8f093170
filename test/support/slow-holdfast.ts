import type { Context } from '../../lib/actions/context.ts'
import { instant, type Clock } from '../../lib/clock.ts'
import { runtimeOver, type Runtime } from '../../lib/open.ts'
import type { Port } from '../../lib/store/table/port.ts'
import { schedulerAt, type Scheduler } from '../proofs/simulation/scheduler.ts'
import { apiOver, type Api } from './api.ts'
import { testKeys } from './holdfast.ts'
import { openMemoryTable, type MemoryTable } from './memory-table.ts'
import type { PlainRequest } from './plain-client.ts'
import { seededIds } from './seeded-ids.ts'
import { addApiKey } from '../../lib/store/companies/api-keys.ts'

/** How fast the store is. */
export interface Pace {
  /** Milliseconds that a call takes. */
  callMs: number
  /** Whether calls wait for each other. */
  isOneByOne: boolean
}

/** The production code over a store whose calls take time: virtual time, in which calls overlap. */
export interface SlowHoldfast {
  readonly runtime: Runtime
  readonly api: Api
  readonly context: Context
  readonly table: MemoryTable
  readonly clock: Clock
  readonly pace: Pace
  /** Told of each write when it is sent; what it throws is the answer. */
  onWrite: (request: PlainRequest) => void
  /** The same of each read. */
  onRead: (request: PlainRequest) => void
  /** Lets time pass until the work is done; answers what it came to, and how long it took. */
  run<T>(work: () => Promise<T>): Promise<{ result: T; tookMs: number }>
}

/** The longest that anything here may take. */
const RUN_MS_MAX = 600_000

/** Opens one that is fast until its pace is changed. */
export async function openSlowHoldfast(): Promise<SlowHoldfast> {
  const scheduler = schedulerAt(Date.UTC(2027, 2, 4, 18, 20))
  const clock: Clock = {
    now: () => instant(scheduler.now()),
    sleep: (milliseconds) => scheduler.sleep(milliseconds),
  }
  const table = await openMemoryTable(clock)
  const pace: Pace = { callMs: 0, isOneByOne: false }
  const slow = { scheduler, table, clock, pace, onWrite: () => undefined, onRead: () => undefined }
  const port = portOver(slow)
  const runtime = runtimeOver(port)
  const holdfast: SlowHoldfast = Object.assign(slow, {
    ...{ runtime, api: apiOver(runtime), context: contextOf(runtime) },
    run: <T>(work: () => Promise<T>) => runIn(scheduler, work),
  })
  const secret = { keyId: 'one-secret', kind: 'secret', workspaceId: 'one' } as const
  await holdfast.run(() => addApiKey(runtime.store, testKeys.secret, secret))
  return holdfast
}

interface Slow extends Pick<SlowHoldfast, 'table' | 'clock' | 'pace' | 'onWrite' | 'onRead'> {
  readonly scheduler: Scheduler
}

function portOver(slow: Slow): Port {
  const { scheduler, table, clock, pace } = slow
  let freeAt = 0
  const send = async (request: () => PlainRequest, isWrite: boolean) => {
    const now = scheduler.now()
    const startsAt = pace.isOneByOne ? Math.max(now, freeAt) : now
    freeAt = startsAt + pace.callMs
    await scheduler.sleep(freeAt - now)
    if (isWrite) slow.onWrite(request())
    else slow.onRead(request())
    return table.run(request())
  }
  return {
    tableName: table.tableName,
    reader: table.client((request) => send(request, false)),
    writer: table.client((request) => send(request, true)),
    clock,
    ids: seededIds(clock),
    transactionItemsMax: 100,
    statementsMax: 25,
    log: () => undefined,
  }
}

function contextOf({ clock, ids, store, backOff }: Runtime): Context {
  return {
    ...{ now: () => clock.now(), backOff, ids, store },
    caller: {
      keyId: 'one-secret',
      kind: 'secret',
      workspaceId: 'one',
      settings: { publishableMayBook: true },
      address: '127.0.0.1',
    },
  }
}

async function runIn<T>(scheduler: Scheduler, work: () => Promise<T>) {
  const startedAt = scheduler.now()
  let endedAt = startedAt
  const ended = work().finally(() => {
    endedAt = scheduler.now()
  })
  await Promise.all([ended, scheduler.runDry(RUN_MS_MAX)])
  return { result: await ended, tookMs: endedAt - startedAt }
}
