import { describe, expect, test } from 'vitest'
import { changeSeats } from '../../../../lib/actions/seats/change-seats.ts'
import type { Context } from '../../../../lib/actions/context.ts'
import { addSeconds } from '../../../../lib/clock.ts'
import type { Change } from '../../../../lib/rules/machine.ts'
import { readSeasonName } from '../../../../lib/rules/season/season-name.ts'
import { drawTable, rowDrawing } from '../../../support/drawings.ts'
import { intercepted, isCommand } from '../../../support/intercepted.ts'
import { openPlainHoldfast, type PlainHoldfast } from '../../../support/plain-holdfast.ts'
import { labelsOf } from '../../../support/scene.ts'
import { seatsioOver, type SeatsioApi } from '../../../support/seatsio.ts'

// What comes into a season while it is being sold: whoever read the season before finds it in the rows that it wanted to write.

const drawing = rowDrawing({
  rows: 3,
  seatsPerRow: 100,
  plane: { tables: [drawTable('T1', 2)] },
})

/** Commits by one transaction, and by a large commit. */
const paths = [
  ['one transaction', 100],
  ['a large commit', 1],
] as const

const book: Change = { kind: 'set-booked' }

interface Season extends PlainHoldfast {
  readonly api: PlainHoldfast['api']
  readonly seatsio: SeatsioApi
  readonly sell: (context: Context, eventKey: string, labels: readonly string[]) => Promise<string>
  /** Statuses of an object, by the keys of events. */
  readonly statuses: (label: string, ...eventKeys: string[]) => Promise<unknown[]>
}

async function openSeason(
  transactionItemsMax: number,
  eventKeys = ['match-1', 'match-2'],
): Promise<Season> {
  const holdfast = await openPlainHoldfast({ transactionItemsMax })
  const seatsio = seatsioOver(holdfast.runtime)
  const must = async (request: `${string} /${string}`, body: object) => {
    const { status } = await seatsio(request, body)
    expect([request, status < 300]).toEqual([request, true])
  }
  await must('POST /system/public/charts/hall', drawing)
  await must('POST /seasons', { chartKey: 'hall', key: 'season', eventKeys })
  return {
    ...holdfast,
    seatsio,
    sell: async (context, eventKey, labels) => {
      const sold = await changeSeats(context, { parts: [{ eventKey, labels }], change: book })
      if (sold.ok) return 'sold'
      const { refusal } = sold
      return refusal.code === 'seats-refused' ? (refusal.seats[0]?.code ?? '') : refusal.code
    },
    statuses: (label, ...keys) =>
      Promise.all(
        keys.map(async (key) => {
          const { body } = await seatsio(`GET /events/${key}/objects?label=${label}`)
          return (body?.[label] as { status: string } | undefined)?.status
        }),
      ),
  }
}

/** What an action gets in a process that has read the season before, and whose first write waits until something else is done. */
async function late(season: Season, eventKey: string, meanwhile: () => Promise<unknown>) {
  const { context } = season.another(`late-${eventKey}`)
  expect(await season.sell(context, eventKey, ['B-1'])).toBe('sold')
  let first: Promise<unknown> | undefined
  const store = intercepted(context.store, {
    writes: async (_, send) => {
      await (first ??= meanwhile())
      return send()
    },
  })
  return { ...context, store }
}

describe.each(paths)('by %s', (_, itemsMax) => {
  test('what is sold in an event that has just come into the season is not sold with the season', async () => {
    const season = await openSeason(itemsMax)
    const { seatsio, sell, statuses } = season
    const context = await late(season, 'season', async () => {
      await seatsio('POST /seasons/season/actions/create-events', { eventKeys: ['match-3'] })
      expect(await sell(season.another('rival').context, 'match-3', ['A-2'])).toBe('sold')
    })
    expect(await sell(context, 'season', ['A-1', 'A-2'])).toBe('seat-booked')
    expect(await statuses('A-1', 'season', 'match-1', 'match-3')).toEqual(['free', 'free', 'free'])
    expect(await statuses('A-2', 'season', 'match-1', 'match-3')).toEqual([
      'booked',
      'free',
      'booked',
    ])
  })

  test('what the season has sold is not sold in an event that has just come into it', async () => {
    const season = await openSeason(itemsMax)
    const { seatsio, sell } = season
    const rival = season.another('rival').context
    expect(await sell(rival, 'season', ['A-1'])).toBe('sold')
    await seatsio('POST /seasons/season/actions/create-events', { eventKeys: ['match-3'] })
    expect(await sell(season.another('new').context, 'match-3', ['A-1'])).toBe('seat-booked')
    expect(await sell(season.another('new').context, 'match-3', ['A-2'])).toBe('sold')
    expect(await sell(rival, 'season', ['A-2'])).toBe('seat-booked')
  })

  test('what a partial season has sold that has just come into the season is not sold in its events', async () => {
    const season = await openSeason(itemsMax)
    const { seatsio, sell, statuses } = season
    const context = await late(season, 'match-1', async () => {
      const partial = { key: 'spring', eventKeys: ['match-1'] }
      await seatsio('POST /seasons/season/partial-seasons', partial)
      expect(await sell(season.another('rival').context, 'spring', ['A-2'])).toBe('sold')
    })
    expect(await sell(context, 'match-1', ['A-1', 'A-2'])).toBe('seat-booked')
    expect(await statuses('A-1', 'spring', 'match-1')).toEqual(['free', 'free'])
    expect(await sell(context, 'match-2', ['A-2'])).toBe('sold')
  })

  test('what a partial season had sold that has just gone is sold again', async () => {
    const season = await openSeason(itemsMax)
    const { seatsio, sell } = season
    const partial = { key: 'spring', eventKeys: ['match-1'] }
    await seatsio('POST /seasons/season/partial-seasons', partial)
    expect(await sell(season.another('rival').context, 'spring', ['A-1'])).toBe('sold')
    const { context } = season.another('early')
    expect(await sell(context, 'match-1', ['A-1'])).toBe('seat-booked')
    expect((await seatsio('DELETE /events/spring')).status).toBe(204)
    expect(await sell(context, 'match-1', ['A-1'])).toBe('sold')
    expect(await sell(context, 'season', ['A-1'])).toBe('seat-booked')
  })

  test('a table of the season and its seats in the events are never both sold, whatever is sold by which', async () => {
    const season = await openSeason(itemsMax)
    const { seatsio, sell, statuses } = season
    const sellBy = (mode: string) =>
      seatsio('POST /events/season', { tableBookingConfig: { mode } })
    await sellBy('ALL_BY_TABLE')
    const context = await late(season, 'season', async () => {
      await sellBy('ALL_BY_SEAT')
      expect(await sell(season.another('rival').context, 'match-2', ['T1-1'])).toBe('sold')
      await sellBy('ALL_BY_TABLE')
    })
    expect(await sell(context, 'season', ['A-1', 'T1'])).toBe('seat-booked')
    await sellBy('ALL_BY_SEAT')
    expect(await sell(context, 'season', ['T1-2'])).toBe('sold')
    await sellBy('ALL_BY_TABLE')
    for (const eventKey of ['season', 'match-1', 'match-2']) {
      expect(await sell(context, eventKey, ['T1'])).toBe('seat-booked')
    }
    expect(await statuses('T1', 'season', 'match-1', 'match-2')).toEqual([
      'booked',
      'booked',
      'booked',
    ])
  })
})

/** What an action gets in a process whose next batch tells of rows as they are after something was done, and of all else as it was before. */
function torn(context: Context, meanwhile: () => Promise<unknown>): Context {
  const { tableName } = context.store
  let isWhole = false
  const itemsOf = (answer: Record<string, unknown>) =>
    (answer['Responses'] as Record<string, { sk: string }[]>)[tableName] ?? []
  const store = intercepted(context.store, {
    reads: async (command, send) => {
      if (isWhole || !isCommand(command, 'BatchGetCommand')) return send()
      isWhole = true
      const isRow = ({ sk }: { sk: string }) => readSeasonName(sk) !== undefined
      const before = itemsOf(await send()).filter((item) => !isRow(item))
      await meanwhile()
      const after = itemsOf(await send()).filter(isRow)
      return { Responses: { [tableName]: [...before, ...after] } }
    },
  })
  return { ...context, store }
}

test('a season is known to be out of date by what its own rows tell, of events and of parts', async () => {
  const season = await openSeason(100)
  const { seatsio, sell } = season
  const { context } = season.another('buyer')
  const rival = season.another('rival').context
  for (const eventKey of ['season', 'match-1']) await sell(context, eventKey, ['Z-1'])
  const newEvent = torn(context, async () => {
    await seatsio('POST /seasons/season/actions/create-events', { eventKeys: ['match-3'] })
    expect(await sell(rival, 'match-3', ['A-1'])).toBe('sold')
  })
  expect(await sell(newEvent, 'season', ['A-1'])).toBe('seat-booked')
  expect(await sell(context, 'match-1', ['A-3'])).toBe('sold')
  const newPart = torn(context, async () => {
    const partial = { key: 'spring', eventKeys: ['match-1'] }
    await seatsio('POST /seasons/season/partial-seasons', partial)
    expect(await sell(rival, 'spring', ['A-2'])).toBe('sold')
  })
  expect(await sell(newPart, 'match-1', ['A-2'])).toBe('seat-booked')
})

test('300 seats of a season, and of an event of it, are sold all or none', async () => {
  const season = await openSeason(100)
  const { sell, statuses } = season
  const labels = ['A', 'B', 'C'].flatMap((row) => labelsOf(row, 1, 100))
  const { context } = season.another('buyer')
  expect(await sell(context, 'match-1', ['C-100'])).toBe('sold')
  expect(await sell(context, 'season', labels)).toBe('seat-booked')
  expect(await statuses('A-1', 'season')).toEqual(['free'])
  expect(await sell(context, 'match-2', labels)).toBe('sold')
  expect(await sell(context, 'season', ['B-50'])).toBe('seat-booked')
  const release: Change = { kind: 'release' }
  const given = { parts: [{ eventKey: 'match-2', labels }], change: release } as const
  expect((await changeSeats(context, given)).ok).toBe(true)
  const others = labels.slice(0, -1)
  expect(await sell(context, 'season', others)).toBe('sold')
  expect(await statuses('B-50', 'season', 'match-1', 'match-2')).toEqual([
    'booked',
    'booked',
    'booked',
  ])
  expect(await sell(context, 'match-2', labels)).toBe('seat-booked')
})

test('a season takes what has lapsed in many of its events, and each of those is told', async () => {
  const keys = Array.from({ length: 12 }, (_, index) => `match-${index + 1}`)
  const season = await openSeason(100, keys)
  const { sell, statuses, clock, seatsio } = season
  const { context } = season.another('buyer')
  const until = addSeconds(context.now(), 60)
  for (const eventKey of keys) {
    const change: Change = { kind: 'hold', holdToken: `token-of-${eventKey}`, until }
    const held = await changeSeats(context, { parts: [{ eventKey, labels: ['A-1'] }], change })
    expect(held.ok).toBe(true)
  }
  expect(await sell(context, 'season', ['A-1'])).toBe('held-by-another')
  clock.advance(60_000)
  expect(await sell(context, 'season', ['A-1'])).toBe('sold')
  expect(await statuses('A-1', 'season', ...keys)).toEqual(['season', ...keys].map(() => 'booked'))
  const { body } = await seatsio('GET /events/match-7/objects/A-1/status-changes')
  const items = (body?.['items'] ?? []) as { status: string }[]
  expect(items.map(({ status }) => status)).toEqual(['free', 'reservedByToken'])
})
