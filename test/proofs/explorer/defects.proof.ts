import { describe, expect, test } from 'vitest'
import { defects as seatDefects } from '../simulation/defects.ts'
import { areaDefects } from '../simulation/areas/area-defects.ts'
import { recordDefects } from '../simulation/records/record-defects.ts'
import { seasonDefects } from '../simulation/season-defects.ts'
import { explorerWith } from './support/bundle.ts'
import { summary } from './support/play.ts'

const defects = [...seatDefects, ...recordDefects, ...areaDefects, ...seasonDefects]

/** Defects of the product, the scene that catches each, and some of what is said then. */
const caught = [
  ['applies without the condition on the lock', 'released', /version 2 was followed by 1/],
  [
    'enters a large commit in the log where it began',
    'alone',
    /entries are missing|before its entries|too early/,
  ],
  ['takes a lost answer to a lock for the lock', 'alone', /decided without the lock/],
  ['writes history after the transaction instead of in it', 'rival', /without its history/],
  ['writes in one transaction what is locked', 'rival', /versions/],
  ['decides although a row was lost', 'rival', /decided without the lock/],
  ['undoes without the condition on the lock', 'overtaken', /without (the|its) lock/],
  ['leaves locks that land after the end', 'alone', /a lock of ada-\d+ is left/],
  ['does not note operations that begin', 'alone', /never ended/],
  ['lets a bystander undo what is committed', 'alone', /versions/],
  ['decides without looking at the deadline', 'alone', /after the deadline/],
  ['lets TTL remove a header', 'alone', /may be removed/],
  ['decides what has been aborted', 'alone', /a decision was changed/],
  ['swaps the pointer of a request unconditionally', 'twice', /replaced/],
  ['answers a repeated request before its commit is applied', 'decided', /was told/],
  ['compares the end of a hold with the wrong operator', 'rival', /version/],
  ['marks an operation finished before it is applied', 'alone', /finished too early/],
  ['locks what it creates without a look at the header', 'created', /locked after the end/],
  [
    'creates over what another operation creates',
    'contested',
    /outside|without the lock|removed|created/,
  ],
  ['takes places without a check of what shares them', 'reset', /T and T-1 are both taken/],
  ['takes places without a check of what shares them', 'table', /T and T-2 are both taken/],
  ['checks all seats of a table but the last', 'table', /T and T-2 are both taken/],
  ['makes no checks in a large commit', 'table', /T and T-2 are both taken|without the lock/],
  ['makes no checks in a large commit', 'seated', /are both taken|without the lock/],
  ['leaves a lapsed hold on a table as it is', 'seatless', /T and T-1 are both taken/],
  ['lets whoever holds a table take its seats as well', 'reset', /T and T-1 are both taken/],
  ['writes no plan with a planning', 'area', /is of plan 1, and not 0/],
  ['forgets a block in planning', 'area', /is of plan (0|undefined), and not 1/],
  [
    'writes a block that it only planned without its guard',
    'area',
    /version|is of plan|history tells of/,
  ],
  ['writes places and plans without their guards', 'area', /version|is of plan|history tells of/],
  [
    'writes places and plans without their guards',
    'divided',
    /version|is of plan|history tells of/,
  ],
  ['sells places that are held', 'area', /and sold/],
  ['writes nothing into the season where an event', 'season', /its season knows of/],
  ['writes nothing into the season where an event', 'matches', /its season knows of/],
  ['leaves in the season what an event of it has given back', 'returned', /its season knows of/],
  ['forgets the other parts of a season', 'parts', /history|versions/],
  ['does not look at the events in which a season', 'season', /are the same places/],
  ['takes places of a table without a check of its season', 'banquet', /are the same places/],
  [
    'ends a lapsed hold of an event for its season without',
    'overdue',
    /are the same places|version/,
  ],
  ['decides without what goes with the decision', 'created', /events are counted|counts/],
] as const

describe('the explorer catches a product that', () => {
  test.each(caught)('%s', { timeout: 60_000 }, async (start, scene, words) => {
    const defect = defects.find(({ name }) => name.startsWith(start))
    if (defect === undefined) throw new Error(`The simulation has no defect: ${start}`)
    const { play } = await explorerWith(defect.name.replaceAll(/\W+/g, '-'), defect.edits)
    const [played] = await play({ scene, bounds: ({ bounds }) => bounds.test })
    if (played === undefined) throw new Error(`There is no scene ${scene}`)
    const { violation } = played.explored
    if (violation === undefined) expect.fail(summary(played))
    expect(violation.message).toMatch(words)
    expect(played.story.at(-1)).toMatch(/^WRONG/)
  })
})
