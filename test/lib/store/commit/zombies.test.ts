import { describe, expect, test } from 'vitest'
import { seatItem, type Item } from '../../../../lib/store/table/items.ts'
import { OPERATION_MS_MAX } from '../../../../lib/store/commit/lease.ts'
import { applyWrite, lockWrite, undoWrite } from '../../../../lib/store/commit/lock-writes.ts'
import {
  abortOperation,
  decideOperation,
  finishOperation,
} from '../../../../lib/store/commit/operations.ts'
import type { GuardedRow } from '../../../../lib/store/commit/guarded-rows.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { holdingsOf } from '../../../support/kills.ts'
import { holdForRival, openLockedSeats, type LockedSeats } from '../../../support/locked-seats.ts'
import { OTHER_TOKEN, TOKEN } from '../../../support/scene.ts'
import { recoverAll, watchFrom } from '../../../support/workers.ts'
import { watchOperations } from '../../../../lib/store/commit/watch.ts'

// Writes of a process that was taken for dead, landing after others have ended its operation.

/** A row of the operation as it would lock it: never touched before. */
function rowOf({ event }: LockedSeats, label: string, after: Item | undefined): GuardedRow {
  const guard = { version: undefined }
  return { key: keys.seat(event, label), guard, after }
}

function heldItem({ clock, operationId }: LockedSeats): Item {
  const heldUntil = (clock.now() + 600_000) as ReturnType<LockedSeats['clock']['now']>
  const state = { status: 'held', holdToken: TOKEN, heldUntil } as const
  return { ...seatItem({ version: 1, state, changedAt: clock.now(), operationId }) }
}

/** Lets the lock of a label land now. */
async function landLock(locked: LockedSeats, label: string, after: Item | undefined) {
  const { port, operationId } = locked
  const write = lockWrite(port, operationId, rowOf(locked, label, after))
  await port.writer.send(write as never)
  expect(await locked.item(label)).toMatchObject({ lk: operationId })
}

/** Lets the workers see what happened since. */
async function watched(locked: LockedSeats, act: () => Promise<void>): Promise<void> {
  const from = locked.table.records.length
  await act()
  await watchFrom(locked, from)
}

describe('a lock that lands after the end of its operation', () => {
  test.each(['aborted', 'missing'] as const)('which is %s, is taken off at once', async (stage) => {
    const locked = await openLockedSeats()
    await locked.enter(stage)
    await recoverAll(locked, locked.from)
    await watched(locked, () => landLock(locked, 'A-4', heldItem(locked)))
    expect(Object.keys((await locked.item('A-4')) ?? {}).sort()).toEqual(['pk', 'sk'])
    expect(holdingsOf(locked.table).loose).toEqual([])
  })

  test('which is aborted, is taken off by the next buyer too', async () => {
    const locked = await openLockedSeats()
    await locked.enter('aborted')
    await recoverAll(locked, locked.from)
    await landLock(locked, 'A-4', heldItem(locked))
    const rival = locked.another('rival')
    expect((await holdForRival(locked, rival.context, ['A-4'])).ok).toBe(true)
    expect(await locked.item('A-4')).toMatchObject({ t: OTHER_TOKEN, v: 1 })
  })

  test('which is committed, and only checked the row, is taken off and changes nothing', async () => {
    const locked = await openLockedSeats()
    await locked.enter('committed')
    await recoverAll(locked, locked.from)
    await watched(locked, () => landLock(locked, 'B-1', undefined))
    expect(Object.keys((await locked.item('B-1')) ?? {}).sort()).toEqual(['pk', 'sk'])
  })

  test('which is committed but not finished, and only checked the row, is taken off as well', async () => {
    const locked = await openLockedSeats()
    await locked.enter('committed')
    await watched(locked, () => landLock(locked, 'B-1', undefined))
    expect(await locked.item('B-1')).not.toHaveProperty('lk')
  })

  test('which is committed, and changed the row, cannot land: the version has moved', async () => {
    const locked = await openLockedSeats()
    await locked.enter('committed')
    await recoverAll(locked, locked.from)
    const write = lockWrite(locked.port, locked.operationId, rowOf(locked, 'A-1', heldItem(locked)))
    await expect(locked.port.writer.send(write as never)).rejects.toThrow('conditional request')
  })

  test('is left alone while the operation is pending', async () => {
    const locked = await openLockedSeats()
    await locked.enter('pending')
    await watched(locked, () => landLock(locked, 'B-1', undefined))
    expect(await locked.item('B-1')).toMatchObject({ lk: locked.operationId })
  })
})

describe('of an operation that was aborted and whose seat somebody else has', () => {
  async function openSoldOn() {
    const locked = await openLockedSeats()
    await locked.enter('late')
    await recoverAll(locked, locked.from)
    const rival = locked.another('rival')
    expect((await holdForRival(locked, rival.context, ['A-1'])).ok).toBe(true)
    return { locked, sold: await locked.item('A-1') }
  }

  test('a late apply and a late undo change nothing', async () => {
    const { locked, sold } = await openSoldOn()
    const { port, operationId, event } = locked
    const key = keys.seat(event, 'A-1')
    const applying = { operationId, after: heldItem(locked), at: locked.clock.now() }
    const apply = applyWrite(port, key, applying)
    for (const write of [apply, undoWrite(port, key, operationId)]) {
      await expect(port.writer.send(write as never)).rejects.toThrow('conditional request')
    }
    expect(await locked.item('A-1')).toEqual(sold)
  })

  test('a late decision learns that it is aborted, also on a clock that is behind', async () => {
    const { locked } = await openSoldOn()
    const { port, operationId, clock } = locked
    const deadline = (await locked.header())?.['dl'] as ReturnType<typeof clock.now>
    clock.advance(deadline - 1_000 - clock.now())
    expect(await decideOperation(port, { operationId, deadline })).toEqual({ status: 'aborted' })
    expect(await locked.header()).toMatchObject({ st: 'A' })
  })
})

test('a late abort does not undo a committed operation, nor does a late end prolong its header', async () => {
  const locked = await openLockedSeats()
  await locked.enter('committed')
  await recoverAll(locked, locked.from)
  const header = await locked.header()
  locked.clock.advance(OPERATION_MS_MAX)
  const kept = { status: 'committed', at: header?.['da'] }
  expect(await abortOperation(locked.port, locked.operationId, 'unknown')).toEqual(kept)
  await finishOperation(locked.port, locked.operationId)
  expect(await locked.header()).toEqual(header)
})

test('records of the stream that come twice, late and in another order do no harm', async () => {
  const locked = await openLockedSeats()
  await locked.enter('committed')
  await recoverAll(locked, locked.from)
  const rival = locked.another('rival')
  await holdForRival(locked, rival.context, ['B-1', 'B-2', 'B-3', 'B-4'])
  const { sold } = holdingsOf(locked.table)
  const records = locked.table.records.slice(locked.from)
  const { store } = locked.runtime
  for (const order of [records, records.toReversed()]) {
    await watchOperations(
      store,
      order.map(({ dynamodb }) => ({
        before: dynamodb.OldImage as never,
        after: dynamodb.NewImage as never,
      })),
    )
  }
  await recoverAll(locked, locked.table.records.length)
  expect(holdingsOf(locked.table)).toMatchObject({ sold, loose: [] })
})
