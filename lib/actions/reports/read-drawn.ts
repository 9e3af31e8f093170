import { succeed, type Outcome } from '../../refusals.ts'
import type { Chart } from '../../venue/chart.ts'
import { readChart } from '../../venue/read-chart.ts'
import { readDraft, readLayout, type LayoutVersion } from '../charts/read-layout.ts'
import type { Context } from '../context.ts'

/** Reads what is drawn in a version of a chart; refuses an unknown chart, and a version that there is not. */
export async function readDrawn(
  context: Context,
  { chartKey, version }: { chartKey: string; version: LayoutVersion },
): Promise<Outcome<Chart>> {
  const text =
    version === 'draft'
      ? await readDraft(context, chartKey)
      : await readLayout(context, chartKey, version)
  return text.ok ? succeed(readChart(JSON.parse(text.value))) : text
}
