import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBStreamEvent } from 'aws-lambda'
import { expect, test } from 'vitest'
import { purgeBatch } from '../../../functions/workers/watch-table.ts'
import { instant } from '../../../lib/clock.ts'
import { inProcess } from '@holdfast/dynamodb/in-process'
import { createStreamPump, type StreamPump } from '../../../local/sources/stream-pump.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { runAs } from '../../support/iam/guard.ts'
import { labelsOf, openScene, TOKEN, type Scene } from '../../support/scene.ts'
import { seatsioOver } from '../../support/seatsio.ts'

/** The table's stream, pumped into the worker. */
async function pumpOf(
  { engine, port, runtime, clock }: Scene,
  work = (event: DynamoDBStreamEvent) => purgeBatch(runtime, event),
): Promise<StreamPump> {
  const config = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: inProcess(engine),
  }
  const streams = new DynamoDBStreamsClient(config)
  const describe = new DescribeTableCommand({ TableName: port.tableName })
  const table = await new DynamoDBClient(config).send(describe)
  return createStreamPump({
    streams,
    streamArn: table.Table?.LatestStreamArn ?? '',
    workers: [(event) => runAs('workers/watch-table', () => work(event))],
    clock,
  })
}

/** Partition keys of everything in the table, by their first letter; but for revisions of charts, which stay, as no id is used twice. */
async function partitions({ port }: Scene): Promise<Record<string, number>> {
  const { Items = [] } = await port.reader.send(new ScanCommand({ TableName: port.tableName }))
  const counts: Record<string, number> = {}
  for (const item of Items) {
    const kind = (item['pk'] as string).split('#')[0] ?? ''
    if (kind === 'Z') continue
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

test('rows and history of a deleted event go, those of another stay', async () => {
  const scene = await openScene()
  const { api, seats, chartKey, eventKey } = scene
  const pump = await pumpOf(scene)
  await api('POST /api/v1/events', { chartKey, eventKey: 'other' })
  await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
  await api(`POST ${seats}/book`, { objectLabels: ['A-1'], holdToken: TOKEN })
  await api('POST /api/v1/events/other/seats/hold', { objectLabel: 'A-1', holdToken: TOKEN })
  expect(await partitions(scene)).toMatchObject({ S: 3, L: 3, E: 2 })
  await api(`DELETE /api/v1/events/${eventKey}`)
  await pump.drain()
  expect(await partitions(scene)).toMatchObject({ S: 1, L: 1, E: 1 })
})

test('all that a season has goes with it: its rows, those of its parts and of its events, and what they say', async () => {
  const scene = await openScene()
  const { runtime, chartKey } = scene
  const api = seatsioOver(runtime)
  const pump = await pumpOf(scene)
  await pump.drain()
  const before = await partitions(scene)
  await api('POST /seasons', { chartKey, key: 'season', eventKeys: ['e1', 'e2'] })
  await api('POST /seasons/season/partial-seasons', { key: 'part', eventKeys: ['e1'] })
  await api('POST /events/part', { objectCategories: { 'A-9': 1 } })
  await api('POST /events/e1/actions/book', { objects: ['A-1'] })
  await api('POST /events/season/actions/book', { objects: ['A-2'] })
  await api('POST /events/part/actions/book', { objects: ['A-3'] })
  expect(await partitions(scene)).toMatchObject({ X: 2, L: 3 })
  await api('DELETE /events/season')
  await pump.drain()
  const after = await partitions(scene)
  // What they were called, and what was changed of them, is told for some days still.
  // So is what they used.
  expect({ ...after, N: 0, J: 0, G: 0 }).toEqual({ ...before, N: 0, J: 0, G: 0 })
})

test('an event that is too large for one call is purged by several, each going on where the time of the last ended', async () => {
  const scene = await openScene()
  const { api, seats, eventKey, runtime } = scene
  let calls = 0
  const pump = await pumpOf(scene, async (event) => {
    const from = scene.clock.now()
    let looks = 0
    // Each look at the clock finds it later: there is time for some forty of them.
    const clock = { ...scene.clock, now: () => instant(from + 700 * looks++) }
    const answer = await purgeBatch({ ...runtime, clock }, event)
    if (looks > 1) calls += 1
    return answer
  })
  for (const label of [...labelsOf('A', 1, 10), ...labelsOf('B', 1, 10)]) {
    await api(`POST ${seats}/hold`, { objectLabel: label, holdToken: TOKEN })
  }
  await api(`DELETE /api/v1/events/${eventKey}`)
  await pump.drain()
  const left = await partitions(scene)
  for (const kind of ['S', 'L', 'E']) expect(left).not.toHaveProperty(kind)
  expect(calls).toBeGreaterThan(1)
})

test('a drawing of more parts than one call has time for is purged by several, with its manifest', async () => {
  const scene = await openScene()
  const { api, chartKey, eventKey, runtime, port } = scene
  await (await pumpOf(scene)).drain()
  const { Items = [] } = await port.reader.send(new ScanCommand({ TableName: port.tableName }))
  const copies = (prefix: string) => Items.filter(({ pk, sk }) => `${pk} ${sk}`.startsWith(prefix))
  // More parts of the drawing, and of the manifest, as a large chart has them.
  for (const item of [...copies('D#'), ...copies(`C#one#${chartKey} M#0`)]) {
    for (let part = 1; part <= 60; part += 1) {
      const sk = (item['sk'] as string).replace(/0+$/, '') + String(part + 100)
      await port.reader.send(new PutCommand({ TableName: port.tableName, Item: { ...item, sk } }))
    }
  }
  expect(await partitions(scene)).toMatchObject({ D: 61 })
  let [calls, longest] = [0, 0]
  const pump = await pumpOf(scene, async (event) => {
    const from = scene.clock.now()
    let looks = 0
    const clock = { ...scene.clock, now: () => instant(from + 700 * looks++) }
    const answer = await purgeBatch({ ...runtime, clock }, event)
    if (looks > 1) calls += 1
    longest = Math.max(longest, looks)
    return answer
  })
  await api(`DELETE /api/v1/events/${eventKey}`)
  await api(`DELETE /api/v1/charts/${chartKey}`)
  await pump.drain()
  const { Items: left = [] } = await port.reader.send(
    new ScanCommand({ TableName: port.tableName }),
  )
  const kept = left.filter(({ pk, sk }) => /^D#|^C#.* M#/.test(`${pk} ${sk}`))
  expect(kept).toEqual([])
  expect(calls).toBeGreaterThan(1)
  expect(longest).toBeLessThanOrEqual(45)
})

test('an event that is given another key keeps its rows, and leaves nothing once it is deleted', async () => {
  const scene = await openScene()
  const { api, seats, eventKey } = scene
  const other = seatsioOver(scene.runtime)
  const pump = await pumpOf(scene)
  await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
  await other(`POST /events/${eventKey}`, { eventKey: 'new', objectCategories: { 'A-1': 1 } })
  await pump.drain()
  expect(await partitions(scene)).toMatchObject({ S: 2, L: 1, E: 1, X: 1 })
  expect((await api('GET /api/v1/events/new/status')).body['objects']).toHaveLength(2)
  await other('DELETE /events/new')
  await pump.drain()
  const left = await partitions(scene)
  for (const kind of ['S', 'L', 'E', 'X']) expect(left).not.toHaveProperty(kind)
})

test('a drawing goes once neither the draft nor the published version is made of it', async () => {
  const scene = await openScene()
  const { api, chartKey, eventKey } = scene
  const pump = await pumpOf(scene)
  const drawings = async () => {
    await pump.drain()
    return (await partitions(scene))['D'] ?? 0
  }
  const redraw = (firstRow: string) =>
    api(`PATCH /api/v1/charts/${chartKey}`, { draftVersion: rowDrawing({ firstRow }) })
  expect(await drawings()).toBe(1)
  await redraw('C')
  expect(await drawings()).toBe(2)
  await redraw('D')
  expect(await drawings()).toBe(2)
  await api(`POST /api/v1/charts/${chartKey}/publish`)
  expect(await drawings()).toBe(1)
  await api(`DELETE /api/v1/events/${eventKey}`)
  await api(`DELETE /api/v1/charts/${chartKey}`)
  expect(await drawings()).toBe(0)
  // What happened to the chart stays in the log, for as long as that is kept, and what it was called for what is still to be told.
  expect(await partitions(scene)).toEqual({ A: 3, C: 1, J: 3, K: 4, N: 1, W: 6, Y: 2 })
})

test('a batch that fails comes again from the failed record, until it has succeeded', async () => {
  const scene = await openScene()
  const { api, seats, eventKey, engine, log } = scene
  const pump = await pumpOf(scene)
  await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
  await api(`DELETE /api/v1/events/${eventKey}`)
  let failures = 0
  engine.inject = ({ operation }) => {
    if (operation !== 'BatchWriteItem' || failures >= 6) return undefined
    failures += 1
    return 'internal-error'
  }
  await pump.drain()
  expect(failures).toBe(6)
  expect(log).toMatchObject([{ level: 'error', worker: 'watch-table' }])
  expect(await partitions(scene)).not.toHaveProperty('S')
})

test('a record that cannot be read is told in the log, and those behind it are purged all the same', async () => {
  const scene = await openScene()
  const damaged = {
    eventID: 'damaged',
    dynamodb: {
      SequenceNumber: '1',
      OldImage: { pk: { S: 'C#one#k' }, sk: { S: 'C' }, ws: { S: 'one' }, key: { S: 'k' } },
    },
  }
  const answer = await purgeBatch(scene.runtime, { Records: [damaged] })
  expect(answer).toEqual({ batchItemFailures: [] })
  expect(scene.log).toMatchObject([{ level: 'error', worker: 'watch-table', eventId: 'damaged' }])
})
