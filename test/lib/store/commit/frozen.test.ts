import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import { moveTokenDeadline } from '../../../../lib/actions/seats/move-token-deadline.ts'
import { addSeconds, instant } from '../../../../lib/clock.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { tokenMilliseconds } from '@holdfast/dynamodb/transact-write-items'
import { walk } from '../../../support/kills.ts'
import { holdOf, makeEvents, mustChange } from '../../../support/many-events.ts'
import { openPlainHoldfast, type PlainHoldfast } from '../../../support/plain-holdfast.ts'
import { TOKEN } from '../../../support/scene.ts'
import { recoverAll } from '../../../support/workers.ts'
import { createHoldToken } from '../../../../lib/store/seats/hold-tokens.ts'

// A process stands still for minutes, as functions do between two calls of them, and goes on as if nothing had been.

/** Lets the first transaction get lost on its way, and the process freeze in the pause after that. */
function freezeAfterLoss(holdfast: PlainHoldfast, milliseconds: number) {
  const { clock, wire } = holdfast
  const sent: number[] = []
  wire.fault = ({ operation }) => {
    if (operation !== 'TransactWriteItems') return undefined
    sent.push(clock.now())
    return sent.length === 1 ? 'lost-before' : undefined
  }
  clock.sleep = () => {
    clock.advance(milliseconds)
    return Promise.resolve()
  }
  return sent
}

/** Rows that have a state. */
function statesOf({ table }: PlainHoldfast): unknown[] {
  return table.items().flatMap(({ pk, s }) => (String(pk).startsWith('S#') ? [s] : []))
}

const unknown = { name: 'Fault', outcome: 'unknown' }

describe('a process that is frozen before it sends a transaction again', () => {
  test.each([20 * 60_000, tokenMilliseconds, 10_000])(
    'for %i ms does not send it: its token may be forgotten',
    async (milliseconds) => {
      const holdfast = await openPlainHoldfast()
      const parts = await makeEvents(holdfast, { events: 1, seats: 2 })
      const sent = freezeAfterLoss(holdfast, milliseconds)
      const held = changeSeats(holdfast.context, { parts, change: holdOf(holdfast) })
      await expect(held).rejects.toMatchObject(unknown)
      expect(sent).toHaveLength(1)
      expect(statesOf(holdfast)).toEqual([])
    },
  )

  test('for less than that sends it', async () => {
    const holdfast = await openPlainHoldfast()
    const parts = await makeEvents(holdfast, { events: 1, seats: 2 })
    const sent = freezeAfterLoss(holdfast, 9_999)
    await mustChange(holdfast, parts, holdOf(holdfast))
    expect(sent).toHaveLength(2)
  })

  test.each([
    [4_999, 'booked'],
    [5_000, 'held'],
  ])('for %i ms of a hold that has five seconds leaves it %s', async (milliseconds, state) => {
    const holdfast = await openPlainHoldfast()
    const parts = await makeEvents(holdfast, { events: 1, seats: 2 })
    const until = addSeconds(holdfast.context.now(), 5)
    await mustChange(holdfast, parts, holdOf(holdfast, { until }))
    const sent = freezeAfterLoss(holdfast, milliseconds)
    const change = { kind: 'book-held', holdToken: TOKEN } as const
    const booked = changeSeats(holdfast.context, { parts, change })
    if (state === 'booked') expect(await booked).toMatchObject({ ok: true })
    else await expect(booked).rejects.toMatchObject(unknown)
    expect(sent).toHaveLength(state === 'booked' ? 2 : 1)
    expect(statesOf(holdfast)).toEqual([state, state])
  })
})

test('what relies on a hold that is over by the time of sending is not sent at all', async () => {
  const holdfast = await openPlainHoldfast()
  const parts = await makeEvents(holdfast, { events: 1, seats: 2 })
  const until = addSeconds(holdfast.context.now(), 5)
  await mustChange(holdfast, parts, holdOf(holdfast, { until }))
  const change = { kind: 'book-held', holdToken: TOKEN } as const
  // What is kept of a request is asked for once all is decided: while the hold still stands, and not when it is sent.
  const name = { keyId: 'one-secret', hash: 'h' }
  const keyed = {
    ...name,
    receiptFor: () => {
      holdfast.clock.advance(5_000)
      holdfast.wire.sent = 0
      return { ...name, fingerprint: 'f', answer: { status: 200, body: '{}' } }
    },
  }
  const booked = await changeSeats({ ...holdfast.context, keyed }, { parts, change })
  const seats = parts.flatMap(({ labels }) =>
    labels.map((label) => ({ label, code: 'not-held-by-token' })),
  )
  expect(booked).toMatchObject({ refusal: { seats } })
  expect(holdfast.wire.sent).toBe(0)
})

describe('a hold token under the lock of a large commit', () => {
  /** A token of fifteen minutes that holds four seats, and is to live for an hour. */
  async function openMoved() {
    const holdfast = await openPlainHoldfast({ transactionItemsMax: 3 })
    const { context, runtime, clock, table, port } = holdfast
    const parts = await makeEvents(holdfast, { events: 1, seats: 4 })
    const createdAt = context.now()
    const expiresAt = addSeconds(createdAt, 900)
    const row = { createdAt, expiresAt, version: 1, objects: 4 }
    const name = { workspaceId: 'one', holdToken: TOKEN }
    await createHoldToken(runtime.store, name, { row, receipt: undefined })
    await mustChange(holdfast, parts, holdOf(holdfast, { until: expiresAt }))
    const from = table.records.length
    const start = clock.now()
    const { pk, sk } = keys.token('one', TOKEN)
    const token = () => table.items().find((item) => item['pk'] === pk && item['sk'] === sk)
    const former = token() ?? {}
    const version = Number(former['v'])
    const goesAt = Number(former['ttl']) * 1000
    const move = () => moveTokenDeadline(context, { holdToken: TOKEN, minutes: 60 })
    const walked = await walk(holdfast, move)
    expect(walked.result).toMatchObject({ ok: true })
    /** As it was when a header had that state and nothing of it was done yet, long after the token's end. */
    const enterLongAfter = async (state: 'P' | 'C') => {
      const all = walked.states.filter(({ table: snapshot }) => {
        table.restore(snapshot)
        const headers = table.items().filter(({ sk, fin }) => sk === 'O' && fin === undefined)
        return headers.some(({ st }) => st === state)
      })
      const entered = state === 'C' ? all[0] : all.at(-1)
      if (entered === undefined) throw new Error('no such state')
      table.restore(entered.table)
      clock.advance(goesAt + 3_600_000 - clock.now())
      await table.engine.expireItems()
    }
    return { ...holdfast, port, from, start, version, goesAt, expiresAt, enterLongAfter, token }
  }

  test('that is decided and not applied outlives its time, until the commit is applied', async () => {
    const moved = await openMoved()
    await moved.enterLongAfter('C')
    expect(moved.token()).toMatchObject({ v: moved.version, x: moved.expiresAt })
    await recoverAll(moved, moved.from)
    const until = addSeconds(instant(moved.start), 3_600)
    expect(moved.token()).toMatchObject({ v: moved.version + 1, x: until })
    expect(Number(moved.token()?.['ttl']) * 1000).toBe(moved.goesAt + until - moved.expiresAt)
    expect(moved.token()).not.toHaveProperty('lk')
  })

  test('that is not decided gets its time back with the end of the lock, and goes then', async () => {
    const moved = await openMoved()
    await moved.enterLongAfter('P')
    expect(moved.token()).toHaveProperty('lk')
    await recoverAll(moved, moved.from)
    expect(moved.token()).toMatchObject({ v: moved.version, ttl: moved.goesAt / 1000 })
    expect(moved.token()).not.toHaveProperty('lk')
    expect(moved.token()).not.toHaveProperty('lt')
    await moved.table.engine.expireItems()
    expect(moved.token()).toBeUndefined()
  })
})
