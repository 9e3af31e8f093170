import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import type { Context } from '../../lib/actions/context.ts'
import { holdBest } from '../../lib/actions/seats/best/hold-best.ts'
import { instant } from '../../lib/clock.ts'
import type { Choice } from '../../lib/rules/best/wish.ts'
import { openLoadedTable, type LoadedTable } from '../areas/loaded-table.ts'
import type { Cost } from '../meter.ts'
import { contextOver, resultOf } from '../world.ts'
import { EVENT_KEY, openBestHall, type BestHall } from './hall.ts'

// Buyers who want the best seats of one event, all at the same moment, or one after the other.

/** People who want to sit together. */
export const PARTY = 4

/** Processes that serve them: each knows what it has found taken itself. */
const PROCESSES = 8

const HOLD_MS = 15 * 60 * 1000
const PATIENCE_MS = 600_000

/** How one buyer fared. */
export interface Served {
  /** Undefined where others were in the way each time. */
  readonly choice: Choice | undefined
  /** Transactions until others were not in the way. */
  readonly rounds: number
  readonly ms: number
}

/** How all fared, and what it cost. */
export interface Sale extends Awaited<ReturnType<typeof openBestHall>> {
  readonly served: readonly Served[]
  readonly cost: Cost
}

/** Lets so many buyers ask, all at once or one after the other. Throws where two get the same seat. */
export async function sellBest(
  hall: BestHall,
  { buyers, seed, isAtOnce }: { buyers: number; seed: number; isAtOnce: boolean },
): Promise<Sale> {
  const table = await openLoadedTable(seed)
  const drawn = await openBestHall(table.port, hall, seed)
  const processes = Array.from({ length: isAtOnce ? PROCESSES : 1 }, () => contextOver(table.port))
  // What each does first is not counted: it learns the chart, and sees the event as it is before the crowd.
  for (const context of processes) await ask(table, context, { buyer: 'warm-up', number: 1_001 })
  table.load()
  table.take()
  const served: Served[] = []
  const buy = async (buyer: number) => {
    const context = processes[buyer % processes.length]
    if (context === undefined) throw new Error('The bench has no process')
    served.push(await ask(table, context, { buyer: String(buyer), number: PARTY }))
  }
  const all = Array.from({ length: buyers }, (_, buyer) => buyer)
  await inVirtualTime(table, async () => {
    if (isAtOnce) await Promise.all(all.map(buy))
    else for (const buyer of all) await buy(buyer)
  })
  const labels = served.flatMap(({ choice }) => choice?.labels ?? [])
  if (new Set(labels).size !== labels.length) throw new Error('A seat was sold twice')
  return { ...drawn, served, cost: table.take() }
}

async function inVirtualTime({ scheduler }: LoadedTable, run: () => Promise<void>): Promise<void> {
  const ends: unknown[] = []
  scheduler.after(0, () => {
    run().then(
      () => ends.push(undefined),
      (error: unknown) => ends.push(error),
    )
  })
  await scheduler.runDry(PATIENCE_MS)
  const [fault] = ends
  if (fault instanceof Error) throw fault
  if (ends.length === 0) throw new Error('The crowd was not served in time')
}

async function ask(
  { scheduler, port }: LoadedTable,
  context: Context,
  { buyer, number }: { buyer: string; number: number },
): Promise<Served> {
  const from = scheduler.now()
  let rounds = 1
  const send = async (command: never) => {
    try {
      return await port.writer.send(command)
    } catch (error) {
      if (isLost(error)) rounds += 1
      throw error
    }
  }
  const writer = { send } as unknown as typeof port.writer
  const own = { ...context, store: { ...context.store, writer } }
  const until = instant(port.clock.now() + HOLD_MS)
  const outcome = await holdBest(own, {
    eventKey: EVENT_KEY,
    change: { kind: 'hold', holdToken: `token-of-${buyer}`, until },
    wish: { number, preventsOrphans: true },
  })
  const isNothing = !outcome.ok && ['seats-refused', 'best-too-many'].includes(outcome.refusal.code)
  const choice = isNothing ? undefined : resultOf(outcome).choice
  return { choice, rounds, ms: scheduler.now() - from }
}

/** Others were in the way; what was throttled is only sent again. */
function isLost(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code)
  return codes.some((code) => code === 'TransactionConflict' || code === 'ConditionalCheckFailed')
}
