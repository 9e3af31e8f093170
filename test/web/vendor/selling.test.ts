import { describe, expect, test } from 'vitest'
import { openChartScene } from './chart-scene.ts'

describe('a page of seats.io', () => {
  test('renders a chart, selects by a click and holds nothing without a session', async () => {
    const scene = await openChartScene()
    const chart = await scene.render()
    expect(scene.called).toEqual(['rendered'])
    await scene.click('A-1')
    expect(scene.called.slice(1)).toEqual(['clicked A-1', 'selected A-1'])
    expect(chart.selectedObjects).toEqual(['A-1'])
    expect(chart.holdToken).toBe('')
    expect(scene.tab().requests.filter(({ method }) => method === 'POST')).toEqual([])
    await scene.click('A-1')
    expect(scene.called.slice(3)).toEqual(['clicked A-1', 'deselected A-1'])
    expect(chart.selectedObjects).toEqual([])
  })
})
