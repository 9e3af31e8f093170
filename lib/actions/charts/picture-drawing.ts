import { assert } from '../../faults.ts'
import { draftOf } from '../../venue/chart-versions.ts'
import type { ChartHead, DrawingRef } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { getChart } from './get-chart.ts'
import type { LayoutVersion } from './read-layout.ts'
import { readDrawing } from '../../store/charts/drawings.ts'

/** Draws a picture of a drawing's JSON text. */
export type Draw = (drawing: string) => Uint8Array

/** Pictures the drawing of a chart; refuses an unknown chart, and a version that there is not: no draft is what is published. */
export async function pictureChart(
  context: Context,
  { chartKey, version }: { readonly chartKey: string; readonly version: LayoutVersion },
  draw: Draw,
): Promise<Outcome<Uint8Array>> {
  return inRoundsOn(context, { what: 'chart', key: chartKey }, async () => {
    const found = await getChart(context, chartKey)
    if (!found.ok) return found
    const ref = refOf(found.value, version)
    if (ref === undefined) return refuse({ code: 'layout-not-found', chartKey })
    const pictured = await pictureDrawing(context, { ref, name: chartKey }, draw)
    // Without a text the drawing was replaced between the two reads: look again.
    if (pictured.ok || pictured.refusal.code !== 'layout-not-found') return pictured
    return undefined
  })
}

/** Pictures a drawing wherever it belongs, for whoever knows its id; refuses one that there is not, and one too many at once. */
export async function pictureDrawing(
  { store, pictures }: Pick<Context, 'store' | 'pictures'>,
  { ref, name }: { readonly ref: DrawingRef | undefined; readonly name: string },
  draw: Draw,
): Promise<Outcome<Uint8Array>> {
  assert(pictures !== undefined, 'whoever pictures drawings keeps pictures')
  if (ref === undefined || ref.parts === 0) {
    return refuse({ code: 'layout-not-found', chartKey: name })
  }
  const made = await pictures(`${ref.drawingId}-${ref.parts}`, async () => {
    const text = await readDrawing(store, ref)
    return text === undefined ? undefined : draw(text)
  })
  if (made === 'busy') return refuse({ code: 'record-busy', what: 'chart', key: name })
  if (made === 'nothing') return refuse({ code: 'layout-not-found', chartKey: name })
  return succeed(made)
}

function refOf(head: ChartHead, version: LayoutVersion): DrawingRef | undefined {
  return version === 'draft' ? draftOf(head) : head.published
}
