import { expect, test } from 'vitest'
import { HEAD_AREAS_BYTES_MAX } from '../../../lib/limits/limits.ts'
import type { EventHead } from '../../../lib/records/records.ts'
import {
  capacitiesKept,
  capacitiesOf,
  capacityAtCreation,
} from '../../../lib/venue/area-capacities.ts'
import { eventItem, readEventItem } from '../../../lib/store/table/heads.ts'
import { itemBytes } from '../../../lib/store/table/item-bytes.ts'
import { readChart } from '../../../lib/venue/read-chart.ts'
import { drawArea, rowDrawing } from '../../support/drawings.ts'

test('the areas of a chart are those whose places are sold one by one', () => {
  const areas = [
    drawArea('Lawn', 250),
    { ...drawArea('Box', 8), bookAsAWhole: true },
    drawArea('__proto__', 3),
  ]
  const chart = readChart(rowDrawing({ plane: { generalAdmissionAreas: areas } }))
  expect(capacitiesOf(chart)).toEqual([
    ['Lawn', 250],
    ['__proto__', 3],
  ])
})

/** Areas with labels of ten letters, which take sixteen bytes each. */
const areasOf = (count: number) =>
  Array.from({ length: count }, (_, at) => [`Area ${10_000 + at}`, 100] as const)

const ROOM = HEAD_AREAS_BYTES_MAX / 16

test('a head keeps as many as there is room for: below the limit, at it, and beyond it', () => {
  for (const count of [1, ROOM - 1, ROOM, ROOM + 1, 20_000]) {
    const { capacities } = capacitiesKept(areasOf(count))
    expect(capacities).toEqual(areasOf(Math.min(count, ROOM)))
  }
  expect(capacitiesKept([])).toEqual({})
  // Letters count as they are stored.
  const wide = 'ü'.repeat(200)
  expect(capacitiesKept(Array.from({ length: 9 }, () => [wide, 1])).capacities).toHaveLength(5)
})

test('a capacity is found by its label; one that a head has no room for is not known', () => {
  const kept = capacitiesKept(areasOf(ROOM + 1))
  expect(capacityAtCreation(kept, 'Area 10001')).toBe(100)
  expect(capacityAtCreation(kept, `Area ${10_000 + ROOM}`)).toBeUndefined()
  expect(capacityAtCreation({}, 'Area 10001')).toBeUndefined()
})

test('the head of an event on the largest chart stays below three kilobytes, and comes back as it was', () => {
  const head = {
    ...{ workspaceId: 'one', eventKey: 'gala', eventId: '01', serial: 1, shards: 16 },
    ...{ chartKey: 'hall', chartId: '02', version: 1 },
    ...{ createdAt: 0 as EventHead['createdAt'], updatedAt: 0 as EventHead['updatedAt'] },
    ...capacitiesKept(areasOf(20_000)),
  }
  expect(readEventItem(eventItem(head))).toEqual(head)
  // Numbers are counted here as the longest that there are, which takes 18 bytes more than these do.
  expect(itemBytes(eventItem(head)) - 18 * ROOM).toBeLessThan(3_000)
  const { capacities, ...plain } = head
  expect(capacities).toHaveLength(ROOM)
  expect(eventItem(plain)).not.toHaveProperty('ga')
})
