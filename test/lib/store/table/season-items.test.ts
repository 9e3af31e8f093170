import { expect, test } from 'vitest'
import { instant } from '../../../../lib/clock.ts'
import { writeExtraData } from '../../../../lib/rules/extra-data.ts'
import type { SeasonRow } from '../../../../lib/rules/season/season-row.ts'
import { readSeasonName, seasonName } from '../../../../lib/rules/season/season-name.ts'
import { blockName, planName } from '../../../../lib/rules/area/block-name.ts'
import { rowDecided } from '../../../../lib/store/commit/decided.ts'
import { lockUpdate, readLock } from '../../../../lib/store/commit/lock-writes.ts'
import { isOfKind } from '../../../../lib/store/table/row-kinds.ts'
import { readSeasonItem, seasonItem } from '../../../../lib/store/table/season-items.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { openPlainHoldfast } from '../../../support/plain-holdfast.ts'

const [then, now, until] = [instant(1_000), instant(2_000), instant(9_000)]
const notes = { extraData: writeExtraData({ guest: 'g-19' }), orderId: 'o-1', ticketType: 'adult' }
const row: SeasonRow = {
  version: 7,
  changedAt: now,
  operationId: '01B',
  parts: {
    season: {
      version: 2,
      changedAt: then,
      operationId: '01A',
      state: { status: 'booked', ...notes },
    },
    spring: {
      version: 3,
      changedAt: now,
      operationId: '01B',
      mark: 'updated',
      state: { status: 'held', holdToken: 'mine', heldUntil: until },
    },
  },
  taken: [0, 2, 81],
}

test('a row of a season reads as it was written, with all its parts and without any', () => {
  const empty = { ...row, parts: {}, taken: [] }
  for (const it of [row, empty]) expect(readSeasonItem({ ...seasonItem(it) })).toEqual(it)
  expect(readSeasonItem(undefined)).toBeUndefined()
  expect(readSeasonItem({ lk: '01C' })).toBeUndefined()
})

test('guards find the last end of its holds, and none where nothing is held', () => {
  expect(seasonItem(row)).toMatchObject({ v: 7, x: until })
  expect(seasonItem({ ...row, parts: {} })).not.toHaveProperty('x')
})

test('what a large commit changes of it has the time of the decision; what it does not change keeps its own', () => {
  const decidedAt = instant(2_500)
  const decided = readSeasonItem(rowDecided({ ...seasonItem(row) }, decidedAt))
  expect(decided).toMatchObject({
    changedAt: decidedAt,
    parts: { season: { changedAt: then }, spring: { changedAt: decidedAt } },
  })
})

test('the lock of a large commit keeps all of it: what an event has taken must not be lost on the way', async () => {
  const { port } = await openPlainHoldfast()
  const key = keys.seat({ eventId: 'season', shards: 16 }, seasonName('A-1'))
  const after = { ...seasonItem(row) }
  const { ':lk': lk, ':ln': ln } = lockUpdate(port, '01C', {
    key,
    guard: { version: 6 },
    after,
  }).ExpressionAttributeValues
  expect(readLock(port, key, { lk, ln })).toEqual({ operationId: '01C', after })
})

test('it lies among the objects of its season, and is none of them, nor a block or a plan', () => {
  const event = { eventId: 'season', shards: 16 }
  const kindsOf = (name: string) =>
    (['seat', 'block', 'plan', 'season'] as const).filter((kind) =>
      isOfKind(kind, keys.seat(event, name)),
    )
  expect(kindsOf(seasonName('A-1'))).toEqual(['season'])
  expect(kindsOf(blockName({ label: 'A-1', block: 7 }))).toEqual(['block'])
  expect(kindsOf(planName('A-1'))).toEqual(['plan'])
  expect(kindsOf('A-1')).toEqual(['seat'])
  expect(readSeasonName(seasonName('S'))).toBe('S')
  expect(readSeasonName('A-1S')).toBeUndefined()
})
