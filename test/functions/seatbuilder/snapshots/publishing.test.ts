import { describe, expect, test } from 'vitest'
import { CHART_LOOK_MS } from '../../../../lib/store/snapshots/chart-looks.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { labelsOf } from '../../../support/scene.ts'
import {
  openSnapshotScene,
  pollerOver,
  type SnapshotScene,
} from '../../../support/snapshot-scene.ts'

// Another drawing of a chart shows to whoever polls one of its events, whatever their number, and costs none of them a write.

const statesOf = ({ body }: { body: Record<string, unknown> }) => body['states']

async function publish({ api, chartKey }: SnapshotScene, rows: number) {
  await api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion: rowDrawing({ rows }) })
  expect((await api(`POST /api/v1/charts/${chartKey}/publish`)).status).toBe(200)
}

/** Reads of the chart's head that were made to look at it, with their units. */
const chartReads = ({ calls, chartKey }: SnapshotScene) =>
  calls.all
    .filter(({ operation, input }) => {
      return operation === 'GetItem' && JSON.stringify(input).includes(chartKey)
    })
    .map(({ units }) => units)

test('what is published shows within two looks, to processes that had read the event and to others, and keeps its revision until then', async () => {
  const scene = await openSnapshotScene(rowDrawing())
  const { poll, clock, freshRuntime, eventKey } = scene
  const another = pollerOver(freshRuntime(), eventKey)
  const { body } = await poll()
  await another()
  await publish(scene, 1)
  clock.advance(CHART_LOOK_MS - 1)
  expect((await poll('', String(body['revision']))).status).toBe(304)
  clock.advance(1)
  expect(await poll(`?since=${String(body['revision'])}`)).toMatchObject({
    body: { chartVersion: 2, states: 'ffff' },
  })
  expect((await another('?labels=true')).body).toMatchObject({
    chartVersion: 2,
    labels: labelsOf('A', 1, 4),
  })
})

test('so does what is taken back, and what is published again', async () => {
  const scene = await openSnapshotScene(rowDrawing())
  const { api, poll, clock, chartKey } = scene
  expect(statesOf(await poll())).toBe('ffffffff')
  await api(`POST /api/v1/charts/${chartKey}/unpublish`)
  clock.advance(CHART_LOOK_MS)
  expect(statesOf(await poll())).toBe('')
  await publish(scene, 1)
  clock.advance(CHART_LOOK_MS)
  expect(statesOf(await poll())).toBe('ffff')
})

test('other changes of a chart have nothing read anew', async () => {
  const scene = await openSnapshotScene(rowDrawing())
  const { api, poll, clock, chartKey, readUnits } = scene
  const { body } = await poll()
  await api(`PATCH /api/v1/charts/${chartKey}`, { name: 'Another name' })
  clock.advance(CHART_LOOK_MS)
  readUnits()
  expect((await poll('', String(body['revision']))).status).toBe(304)
  expect(readUnits()).toBe(1)
})

test('nor has what is seen of a chart and is older than the reading', async () => {
  const scene = await openSnapshotScene(rowDrawing())
  const { poll, clock, freshRuntime, eventKey, calls } = scene
  const late = pollerOver(freshRuntime(), eventKey)
  await poll()
  clock.advance(1)
  // It looks at the chart before that is published, and remembers it for a while.
  await late()
  await publish(scene, 1)
  // The labels of before are gone, so that this one reads the event at once.
  expect(statesOf(await pollerOver(freshRuntime(), eventKey)('?labels=true'))).toBe('ffff')
  clock.advance(CHART_LOOK_MS - 1)
  calls.clear()
  expect(statesOf(await late())).toBe('ffff')
  expect(calls.all.filter(({ operation }) => operation === 'UpdateItem')).toEqual([])
})

describe('what it costs', () => {
  test('half a unit in two seconds for each process and chart, however many of its events are polled how often', async () => {
    const scene = await openSnapshotScene(rowDrawing({ rows: 1 }))
    const { api, runtime, clock, chartKey, calls, readUnits } = scene
    const eventKeys = Array.from({ length: 20 }, (_, number) => `night-${number}`)
    for (const eventKey of eventKeys) await api('POST /api/v1/events', { chartKey, eventKey })
    const pollers = eventKeys.map((eventKey) => pollerOver(runtime, eventKey))
    for (const poll of pollers) await poll()
    clock.advance(CHART_LOOK_MS)
    calls.clear()
    for (let time = 0; time < 2 * CHART_LOOK_MS; time += 500) {
      for (const poll of pollers) await poll()
      clock.advance(500)
    }
    expect(chartReads(scene)).toEqual([0.5, 0.5])
    const polls = (2 * CHART_LOOK_MS * eventKeys.length) / 500
    expect(readUnits()).toBe(0.5 * polls + 1)
  })

  test('publishing writes the same for one event as for many, and wakes nobody who is not polled', async () => {
    const writesWith = async (events: number) => {
      const scene = await openSnapshotScene(rowDrawing({ rows: 1 }))
      const { api, chartKey, calls, runtime, told } = scene
      for (let number = 1; number < events; number += 1) {
        const eventKey = `night-${number}`
        await api('POST /api/v1/events', { chartKey, eventKey })
        await pollerOver(runtime, eventKey)()
      }
      await told.relay()
      calls.clear()
      await publish(scene, 2)
      await told.relay()
      return calls.all.filter(({ operation }) => /Put|Update|Transact/.test(operation)).length
    }
    expect(await writesWith(30)).toBe(await writesWith(1))
  })
})
