import { describe, expect, test } from 'vitest'
import { changeSeats, type EventParts } from '../../../../lib/actions/seats/change-seats.ts'
import { addSeconds } from '../../../../lib/clock.ts'
import { writeExtraData } from '../../../../lib/rules/extra-data.ts'
import type { Change } from '../../../../lib/rules/machine.ts'
import { itemSize } from '@holdfast/dynamodb/item-size'
import { rowDrawing } from '../../../support/drawings.ts'
import { runKeyed } from '../../../support/keyed.ts'
import { holdOf } from '../../../support/many-events.ts'
import { openPlainHoldfast, type PlainHoldfast } from '../../../support/plain-holdfast.ts'
import { toItem } from '../../../support/plain-marshal.ts'
import { labelsOf, makeEvent, openScene, TOKEN } from '../../../support/scene.ts'
import { shown } from '../../../support/shown.ts'

const ROWS = 25
const SEATS_PER_ROW = 40

/** Header and decision and end, and what points to the operation from the request's key. */
const OVERHEAD = 6

/** What one transaction costs for each item with a key. */
const KEY_UNITS = 2

const extraData = writeExtraData({ note: 'x'.repeat(4_085) })

type Wide = PlainHoldfast & { readonly parts: (objects: number) => EventParts }

async function openWide(): Promise<Wide> {
  const holdfast = await openPlainHoldfast()
  const drawing = rowDrawing({ rows: ROWS, seatsPerRow: SEATS_PER_ROW })
  const { eventKey } = await makeEvent(holdfast.api, drawing)
  const all = Array.from({ length: ROWS }, (_, row) =>
    labelsOf(String.fromCharCode(65 + row), 1, SEATS_PER_ROW),
  ).flat()
  return { ...holdfast, parts: (objects) => [{ eventKey, labels: all.slice(0, objects) }] }
}

/** Kilobytes, each begun one counted, of rows, history and hold entries, and details; by key. */
function kilobytes({ table }: Wide): Map<string, number> {
  const sizes = new Map<string, number>()
  for (const item of table.items()) {
    const [pk, sk] = [String(item['pk']), String(item['sk'])]
    const isCounted = /^[SLT]#/.test(pk) || (pk.startsWith('O#') && sk !== 'O')
    if (isCounted) sizes.set(`${pk}\n${sk}`, Math.ceil(itemSize(toItem(item)) / 1024))
  }
  return sizes
}

/** What a change costs, and what the formula allows it, rows counted as they are while they are locked. */
async function measure(wide: Wide, objects: number, change: Change) {
  const before = kilobytes(wide)
  wide.wire.units = 0
  const parts = wide.parts(objects)
  const ran = await runKeyed(wide.runtime, `${change.kind} ${objects}`, (keyed) =>
    shown(
      { ...wide.context, keyed },
      (it) => changeSeats(it, { parts, change }),
      ({ seats }) => seats.length,
    ),
  )
  expect(ran).toMatchObject({ result: { value: objects } })
  let allowed = OVERHEAD
  for (const [name, size] of kilobytes(wide)) {
    const former = before.get(name)
    // State and effect lie side by side; two small ones together still take one unit.
    const locked = size === 1 && (former ?? 1) === 1 ? 1 : size + (former ?? 0)
    if (name.startsWith('S#')) allowed += 2 * locked
    else if (former === undefined) allowed += size
  }
  return { writeUnits: wide.wire.units, allowed }
}

describe.each([101, 200, 1_000])('a large commit of %i objects', (objects) => {
  test('with small rows costs 2n + entries + details + 6', async () => {
    const wide = await openWide()
    const until = addSeconds(wide.clock.now(), 600)
    for (const change of [
      { kind: 'hold', holdToken: TOKEN, until },
      { kind: 'extend', holdToken: TOKEN, until },
      { kind: 'book-held', holdToken: TOKEN },
      { kind: 'release' },
    ] as const) {
      const { writeUnits, allowed } = await measure(wide, objects, change)
      expect(writeUnits, change.kind).toBeLessThanOrEqual(allowed)
      expect(writeUnits, change.kind).toBeGreaterThan(2 * objects)
      expect(allowed, change.kind).toBeLessThan(2.2 * objects + 30)
    }
  })

  test('with 4 KB of extra data each costs what its kilobytes cost, and 6', async () => {
    const wide = await openWide()
    const until = addSeconds(wide.clock.now(), 600)
    const hold = { kind: 'hold', holdToken: TOKEN, until, extraData } as const
    const held = await measure(wide, objects, hold)
    expect(held.writeUnits).toBeLessThanOrEqual(held.allowed)
    // Rows of five units, written twice.
    expect(held.writeUnits).toBeGreaterThan(10 * objects)
    const booked = await measure(wide, objects, { kind: 'book-held', holdToken: TOKEN })
    expect(booked.writeUnits).toBeLessThanOrEqual(booked.allowed)
  })
})

test.each([1, 20, 96])(
  'in one transaction, a key costs two units more for %i objects',
  async (objects) => {
    const costs: number[] = []
    for (const isKeyed of [false, true]) {
      const wide = await openWide()
      const request = { parts: wide.parts(objects), change: holdOf(wide) }
      wide.wire.units = 0
      wide.wire.sent = 0
      const outcome = isKeyed
        ? await runKeyed(wide.runtime, 'one', (keyed) =>
            shown(
              { ...wide.context, keyed },
              (it) => changeSeats(it, request),
              () => objects,
            ),
          )
        : await changeSeats(wide.context, request)
      expect(outcome).toMatchObject(isKeyed ? { result: { ok: true } } : { ok: true })
      expect(wide.wire.sent).toBe(1)
      costs.push(wide.wire.units)
    }
    const [plain = 0, keyed = 0] = costs
    expect(keyed - plain).toBe(KEY_UNITS)
  },
)

test('an idempotency key costs no read request more, and a row and its answer are written together', async () => {
  const scene = await openScene()
  const hold = (objectLabel: string, headers: string[]) =>
    scene.api(`POST ${scene.seats}/hold`, { objectLabel, holdToken: TOKEN }, { headers })
  await hold('A-1', [])
  for (const [label, headers, items] of [
    ['A-2', [], 3],
    ['A-3', ['Idempotency-Key', 'order-1'], 4],
  ] as const) {
    scene.calls.clear()
    expect((await hold(label, [...headers])).status).toBe(200)
    expect(scene.calls.count()).toMatchObject({ reads: 1, writes: 1, items })
  }
})
