import { expect, test } from 'vitest'
import { EXTRA_DATA_BYTES_MAX, SEASON_DATA_BYTES_MAX } from '../../../../lib/limits/limits.ts'
import { decide } from '../../../../lib/rules/decide.ts'
import { writeExtraData } from '../../../../lib/rules/extra-data.ts'
import type { SeasonRow } from '../../../../lib/rules/season/season-row.ts'
import { now, row } from '../../../support/decisions.ts'
import { nothingStored, targetIn } from '../../../support/season-world.ts'

/** Extra data of so many bytes. */
const data = (bytes: number) => writeExtraData({ a: 'x'.repeat(bytes - '{"a":""}'.length) })

/** What refuses extra data of so many bytes on a season whose other parts have that much. */
function codes(others: number, bytes: number, id = 'season') {
  const parts = Array.from({ length: others / EXTRA_DATA_BYTES_MAX }, (_, index) => {
    const state = { status: 'free', extraData: data(EXTRA_DATA_BYTES_MAX) } as const
    return [`part-${index}`, row(state)] as const
  })
  const read: SeasonRow = {
    ...{ version: 5, changedAt: now, operationId: '01', taken: [] },
    parts: Object.fromEntries(parts),
  }
  const { season, ...target } = targetIn(nothingStored, id, 'A-1')
  if (season === undefined) throw new Error('season')
  const seen = { ...season, seasonRow: () => read }
  const given = { extraData: data(bytes) }
  const decided = decide({
    steps: [{ targets: [{ ...target, season: seen, given }], change: { kind: 'set-booked' } }],
    now,
    operationIds: { expiry: '01A', change: '01B' },
    origin: { type: 'API' },
    random: 0.5,
  })
  return decided.refusals.map(({ code }) => code)
}

test('a season and its partial seasons have so much extra data of an object together, and an event has its own', () => {
  const others = SEASON_DATA_BYTES_MAX - EXTRA_DATA_BYTES_MAX
  for (const id of ['season', 'spring', 'empty']) {
    expect(codes(others, EXTRA_DATA_BYTES_MAX - 1, id)).toEqual([])
    expect(codes(others, EXTRA_DATA_BYTES_MAX, id)).toEqual([])
    expect(codes(SEASON_DATA_BYTES_MAX, 10, id)).toEqual(['extra-data-too-large'])
  }
  expect(codes(SEASON_DATA_BYTES_MAX, EXTRA_DATA_BYTES_MAX, 'first')).toEqual([])
})
