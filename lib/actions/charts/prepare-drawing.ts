import { factsOf } from '../../venue/chart-facts.ts'
import type { Chart } from '../../venue/chart.ts'
import { namingFaults } from '../../venue/validate-chart.ts'
import { encodeManifest } from '../../venue/manifest.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Published } from '../../store/charts/charts.ts'
import { fitsOneCommit } from '../../store/charts/drawings.ts'
import { readChart } from '../../venue/read-chart.ts'

/** A drawing as it was read, and what is kept beside it once it is published. */
export interface PreparedDrawing {
  readonly chart: Chart
  readonly publish: Published
}

/**
 * Reads a drawing that is to be published; refuses one that is too large to be a chart, or to be kept in one commit, and one
 * with labels, or keys of categories, that no request could say.
 */
export function prepareDrawing(text: string): Outcome<PreparedDrawing> {
  const drawing: unknown = JSON.parse(text)
  const chart = readChart(drawing)
  if (chart.isTruncated) {
    return refuse({
      code: 'chart-not-publishable',
      faults: [{ code: 'too-many-objects' }],
      total: 1,
    })
  }
  const { faults, total } = namingFaults(chart, drawing)
  if (total > 0) return refuse({ code: 'chart-not-publishable', faults, total })
  const publish = { manifest: encodeManifest(chart), facts: factsOf(chart) }
  if (!fitsOneCommit([text, publish.manifest, JSON.stringify(publish.facts)])) {
    return refuse({ code: 'chart-not-publishable', faults: [{ code: 'too-much-text' }], total: 1 })
  }
  return succeed({ chart, publish })
}
