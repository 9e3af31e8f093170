import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { instant } from '../../../../lib/clock.ts'
import { encodeHall } from '../../../../lib/rules/snapshot/encode-hall.ts'
import { toldAt } from '../../../../lib/rules/snapshot/show-hall.ts'
import { toSnapshot } from '../../../../lib/seatbuilder/snapshot-translate.ts'
import { READ_AT, sellHall, type Filling } from '../../../support/any-hall.ts'

/** Seats of the largest drawing that seats.io publishes as an example, an arena with zones. */
const ARENA = 8_897

/** Bytes of an answer, compressed as on the way to a browser. */
const ANSWER_BYTES_MAX = 10_000

const fillings = [0, 10, 50, 90, 100].flatMap((percent) =>
  [true, false].flatMap((isClustered) =>
    [1, 4, 1_000].map((perToken) => ({ percent, isClustered, perToken })),
  ),
)

function bytesAt(filling: Filling, afterMs: number): { answer: number; stored: number } {
  const hall = sellHall(filling)
  const now = instant(READ_AT + afterMs)
  const kept = { hall, revisions: [] }
  const told = toldAt(hall, READ_AT, now)
  const facts = {
    eventKey: 'evt_arena',
    chartKey: 'cht_arena',
    chartVersion: 3,
    termsVersion: '',
    tellsChannels: false,
    now,
    readAt: instant(READ_AT),
  }
  const answer = JSON.stringify(toSnapshot({ ...facts, objectCount: filling.objects, kept, told }))
  return { answer: gzipSync(answer).length, stored: gzipSync(encodeHall(kept)).length }
}

test.each(fillings)(
  'an arena that is taken to $percent %, clustered $isClustered, $perToken seats a token, is told in 10 KB, now and when holds end',
  (filling) => {
    for (const afterMs of [0, 100_000, 595_000]) {
      const { answer } = bytesAt({ objects: ARENA, ...filling }, afterMs)
      expect(answer).toBeLessThanOrEqual(ANSWER_BYTES_MAX)
    }
  },
)

test('a hall of 100,000 seats is told in 40 KB, and kept in less than one item', () => {
  for (const percent of [0, 50, 100]) {
    const filling = { objects: 100_000, percent, isClustered: false, perToken: 2 }
    const { answer, stored } = bytesAt(filling, 1_000)
    expect(answer).toBeLessThanOrEqual(40_000)
    expect(stored).toBeLessThanOrEqual(350 * 1024)
  }
})
