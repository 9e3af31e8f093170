import { describe, expect, test } from 'vitest'
import { publishFaults, validateChart } from '../../lib/venue/validate-chart.ts'
import { demoDrawing } from '../../local/demo/demo-chart.ts'
import { readChart } from '../../lib/venue/read-chart.ts'

describe('the demo chart', () => {
  const chart = readChart(demoDrawing())

  test('has about 3,000 objects, and passes every rule', () => {
    expect(chart.objects.length).toBeGreaterThan(2_800)
    expect(chart.objects.length).toBeLessThan(3_200)
    expect(validateChart(chart)).toEqual([])
    expect(publishFaults(chart)).toEqual({ faults: [], total: 0 })
  })

  test('has four categories in use, accessible seats and companion seats beside them', () => {
    const seats = chart.objects.flatMap((object) => (object.kind === 'seat' ? [object] : []))
    expect(new Set(seats.map(({ category }) => category?.key)).size).toBe(4)
    const companions = new Set(
      seats.filter(({ traits }) => traits.isCompanionSeat).map(({ label }) => label),
    )
    const accessible = seats.filter(({ traits }) => traits.isAccessible)
    expect(accessible.length).toBeGreaterThan(10)
    for (const { leftNeighbour, rightNeighbour } of accessible)
      expect(companions).toContain(leftNeighbour ?? rightNeighbour)
  })

  test('is the same every time', () => {
    expect(demoDrawing()).toEqual(demoDrawing())
  })
})
