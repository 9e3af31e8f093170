import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { importChart } from '../../../../lib/actions/charts/import-chart.ts'
import { packText, unpackText } from '../../../../lib/store/table/items.ts'
import { getItem } from '../../../../lib/store/table/read.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { drawArea, drawChart } from '../../../support/drawings.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { getChart } from '../../../../lib/store/charts/charts.ts'
import { readChartFacts } from '../../../../lib/store/charts/chart-facts.ts'

test.each(['broken', 'areas', 'objects'] as const)(
  'what was kept of a drawing before its %s were looked at is read anew',
  async (lacking) => {
    const holdfast = await openHoldfast()
    const { port } = holdfast
    const context = holdfast.context()
    const lawn = { generalAdmissionAreas: [drawArea('Lawn', 250)] }
    const drawing = JSON.stringify(drawChart({ ...lawn, focalPoint: null }))
    await importChart(context, { chartKey: 'hall', drawing })
    const item = await getItem(port, keys.chartFacts('one', 'hall', 0))
    const facts = JSON.parse(unpackText([item?.['data'] as Uint8Array])) as Facts
    expect(facts.broken).toEqual(['VALIDATE_FOCAL_POINT'])
    expect(facts.areas).toEqual([['Lawn', 250]])
    expect(facts.objects).toBeGreaterThan(0)
    const { [lacking]: _, ...former } = facts
    const [data] = packText(JSON.stringify(former))
    await port.writer.send(new PutCommand({ TableName: port.tableName, Item: { ...item, data } }))
    const head = await getChart(context.store, 'one', 'hall')
    if (head === undefined) throw new Error('no chart')
    const found = await readChartFacts(holdfast.freshRuntime().store, [head])
    expect(found.get(head.chartId)).toEqual(facts)
  },
)

interface Facts {
  readonly broken: readonly string[]
  readonly areas: unknown
  readonly objects: number
}
