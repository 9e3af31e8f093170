import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb'
import { changeSeats, type Changed } from '../../lib/actions/seats/change-seats.ts'
import type { Context } from '../../lib/actions/context.ts'
import type { Outcome } from '../../lib/refusals.ts'
import type { EventHead } from '../../lib/records/records.ts'
import { OPERATION_MS_MAX } from '../../lib/store/commit/lease.ts'
import { abortOperation } from '../../lib/store/commit/operations.ts'
import type { Store } from '../../lib/store/table/store.ts'
import { keys } from '../../lib/store/table/table.ts'
import { rowDrawing } from './drawings.ts'
import { staleStore } from './intercepted.ts'
import { walk, type Walk } from './kills.ts'
import { holdOf } from './many-events.ts'
import { openPlainHoldfast, type PlainHoldfast, type PlainProcess } from './plain-holdfast.ts'
import { labelsOf, makeEvent, OTHER_TOKEN } from './scene.ts'
import { getEvent } from '../../lib/store/events/events.ts'
import { readSeats } from '../../lib/store/seats/read-seats.ts'

/** Items of one transaction here: one seat is held in one, four need a large commit. */
export const SMALL_MAX = 3

/** The seats that the large commit holds. */
export const LABELS = labelsOf('A', 1, 4)

/** Details and header, then a lock for each seat, then the decision. */
const LOCKED = 2 + LABELS.length

/** How far the operation is that has the locks. */
export type Stage = 'pending' | 'late' | 'committed' | 'aborted' | 'missing'

/** Seats under the locks of a large commit whose process was killed. */
export interface LockedSeats extends PlainHoldfast {
  readonly event: EventHead
  readonly operationId: string
  readonly walked: Walk<unknown>
  /** Stream records before the commit. */
  readonly from: number
  /** Puts everything into this stage. */
  enter(stage: Stage): Promise<void>
  /** Somebody who read the seats before they were locked, and so meets the locks only when writing. */
  lateComer(rival: PlainProcess, labels: readonly string[]): Promise<Context>
  item(label: string): Promise<Record<string, unknown> | undefined>
  header(): Promise<Record<string, unknown> | undefined>
}

/** Opens an event and lets a process die while it holds four seats. */
export async function openLockedSeats(): Promise<LockedSeats> {
  const holdfast = await openPlainHoldfast({ transactionItemsMax: SMALL_MAX })
  const { table, clock, port, runtime, context } = holdfast
  // Made by a process that needs no large commit for it.
  const { eventKey } = await makeEvent(holdfast.another('maker', {}).api, rowDrawing())
  const event = await getEvent(runtime.store, 'one', eventKey)
  if (event === undefined) throw new Error('no event')
  const parts = [{ eventKey, labels: LABELS }] as const
  const walked = await walk(holdfast, () =>
    changeSeats(context, { parts, change: holdOf(holdfast) }),
  )
  const [untouched] = walked.states
  if (untouched === undefined) throw new Error('no states')
  const header = table.items().find(({ pk, sk }) => String(pk).startsWith('O#') && sk === 'O')
  const operationId = String(header?.['pk']).slice(2)
  const start = clock.now()
  const restore = (writes: number) => {
    const state = walked.states.find((other) => other.writes === writes)
    if (state !== undefined) table.restore(state.table)
    clock.advance(start - clock.now())
  }
  const get = async (Key: object) =>
    (await port.reader.send(new GetCommand({ TableName: table.tableName, Key: { ...Key } }))).Item
  return {
    ...holdfast,
    event,
    operationId,
    walked,
    from: untouched.table.records.length,
    async enter(stage) {
      restore(stage === 'committed' ? LOCKED + 1 : LOCKED)
      if (stage === 'late' || stage === 'aborted') clock.advance(OPERATION_MS_MAX)
      if (stage === 'aborted') await abortOperation(port, operationId, 'not-applied')
      if (stage !== 'missing') return
      const Key = keys.operation(operationId)
      await port.writer.send(new DeleteCommand({ TableName: table.tableName, Key }))
    },
    async lateComer(rival, labels) {
      restore(0)
      const { store } = rival.runtime
      const wanted = [{ eventKey, labels }]
      const read = (then: Store) => readSeats(then, { workspaceId: 'one', parts: wanted })
      return { ...rival.context, store: await staleStore(store, read) }
    },
    item: (label) => get(keys.seat(event, label)),
    header: () => get(keys.operation(operationId)),
  }
}

/** A rival holds these seats. */
export function holdForRival(
  { event, clock }: Pick<LockedSeats, 'event' | 'clock'>,
  context: Context,
  labels: readonly string[],
): Promise<Outcome<Changed>> {
  const change = holdOf({ context: { now: () => clock.now() } }, { holdToken: OTHER_TOKEN })
  const parts = [{ eventKey: event.eventKey, labels }] as const
  return changeSeats(context, { parts, change })
}
