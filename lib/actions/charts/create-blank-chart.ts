import { replaceCategories, type CategoryInput } from '../../venue/categories.ts'
import type { VenueType } from '../../venue/chart.ts'
import type { Outcome } from '../../refusals.ts'
import { blankDrawing } from './blank-drawing.ts'
import type { DescribedChart } from './chart-validation.ts'
import type { Context } from '../context.ts'
import { createPublishedChart } from './create-published-chart.ts'

/** Creates a chart without objects, which is published at once; its key is ours. */
export function createBlankChart(
  context: Context,
  {
    name,
    venueType,
    ...given
  }: { name: string; venueType: VenueType; categories: readonly CategoryInput[] },
): Promise<Outcome<DescribedChart>> {
  const categories = replaceCategories([], given.categories)
  const drawing = JSON.stringify(blankDrawing(name, { venueType, categories }))
  return createPublishedChart(context, { name, drawing })
}
