import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import type { Context } from '../../../../lib/actions/context.ts'
import { addSeconds, instant } from '../../../../lib/clock.ts'
import type { Change } from '../../../../lib/rules/machine.ts'
import { isTaken } from '../../../../lib/rules/seat.ts'
import { readSeats } from '../../../../lib/store/seats/read-seats.ts'
import { diceOf } from '../../../support/dice.ts'
import { drawTable, rowDrawing } from '../../../support/drawings.ts'
import { intercepted } from '../../../support/intercepted.ts'
import { openPlainHoldfast } from '../../../support/plain-holdfast.ts'
import { makeEvent, OTHER_TOKEN, TOKEN } from '../../../support/scene.ts'
import { seatsioOver } from '../../../support/seatsio.ts'

// A table and its seats are the same places. The mode of booking may change while a request is under way, so that one process sells
// the table and another its seats.

const SEATS = ['T1-1', 'T1-2', 'T1-3', 'T1-4']
const drawing = rowDrawing({ plane: { tables: [drawTable('T1', 4)] } })

/** Commits by one transaction, and by a large commit. */
const paths = [
  ['one transaction', 100],
  ['a large commit', 3],
] as const

const HOLD_SECONDS = 600

type Mode = 'ALL_BY_SEAT' | 'ALL_BY_TABLE'

async function openTable(transactionItemsMax: number) {
  const holdfast = await openPlainHoldfast({ transactionItemsMax })
  const { eventKey } = await makeEvent(holdfast.api, drawing)
  const seatsio = seatsioOver(holdfast.runtime)
  const sellBy = async (mode: Mode) => {
    const tableBookingConfig = { mode }
    const { status } = await seatsio(`POST /events/${eventKey}`, { tableBookingConfig })
    expect(status).toBe(204)
  }
  const change = (context: Context, labels: readonly string[], wanted: Change) =>
    changeSeats(context, { parts: [{ eventKey, labels }], change: wanted })
  const hold = (context: Context, labels: readonly string[], holdToken = TOKEN) => {
    const until = addSeconds(context.now(), HOLD_SECONDS)
    return change(context, labels, { kind: 'hold', holdToken, until })
  }
  const book = (context: Context, labels: readonly string[]) =>
    change(context, labels, { kind: 'book-held', holdToken: TOKEN })
  const release = (context: Context, labels: readonly string[]) =>
    change(context, labels, { kind: 'release' })
  const taken = async () => {
    const { store } = holdfast.context
    const parts = [{ eventKey, labels: ['T1'] }]
    const read = await readSeats(store, { workspaceId: 'one', parts })
    const rows = read.missing === undefined ? read.events[0]?.rows : undefined
    return [...(rows ?? [])].flatMap(([label, { state }]) => (isTaken(state) ? [label] : [])).sort()
  }
  const another = (name: string) => holdfast.another(name)
  return { ...holdfast, another, sellBy, hold, book, release, taken }
}

/** Something that is waited for. */
function signal() {
  let give: () => void = () => undefined
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return {
    given,
    give: () => {
      give()
    },
  }
}

/** What an action gets in a process whose first write waits until something else is done. */
function waiting(context: Context, meanwhile: () => Promise<unknown>): Context {
  let first: Promise<unknown> | undefined
  const store = intercepted(context.store, {
    writes: async (_, send) => {
      await (first ??= meanwhile())
      return send()
    },
  })
  return { ...context, store }
}

describe.each(paths)('a table and its seats are never both taken, by %s', (_, itemsMax) => {
  test('where the other was taken after the request had read', async () => {
    const { sellBy, hold, release, taken, another } = await openTable(itemsMax)
    for (const [early, late, wanted, rivals] of [
      ['ALL_BY_SEAT', 'ALL_BY_TABLE', ['T1-2', 'A-1'], ['T1']],
      ['ALL_BY_TABLE', 'ALL_BY_SEAT', ['T1', 'A-1'], ['T1-3']],
    ] as const) {
      await sellBy(early)
      const rival = another(`rival-${late}`)
      const context = waiting(another(`first-${early}`).context, async () => {
        await sellBy(late)
        expect((await hold(rival.context, rivals, OTHER_TOKEN)).ok).toBe(true)
      })
      const [label] = wanted
      expect(await hold(context, wanted)).toMatchObject({
        ok: false,
        refusal: { code: 'seats-refused', seats: [{ label, code: 'held-by-another' }] },
      })
      expect(await taken()).toEqual(rivals)
      expect((await release(rival.context, rivals)).ok).toBe(true)
    }
  })

  test.each([1, 2, 3, 4])('where both are wanted at one moment, seed %i', async (seed) => {
    const { sellBy, hold, taken, another } = await openTable(itemsMax)
    const dice = diceOf(seed)
    await sellBy('ALL_BY_SEAT')
    const some = SEATS.filter(() => dice(2) === 0)
    const seats = some.length === 0 ? SEATS : some
    const [seatsRead, tableRead] = [signal(), signal()]
    const bySeat = hold(
      waiting(another('by-seat').context, () => {
        seatsRead.give()
        return tableRead.given
      }),
      seats,
    )
    await seatsRead.given
    await sellBy('ALL_BY_TABLE')
    const meanwhile = () => {
      tableRead.give()
      return tableRead.given
    }
    const byTable = hold(waiting(another('by-table').context, meanwhile), ['T1'], OTHER_TOKEN)
    const won = [await bySeat, await byTable].map(({ ok }) => ok)
    expect(won.filter(Boolean).length).toBeLessThan(2)
    expect(await taken()).toEqual(won[0] === true ? seats : won[1] === true ? ['T1'] : [])
  })

  test('where a clock that is behind takes a hold for a live one that has ended', async () => {
    const { sellBy, hold, book, taken, another, clock, context } = await openTable(itemsMax)
    for (const [early, late, wanted, rivals] of [
      ['ALL_BY_SEAT', 'ALL_BY_TABLE', ['T1-2', 'T1-3', 'T1-4'], ['T1', 'A-1', 'A-2']],
      ['ALL_BY_TABLE', 'ALL_BY_SEAT', ['T1', 'A-3', 'A-4'], ['T1-1', 'T1-2', 'T1-3']],
    ] as const) {
      await sellBy(early)
      expect((await hold(context, wanted, TOKEN)).ok).toBe(true)
      const now = () => instant(clock.now() - 1)
      const process = another(`behind-${early}`).context
      const behind = { ...process, now, store: { ...process.store, clock: { ...clock, now } } }
      const slow = waiting(behind, async () => {
        await sellBy(late)
        expect((await hold(another(`rival-${late}`).context, rivals, OTHER_TOKEN)).ok).toBe(true)
      })
      clock.advance(HOLD_SECONDS * 1_000)
      expect(await book(slow, wanted)).toMatchObject({ ok: false })
      expect(await taken()).toEqual(rivals.filter((label) => label.startsWith('T')))
      clock.advance(HOLD_SECONDS * 1_000)
    }
  })
})
