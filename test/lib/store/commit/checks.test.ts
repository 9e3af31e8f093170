import { describe, expect, test } from 'vitest'
import { decideNow } from '../../../../lib/actions/seats/change-seats.ts'
import { learnRead } from '../../../../lib/actions/seats/ground.ts'
import { targetsOf } from '../../../../lib/actions/seats/targets.ts'
import { nothingKnown, ofKind } from '../../../../lib/rules/rows.ts'
import { commit, type CommitRequest } from '../../../../lib/store/commit/commit.ts'
import { readSeats } from '../../../../lib/store/seats/read-seats.ts'
import { holdingsOf } from '../../../support/kills.ts'
import {
  holdForRival,
  LABELS,
  openLockedSeats,
  SMALL_MAX,
  type LockedSeats,
} from '../../../support/locked-seats.ts'
import { holdOf } from '../../../support/many-events.ts'
import { phaseOf } from '../../../support/phases.ts'
import type { PlainProcess } from '../../../support/plain-holdfast.ts'
import { OTHER_TOKEN } from '../../../support/scene.ts'

/** Rows that a commit relies on without changing them: by one transaction, and by a large commit. */
const paths = [
  ['one transaction', 100],
  ['a large commit', SMALL_MAX],
] as const

/** A hold of four seats as an action would commit it, relying on the version of one more. */
async function prepare(
  locked: LockedSeats,
  process: PlainProcess,
  check: { label: string; version: number | undefined },
): Promise<CommitRequest> {
  const { eventKey } = locked.event
  const { context } = process
  const parts = [{ eventKey, labels: LABELS }]
  const read = await readSeats(context.store, { workspaceId: 'one', parts })
  if (read.missing !== undefined) throw new Error('no event')
  const known = nothingKnown()
  learnRead(known, read)
  const targets = targetsOf(read.events, { known, now: context.now() })
  const { writes } = decideNow(context, [{ change: holdOf(locked), targets }])
  const { label, version } = check
  const checks = [{ kind: 'seat', event: locked.event, label, guard: { version } }] as const
  return { workspaceId: 'one', writes: { ...writes, checks } }
}

async function open(
  transactionItemsMax: number,
  check: { label: string; version: number | undefined },
) {
  const locked = await openLockedSeats()
  const rival = locked.another('rival')
  await locked.lateComer(rival, LABELS)
  expect((await holdForRival(locked, rival.context, ['B-1'])).ok).toBe(true)
  const process = locked.another('first', { transactionItemsMax })
  const request = await prepare(locked, process, check)
  return { locked, rival, process, request }
}

describe.each(paths)('a row that %s only relies on', (_, transactionItemsMax) => {
  test.each([
    ['is as it was read', 'B-1', 1],
    ['was never touched', 'B-2', undefined],
  ] as const)('and that %s, lets it commit and stays as it is', async (__, label, version) => {
    const { locked, process, request } = await open(transactionItemsMax, { label, version })
    const before = await locked.item(label)
    expect(await commit(process.runtime.store, request)).toEqual({ status: 'committed' })
    expect((await locked.item('A-1'))?.['v']).toBe(1)
    const after = await locked.item(label)
    if (before !== undefined) expect(after).toEqual(before)
    else expect(Object.keys(after ?? { pk: 0, sk: 0 }).sort()).toEqual(['pk', 'sk'])
  })

  test.each([
    ['has changed', 'B-1', 2, 1],
    ['was touched meanwhile', 'B-1', undefined, 1],
    ['is gone', 'B-2', 1, undefined],
  ] as const)('and that %s, stops it and is named', async (__, label, version, current) => {
    const { locked, process, request } = await open(transactionItemsMax, { label, version })
    const before = holdingsOf(locked.table)
    const outcome = await commit(process.runtime.store, request)
    expect(outcome.status).toBe('contended')
    if (outcome.status !== 'contended') return
    expect(outcome.lost).toMatchObject([{ kind: 'seat', label }])
    expect(outcome.seen.map(({ row }) => row?.version)).toEqual([current])
    const { sold, loose } = holdingsOf(locked.table)
    expect(sold).toEqual(before.sold)
    expect(loose).toEqual([])
  })

  test('and that a running commit has, makes it busy', async () => {
    const { locked, process, request } = await open(transactionItemsMax, {
      label: 'A-1',
      version: undefined,
    })
    await locked.enter('pending')
    const { writes } = request
    const others = ofKind(writes.rows, 'seat').map((seat, at) => ({
      ...seat,
      label: `B-${at + 1}`,
    }))
    const onlyChecked = { ...request, writes: { ...writes, rows: others } }
    const outcome = await commit(process.runtime.store, onlyChecked)
    expect(outcome).toMatchObject({ status: 'contended', lost: [{ label: 'A-1' }] })
  })
})

test('a row that a large commit only relies on cannot be sold before the decision, and can be after it', async () => {
  const check = { label: 'B-2', version: undefined }
  const { locked, rival, process, request } = await open(SMALL_MAX, check)
  let early: boolean | undefined
  process.wire.applied = async (wanted) => {
    if (early !== undefined || phaseOf(wanted) !== 'lock') return
    if ((await locked.item('B-2'))?.['lk'] === undefined) return
    early = (await holdForRival(locked, rival.context, ['B-2'])).ok
  }
  expect(await commit(process.runtime.store, request)).toEqual({ status: 'committed' })
  expect(early).toBe(false)
  expect((await holdForRival(locked, rival.context, ['B-2'])).ok).toBe(true)
  expect(await locked.item('B-2')).toMatchObject({ t: OTHER_TOKEN, v: 1 })
})
