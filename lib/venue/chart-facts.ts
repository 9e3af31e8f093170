import { capacitiesOf } from './area-capacities.ts'
import { sellableObjects, type Chart } from './chart.ts'
import type { ChartFacts } from '../records/records.ts'
import { validateChart } from './validate-chart.ts'

/** What answers tell of a chart, without its objects. */
export function factsOf(chart: Chart): ChartFacts {
  const { venueType, categories, zones, supportsBestAvailable } = chart
  return {
    venueType,
    categories: categories.map(({ originalKey: key, label, color, accessible }) => ({
      key,
      label,
      color,
      accessible,
    })),
    zones: zones.map(({ key, label }) => ({ key, label })),
    supportsBestAvailable,
    areas: capacitiesOf(chart),
    objects: sellableObjects(chart).length,
    broken: validateChart(chart).map(({ rule }) => rule),
  }
}
