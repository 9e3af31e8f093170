import type { DynamoDBRecord } from 'aws-lambda'
import { expect, test } from 'vitest'
import { watchTable } from '../../functions/workers/watch-table.ts'
import { relayBatch } from '../../functions/workers/relay-changes.ts'
import { streamFilters } from '../../infra/stacks/stream-filters.ts'
import { readPattern } from '@holdfast/eventbridge/match'
import { rowDrawing } from '../support/drawings.ts'
import { labelsOf, openScene, TOKEN, type Scene } from '../support/scene.ts'
import { openTold } from '../support/told.ts'

/** Whether an event source mapping would hand the record over. */
function passes(worker: string, record: DynamoDBRecord): boolean {
  return (streamFilters[worker] ?? []).some((filter) => readPattern(JSON.stringify(filter))(record))
}

/** Everything that happens to a table, and what its stream tells of it. */
async function live(scene: Scene): Promise<DynamoDBRecord[]> {
  const { api, seats, chartKey, eventKey } = scene
  const told = await openTold(scene)
  const labels = labelsOf('A', 1, 110)
  await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
  await api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken: TOKEN })
  await api(`POST ${seats}/release`, { objectLabels: ['A-2'], holdToken: TOKEN })
  await api(`POST ${seats}/hold`, { objectLabels: labels.slice(1), holdToken: TOKEN })
  await api(`POST ${seats}/release`, { objectLabels: ['A-1'] })
  await api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion: rowDrawing({ seatsPerRow: 5 }) })
  await api(`POST /api/v1/charts/${chartKey}/publish`)
  await api(`DELETE /api/v1/events/${eventKey}`)
  await told.relay()
  return told.records
}

test('a filter drops nothing that its worker does something about, and passes some of it', async () => {
  const scene = await openScene(rowDrawing({ seatsPerRow: 110 }))
  const records = await live(scene)
  const { runtime, messaging, calls } = scene
  for (const worker of ['relay-changes', 'watch-table']) {
    const dropped = records.filter((record) => !passes(worker, record))
    expect(dropped.length, worker).toBeGreaterThan(5)
    expect(records.length - dropped.length, worker).toBeGreaterThan(2)
    calls.clear()
    messaging.published.length = 0
    const answer =
      worker === 'watch-table'
        ? await watchTable(runtime, { Records: dropped })
        : await relayBatch(runtime, messaging.bus, { Records: dropped })
    expect(answer).toEqual({ batchItemFailures: [] })
    expect([worker, calls.all.map(({ operation }) => operation)]).toEqual([worker, []])
    expect(messaging.published).toEqual([])
  }
})
