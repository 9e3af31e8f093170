import { factsOf } from '../inventory/chart-facts.ts'
import { readChart, type Chart } from '../inventory/chart.ts'
import { encodeManifest } from '../inventory/manifest.ts'
import { refuse, succeed, type Outcome } from '../inventory/refusals.ts'
import type { Published } from '../store/charts.ts'

/** A drawing as it was read, and what is kept beside it once it is published. */
export interface PreparedDrawing {
  readonly chart: Chart
  readonly publish: Published
}

/** Reads a drawing that is to be published; refuses one that is too large to be a chart. */
export function prepareDrawing(text: string): Outcome<PreparedDrawing> {
  const chart = readChart(JSON.parse(text))
  if (chart.isTruncated) {
    return refuse({
      code: 'chart-not-publishable',
      faults: [{ code: 'too-many-objects' }],
      total: 1,
    })
  }
  return succeed({ chart, publish: { manifest: encodeManifest(chart), facts: factsOf(chart) } })
}
