import { defined } from '../../defined.ts'
import type { ChartHead, EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { readChartCopy } from '../charts/copy-chart.ts'
import type { DescribedEvent } from './describe-events.ts'
import { logLines } from '../seats/log-lines.ts'
import { prepareDrawing } from '../charts/prepare-drawing.ts'
import { getEvent, replaceEvent } from '../../store/events/events.ts'
import { readEventDetails } from '../../store/events/event-details.ts'
import { newSerial } from '../../store/table/serials.ts'

/**
 * Copies what is published of an event's chart into a chart of its own, and puts the event on it, all in one commit: the event
 * keeps all that it has. Refuses an unknown event, one whose chart is not published any more, a season, and an event in one.
 */
export async function moveToChartCopy(
  context: Context,
  eventKey: string,
): Promise<Outcome<DescribedEvent>> {
  const { store, caller, keyed } = context
  return inRoundsOn(context, { what: 'event', key: eventKey }, async () => {
    const before = await getEvent(store, caller.workspaceId, eventKey)
    if (before === undefined) return refuse({ code: 'event-not-found', eventKey })
    if (before.season !== undefined) {
      return refuse({ code: 'shared-by-season', eventKey, what: 'chart' })
    }
    const copied = await copyFor(context, before)
    if (!copied.ok) return copied
    const { newChart } = copied.value
    const { chartKey, chartId, createdAt: updatedAt } = newChart
    const { facts } = newChart.publish
    const details = (await readEventDetails(store, [before])).get(before.eventId) ?? {}
    const resultOf = (event: EventHead) => ({ event, details, facts })
    const after = { ...before, chartKey, chartId, updatedAt }
    const log = logLines(context, { key: chartKey }, ['chart-created'])
    const replacement = { before, after, newChart, log }
    const replaced = await replaceEvent(store, replacement, (head) =>
      keyed?.receiptFor(resultOf(head)),
    )
    if (typeof replaced !== 'string') return succeed(resultOf(replaced))
    return undefined
  })
}

/** A chart that is as that of the event is now, with nothing on it. */
async function copyFor(context: Context, { chartKey }: Pick<ChartHead, 'chartKey'>) {
  const copy = await readChartCopy(context, { chartKey })
  if (!copy.ok) return copy
  const { drawing: draft, name, tags } = copy.value
  const { store, ids, caller } = context
  const prepared = prepareDrawing(draft)
  if (!prepared.ok) return prepared
  const now = context.now()
  return succeed({
    newChart: {
      workspaceId: caller.workspaceId,
      ...{ chartKey: ids.uuid(), chartId: ids.ulid(), serial: newSerial(store) },
      ...{ name, createdAt: now, updatedAt: now },
      ...defined({ tags }),
      draft,
      publish: prepared.value.publish,
    },
  })
}
