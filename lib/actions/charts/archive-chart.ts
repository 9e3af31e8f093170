import { refuse, type Outcome } from '../../refusals.ts'
import type { ChartHead } from '../../records/records.ts'
import type { Context } from '../context.ts'
import { editChart } from './edit-chart.ts'

/** Moves a chart into the archive or out of it; refuses an unknown chart, and one that is where it is to go. */
export function archiveChart(
  context: Context,
  { chartKey, isArchived }: { chartKey: string; isArchived: boolean },
): Promise<Outcome<ChartHead>> {
  const edit = ({ isArchived: was = false, ...head }: ChartHead) => {
    if (was === isArchived) {
      return refuse({ code: was ? 'chart-archived' : 'chart-not-archived', chartKey })
    }
    return { head: isArchived ? { ...head, isArchived } : head }
  }
  return editChart(context, { chartKey, edit })
}
