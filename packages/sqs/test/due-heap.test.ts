import { expect, test } from 'vitest'
import { dueHeap } from '../src/due-heap.ts'

test('things come out by their moment, those of one moment in the order in which they were put in', () => {
  const heap = dueHeap<[at: number, order: number]>()
  const put = Array.from({ length: 2_000 }, (_, order): [number, number] => [
    (order * 7_919) % 900,
    order,
  ])
  for (const thing of put) heap.push(thing[0], thing)
  const out = []
  for (let now = 0; now < 900; now += 10) {
    expect(heap.nextAt()).toBeGreaterThan(now - 10)
    for (let thing = heap.popDue(now); thing !== undefined; thing = heap.popDue(now)) {
      expect(thing[0]).toBeLessThanOrEqual(now)
      out.push(thing)
    }
  }
  for (let thing = heap.popDue(900); thing !== undefined; thing = heap.popDue(900)) out.push(thing)
  expect(out).toEqual(put.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]))
  expect([heap.nextAt(), heap.popDue(Infinity)]).toEqual([undefined, undefined])
})

test('nothing comes out before its moment', () => {
  const heap = dueHeap<string>()
  heap.push(10, 'thing')
  expect([heap.popDue(9), heap.popDue(10)]).toEqual([undefined, 'thing'])
})
