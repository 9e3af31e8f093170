import { expect, test } from 'vitest'
import { listCategories } from '../../../../lib/actions/charts/change-categories.ts'
import type { Context } from '../../../../lib/actions/context.ts'
import { importChart } from '../../../../lib/actions/charts/import-chart.ts'
import { purgeRemoved } from '../../../../lib/afterwards/purge-removed.ts'
import { validateChart } from '../../../../lib/actions/charts/validate-chart.ts'
import { drawChart, rowDrawing } from '../../../support/drawings.ts'
import { intercepted, isCommand, type Interceptor } from '../../../support/intercepted.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { getChart } from '../../../../lib/store/charts/charts.ts'

const nine = [{ key: 9, label: 'Nine', color: 'red', accessible: false }]

/** A chart that is published anew, and its former drawing gone, right after an action has read its head for the first time. */
async function openReplaced(): Promise<Context> {
  const plain = (await openHoldfast()).context()
  const { store } = plain
  const put = (drawing: object) =>
    importChart(plain, { chartKey: 'hall', drawing: JSON.stringify(drawing) })
  await put(rowDrawing())
  let isFirst = true
  const reads: Interceptor = async (command, send) => {
    const answer = await send()
    if (!isFirst || !isCommand(command, 'GetCommand')) return answer
    isFirst = false
    const found = await getChart(store, 'one', 'hall')
    if (found === undefined) throw new Error('no chart')
    await put(drawChart({ focalPoint: null }, { list: nine }))
    const drawingIds = [found.draft.drawingId]
    await purgeRemoved(store, { kind: 'drawings', chart: found, drawingIds })
    return answer
  }
  return { ...plain, store: intercepted(store, { reads }) }
}

test('categories are those of the drawing that is published now, whatever was when the chart was read', async () => {
  expect(await listCategories(await openReplaced(), 'hall')).toEqual({ ok: true, value: nine })
})

test('so are the rules that it breaks', async () => {
  const wanted = { chartKey: 'hall', version: 'published' } as const
  const outcome = await validateChart(await openReplaced(), wanted)
  expect(outcome).toEqual({ ok: true, value: { errors: [], warnings: [] } })
})
