import { describe, expect, test } from 'vitest'
import type { Change } from '../../../../lib/rules/machine.ts'
import {
  book,
  free,
  hold,
  brief,
  resell,
  custom,
  override,
  use,
  expire,
  before,
  on,
  codesOf,
  rowsOf,
} from '../../../support/season-asks.ts'
import { made, nothingStored, targetIn, type StoredSeason } from '../../../support/season-world.ts'

/** The status that a change leads to. */
function wordOf(change: Change): string {
  const kinds: Record<string, string> = { hold: 'held', 'set-custom': '=checkedIn' }
  return kinds[change.kind] ?? change.kind.slice('set-'.length)
}

describe('an override', () => {
  const sold = made(nothingStored, [
    ['season A-1', book],
    ['spring T', book],
  ])
  const overridden = made(sold, [['first A-1', override]])

  test('lets the event sell what the season has sold, and leaves all others as they were', () => {
    const { writes } = on(overridden, ['first A-1', book])
    expect(rowsOf(writes)).toEqual(['first A-1 booked', 'season A-1 {season booked} [0]'])
    expect(writes.rows[0]).toMatchObject({ after: { overridden: ['season'] } })
    expect(codesOf(overridden, ['second A-1', book])).toEqual(['second A-1 seat-booked booked'])
    expect(codesOf(sold, ['first A-1', book])).toEqual(['first A-1 seat-booked booked'])
    const spring = { ...override, seasonId: 'spring' }
    expect(codesOf(made(sold, [['first T', override]]), ['first T', book])).toHaveLength(1)
    expect(codesOf(made(sold, [['first T', spring]]), ['first T', book])).toEqual([])
  })

  test('writes the row of the event alone, keeps its status, and is silent in the log', () => {
    for (const [stored, change] of [
      [sold, override],
      [nothingStored, override],
      [overridden, use],
    ] as const) {
      const { writes } = on(stored, ['first A-1', change])
      expect(rowsOf(writes)).toEqual(['first A-1 free'])
      expect(writes.rows[0]).toMatchObject({ after: { mark: 'updated' } })
      expect(writes.history).toMatchObject([
        { changes: [{ isSilent: true, from: 'free', to: 'free' }] },
      ])
    }
    // What is up for resale in the event does not look at others for it.
    const resold = made(overridden, [['first A-1', resell]])
    expect(rowsOf(on(resold, ['first A-1', override]).writes)).toEqual(['first A-1 resale'])
  })

  test('counts once however often it is made, ends with use, and stays with all other changes', () => {
    const rowOf = (stored: StoredSeason) => targetIn(stored, 'first', 'A-1').row
    const spring = { ...override, seasonId: 'spring' }
    const twice = made(overridden, [
      ['first A-1', override],
      ['first A-1', spring],
    ])
    expect(rowOf(twice)?.overridden).toEqual(['season', 'spring'])
    const changed = made(twice, [
      ['first A-1', hold],
      ['first A-1', { kind: 'annotate' }],
      ['first A-1', free],
    ])
    expect(rowOf(changed)?.overridden).toEqual(['season', 'spring'])
    const used = made(changed, [['first A-1', use]])
    expect(rowOf(used)?.overridden).toEqual(['spring'])
    const none = made(used, [
      ['first A-1', { ...use, seasonId: 'spring' }],
      ['first A-1', use],
    ])
    expect(rowOf(none)).not.toHaveProperty('overridden')
    const held = made(overridden, [['first A-1', brief]], before)
    const ended = made(held, [['first A-1', expire]])
    expect(rowOf(ended)?.overridden).toEqual(['season'])
    const lapsed = made(
      made(sold, [['first T', { ...override, seasonId: 'spring' }]]),
      [['first T', brief]],
      before,
    )
    const sales = made(lapsed, [['first T-1', override]])
    expect(targetIn(sales, 'first', 'T').row?.overridden).toEqual(['spring'])
  })

  test('cannot be taken back while somebody has the object in the event, whatever else has its places', () => {
    for (const change of [book, hold, resell, custom]) {
      const stored = made(overridden, [['first A-1', change]])
      expect(codesOf(stored, ['first A-1', use])).toEqual([
        `first A-1 status-not-allowed ${wordOf(change)}`,
      ])
    }
    const lapsed = made(overridden, [['first A-1', brief]], before)
    expect(rowsOf(on(lapsed, ['first A-1', use]).writes)).toEqual([
      'first A-1 free',
      'season A-1 {season booked} []',
    ])
  })

  test('outlives a release of the season, and holds for its next sale', () => {
    const released = made(overridden, [['season A-1', free]])
    const again = made(released, [['season A-1', book]])
    expect(codesOf(again, ['first A-1', book])).toEqual([])
    expect(
      codesOf(
        made(again, [
          ['first A-1', book],
          ['season A-1', free],
        ]),
        ['season A-1', book],
      ),
    ).toEqual(['season A-1 seat-booked booked'])
  })
})
