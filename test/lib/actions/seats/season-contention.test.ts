import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import type { Context } from '../../../../lib/actions/context.ts'
import { addSeconds } from '../../../../lib/clock.ts'
import type { Change } from '../../../../lib/rules/machine.ts'
import { readEventRows, readSeasonRows } from '../../../../lib/store/seats/read-event.ts'
import { refOf } from '../../../../lib/rules/season/season-row.ts'
import { drawTable, rowDrawing } from '../../../support/drawings.ts'
import { intercepted } from '../../../support/intercepted.ts'
import { openPlainHoldfast } from '../../../support/plain-holdfast.ts'
import { makeEvent } from '../../../support/scene.ts'
import { makeSeason } from '../../../support/season-scene.ts'

// A season and its events are the same places, sold by whoever is asked first.

const drawing = rowDrawing({ plane: { tables: [drawTable('T1', 2)] } })

/** Commits by one transaction, and by a large commit. */
const paths = [
  ['one transaction', 100],
  ['a large commit', 1],
] as const

const LIFE_SECONDS = 60
const book: Change = { kind: 'set-booked' }

async function openSeason(transactionItemsMax: number) {
  const holdfast = await openPlainHoldfast({ transactionItemsMax })
  const { chartKey } = await makeEvent(holdfast.api, drawing)
  const heads = await makeSeason(holdfast.context, {
    chartKey,
    events: ['match-1', 'match-2'],
    partials: { spring: ['match-1'], autumn: ['match-2'] },
  })
  const change = (context: Context, what: string, wanted: Change = book) => {
    const [eventKey = '', ...labels] = what.split(' ')
    return changeSeats(context, { parts: [{ eventKey, labels }], change: wanted })
  }
  const hold = (context: Context, what: string) => {
    const until = addSeconds(context.now(), LIFE_SECONDS)
    return change(context, what, { kind: 'hold', holdToken: 'token-of-ada', until })
  }
  /** Who has what, once the season and its events say the same. */
  const owned = async () => {
    const { store } = holdfast.context
    const words: string[] = []
    for (const [key, head] of heads) {
      const place = head.season
      for (const [label, { state }] of (await readEventRows(store, head)).seats) {
        if (place?.role === 'event') {
          const { taken = [] } = (await readSeasonRows(store, refOf(place))).get(label) ?? {}
          expect(taken.includes(place.number)).toBe(state.status !== 'free')
        }
        if (state.status !== 'free') words.push(`${key} ${label} ${state.status}`)
      }
    }
    return words.sort()
  }
  return { ...holdfast, change, hold, owned, another: (name: string) => holdfast.another(name) }
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

/** Who wants the same places as whom. */
const rivals = [
  ['season A-1 A-2', 'match-2 A-2'],
  ['match-1 A-1 A-2', 'season A-1'],
  ['season T1-1', 'match-1 T1-1'],
  ['spring A-1', 'season A-1'],
  ['match-1 A-1', 'spring A-1 A-3'],
] as const

describe.each(paths)('by %s, of a season and its events', (_, itemsMax) => {
  test.each(rivals)('%s finds what %s has taken since it was read', async (late, early) => {
    const { change, owned, another } = await openSeason(itemsMax)
    const rival = another('rival')
    const context = waiting(another('late').context, async () => {
      expect((await change(rival.context, early)).ok).toBe(true)
    })
    expect(await change(context, late)).toMatchObject({
      ok: false,
      refusal: { code: 'seats-refused', seats: [{ code: 'seat-booked' }] },
    })
    const [key = '', ...labels] = early.split(' ')
    expect(await owned()).toEqual(labels.map((label) => `${key} ${label} booked`))
  })

  test.each(rivals)('%s and %s end what has lapsed in the other', async (holds, wants) => {
    const { change, hold, owned, another, clock } = await openSeason(itemsMax)
    expect((await hold(another('early').context, holds)).ok).toBe(true)
    clock.advance(LIFE_SECONDS * 1_000)
    const rival = another('rival')
    // A clock that is behind takes the hold for a live one, and books it.
    const slow = another('slow').context
    const now = () => addSeconds(clock.now(), -1)
    const behind = { ...slow, now, store: { ...slow.store, clock: { ...clock, now } } }
    const waits = waiting(behind, async () => {
      expect((await change(rival.context, wants)).ok).toBe(true)
    })
    const booked = { kind: 'book-held', holdToken: 'token-of-ada' } as const
    expect((await change(waits, holds, booked)).ok).toBe(false)
    const [key = '', ...labels] = wants.split(' ')
    const others = (await owned()).filter((words) => !words.includes('held'))
    expect(others).toEqual(labels.map((label) => `${key} ${label} booked`))
  })

  test('what has no place in common is sold side by side', async () => {
    const { change, owned, another } = await openSeason(itemsMax)
    const rival = another('rival')
    const context = waiting(another('late').context, async () => {
      for (const what of ['match-2 A-1', 'autumn A-2']) {
        expect((await change(rival.context, what)).ok).toBe(true)
      }
    })
    expect((await change(context, 'spring A-1 A-2')).ok).toBe(true)
    expect(await owned()).toEqual([
      'autumn A-2 booked',
      'match-2 A-1 booked',
      'spring A-1 booked',
      'spring A-2 booked',
    ])
  })
})
