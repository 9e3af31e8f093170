import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../../../../lib/clock.ts'
import { blockName, planName } from '../../../../lib/rules/area/block-name.ts'
import type { BlockRow } from '../../../../lib/rules/area/block.ts'
import { firstPlan, planAnew } from '../../../../lib/rules/area/plan.ts'
import { writeExtraData } from '../../../../lib/rules/extra-data.ts'
import { rowKinds } from '../../../../lib/store/table/row-kinds.ts'
import { readRecord } from '../../../../lib/store/table/stream-records.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { anyBlocks, anyQuotas, NOW } from '../../../support/any-area.ts'

const event = { eventId: 'E1', shards: 16 }
const told = { version: 7, changedAt: NOW, operationId: '01' }
const last = { version: 7, at: NOW, places: 2, from: 'free', to: 'held' } as const

/** Rows of blocks with everything that they can say, and with as little as they can. */
const rows: BlockRow[] = [
  { ...told, plan: 0, pools: [], holds: [] },
  {
    ...told,
    plan: 2,
    pools: [{ pool: '#chn_1', places: 5, booked: 3 }],
    holds: [
      { holdToken: 'ada', pool: 'no-channel', places: 1, until: NOW },
      { holdToken: 'ada', ticketType: 'child', pool: '#chn_1', places: 2, until: NOW },
    ],
    extraData: writeExtraData({ a: 1 }),
    extraDataAt: NOW,
    last: { ...last, holdToken: 'ada', heldUntil: NOW, orderId: 'o-1', ticketType: 'child' },
  },
  { ...told, plan: 0, pools: [], holds: [], extraDataAt: NOW, last: { ...last, mark: 'expired' } },
  { ...told, plan: 0, pools: [], holds: [], last: { ...last, mark: 'updated' } },
]

const written = (row: BlockRow) => marshall(rowKinds.block.item(row))

test('a block and a plan read as they were written', () => {
  for (const row of rows) expect(rowKinds.block.read(unmarshall(written(row)))).toEqual(row)
  fc.assert(
    fc.property(anyQuotas, anyBlocks, (quotas, blocks) => {
      const { plan, blocks: planned } = planAnew({ plan: firstPlan(9), blocks }, quotas, NOW)
      const item = unmarshall(marshall(rowKinds.plan.item(plan)))
      expect(rowKinds.plan.read(item)).toEqual(plan)
      for (const block of planned) {
        const row = { ...told, ...block }
        expect(rowKinds.block.read(unmarshall(written(row)))).toEqual(row)
      }
    }),
  )
})

test('a block lies among the objects of its event, and is taken for none of them', () => {
  const place = { label: 'Lawn', block: 3 }
  const after = {
    ...keys.seat(event, blockName(place)),
    ...rowKinds.block.item({ ...told, plan: 0, pools: [], holds: [] }),
  }
  expect(readRecord(undefined, marshall(after))).toMatchObject([{ kind: 'block', ...place }])
  const plan = {
    ...keys.seat(event, planName('Lawn')),
    ...rowKinds.plan.item({ ...firstPlan(9), version: 1 }),
  }
  expect(readRecord(undefined, marshall(plan))).toEqual([])
})

test('a block that nobody can read is not taken for a whole one', () => {
  const key = keys.seat(event, blockName({ label: 'Lawn', block: 0 }))
  const [, row] = rows
  if (row === undefined) throw new Error('no row')
  const item = { ...key, ...rowKinds.block.item(row) }
  for (const damage of [{ q: 7 }, { h: [['ada', 'no-channel', '1', 5]] }, { op: 1 }, { ed: '{' }]) {
    expect(() => readRecord(undefined, marshall({ ...item, ...damage }))).toThrow()
  }
})

test('a block tells the last end of its holds where guards ask for the end of a hold', () => {
  const holds = [5, 9, 7].map((until) => {
    return { holdToken: 'ada', pool: 'no-channel', places: 1, until: instant(until) } as const
  })
  const [row] = rows
  if (row === undefined) throw new Error('no row')
  expect(rowKinds.block.item({ ...row, holds })).toMatchObject({ x: 9 })
  expect(rowKinds.block.item(row)).not.toHaveProperty('x')
})
