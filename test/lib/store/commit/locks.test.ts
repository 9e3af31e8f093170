import { describe, expect, test } from 'vitest'
import type { Context } from '../../../../lib/actions/context.ts'
import { holdingsOf, wholeOf } from '../../../support/kills.ts'
import {
  holdForRival,
  LABELS,
  openLockedSeats,
  SMALL_MAX,
  type LockedSeats,
  type Stage,
} from '../../../support/locked-seats.ts'
import { phaseOf, type Phase } from '../../../support/phases.ts'
import type { PlainProcess } from '../../../support/plain-holdfast.ts'
import { OTHER_TOKEN, TOKEN } from '../../../support/scene.ts'
import { recoverAll } from '../../../support/workers.ts'
import { readSeats } from '../../../../lib/store/seats/read-seats.ts'
import { endOperation } from '../../../../lib/store/commit/recover.ts'

/** The seats that a rival wants, and in how many items a transaction of theirs may have. */
const writers = [
  ['one transaction', SMALL_MAX],
  ['a large commit', SMALL_MAX - 1],
] as const

/** What becomes of a rival who meets the lock on a seat. */
const meetings = [
  ['pending', 'busy'],
  ['late', 'held'],
  ['committed', 'held-by-another'],
  ['aborted', 'held'],
  ['missing', 'held'],
] as const satisfies [Stage, string][]

/** A rival who meets the lock when writing: the read was too early. */
async function meet(locked: LockedSeats, itemsMax: number, stage: Stage) {
  const rival = locked.another('rival', { transactionItemsMax: itemsMax })
  const context = await locked.lateComer(rival, ['A-1'])
  await locked.enter(stage)
  const writes: Phase[] = []
  rival.wire.applied = (request) => void writes.push(phaseOf(request))
  const outcome = await holdForRival(locked, context, ['A-1'])
  const result = outcome.ok ? 'held' : codesOf(outcome.refusal)
  return { result, writes }
}

function codesOf(refusal: object): unknown {
  return 'seats' in refusal ? (refusal.seats as { code: string }[])[0]?.code : refusal
}

describe.each(writers)('a writer of %s that meets a lock', (_, itemsMax) => {
  test.each(meetings)('whose operation is %s finds the seat: %s', async (stage, expected) => {
    const locked = await openLockedSeats()
    const { result } = await meet(locked, itemsMax, stage)
    expect(result).toBe(expected)
    const item = await locked.item('A-1')
    if (stage === 'pending') expect(item).toMatchObject({ lk: locked.operationId })
    else {
      expect(item).not.toHaveProperty('lk')
      expect(item).not.toHaveProperty('ln')
      expect(item).toMatchObject({ s: 'held', t: expected === 'held' ? OTHER_TOKEN : TOKEN, v: 1 })
    }
    if (stage === 'late') expect(await locked.header()).toMatchObject({ st: 'A' })
  })

  test('whose operation is committed writes its entries before any row, and has it finished later', async () => {
    const locked = await openLockedSeats()
    const { writes } = await meet(locked, itemsMax, 'committed')
    const healing = writes.filter((phase) => ['history', 'hold entry', 'apply'].includes(phase))
    expect(healing).toEqual(['history', 'hold entry', 'apply'])
    await recoverAll(locked, locked.table.records.length)
    const holdings = holdingsOf(locked.table)
    expect(holdings.loose).toEqual([])
    expect(wholeOf(holdings, locked.walked)).toBe('everything')
  })
})

describe('a read for a decision that meets a lock', () => {
  test.each([
    ['pending', undefined, true],
    ['late', undefined, false],
    ['committed', TOKEN, false],
    ['aborted', undefined, false],
    ['missing', undefined, false],
  ] as const)('whose operation is %s reads the holder %s', async (stage, holder, isLocked) => {
    const locked = await openLockedSeats()
    const { eventKey } = locked.event
    await locked.enter(stage)
    const parts = [{ eventKey, labels: LABELS }]
    const { events = [] } = await readSeats(locked.runtime.store, { workspaceId: 'one', parts })
    for (const label of LABELS) {
      const state = events[0]?.rows.get(label)?.state
      expect(state?.status === 'held' ? state.holdToken : undefined, label).toBe(holder)
      expect('lk' in ((await locked.item(label)) ?? {}), label).toBe(isLocked)
    }
    if (stage === 'committed') {
      const { loose } = holdingsOf(locked.table)
      loose.sort((a, b) => (String(a['pk']) > String(b['pk']) ? -1 : 1))
      expect(loose.map(({ pk, st, op }) => ({ pk, st, op }))).toEqual([
        { pk: 'R', st: undefined, op: locked.operationId },
        { pk: `O#${locked.operationId}`, st: 'C', op: undefined },
      ])
    }
  })
})

describe('stream and timer', () => {
  test.each([
    ['pending', 'nothing'],
    ['late', 'nothing'],
    ['committed', 'everything'],
    ['aborted', 'nothing'],
    ['missing', 'nothing'],
  ] as const)('end an operation that is %s: %s', async (stage, whole) => {
    const locked = await openLockedSeats()
    await locked.enter(stage)
    await recoverAll(locked, locked.from)
    const holdings = holdingsOf(locked.table)
    expect(holdings.loose).toEqual([])
    expect(wholeOf(holdings, locked.walked)).toBe(whole)
  })

  test('leave an operation alone that is within its time', async () => {
    const locked = await openLockedSeats()
    await locked.enter('pending')
    const { store } = locked.runtime
    expect(await endOperation(store, locked.operationId)).toEqual({ status: 'running' })
    expect(await locked.item('A-1')).toMatchObject({ lk: locked.operationId })
  })
})

describe('a seat that was locked before it was ever touched, and then unlocked', () => {
  async function openUndone(): Promise<LockedSeats & { readonly rival: PlainProcess }> {
    const locked = await openLockedSeats()
    await locked.enter('late')
    await recoverAll(locked, locked.from)
    return { ...locked, rival: locked.another('rival') }
  }

  test('has a row without state, and reads as free', async () => {
    const undone = await openUndone()
    const { api, event } = undone
    expect(Object.keys((await undone.item('A-1')) ?? {}).sort()).toEqual(['pk', 'sk'])
    const status = await api(`GET /api/v1/events/${event.eventKey}/status`)
    expect(status.body['objects']).toEqual([])
  })

  test.each([
    ['one transaction', 'A-1'],
    ['a large commit', 'A-1,A-2,A-3'],
  ])('is sold by %s as a first version', async (_, labels) => {
    const undone = await openUndone()
    const context: Context = undone.rival.context
    const outcome = await holdForRival(undone, context, labels.split(','))
    expect(outcome.ok).toBe(true)
    for (const label of labels.split(',')) {
      expect(await undone.item(label)).toMatchObject({ s: 'held', t: OTHER_TOKEN, v: 1 })
    }
  })
})
