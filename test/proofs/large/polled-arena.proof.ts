import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test, vi } from 'vitest'
import { FUNCTION_ANSWER_BYTES_MAX, BATCH_WRITES_MAX } from '../../../lib/limits/aws-limits.ts'
import { LABEL_LENGTH_MAX } from '../../../lib/limits/limits.ts'
import { getEvent } from '../../../lib/store/events/events.ts'
import { rowKinds } from '../../../lib/store/table/row-kinds.ts'
import { queryAll } from '../../../lib/store/table/read.ts'
import { snapshotPartition } from '../../../lib/store/table/table.ts'
import { rowsOfForty } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { TOKEN } from '../../support/scene.ts'
import { openSnapshotScene, pollerOver, type SnapshotScene } from '../../support/snapshot-scene.ts'

// 100,000 seats, polled through the endpoint itself: as many as the four megabytes of a drawing have room for.

const ROWS = 2_500
const SEATS = 40 * ROWS

/** Bytes of an answer that every browser gets once a second. */
const POLL_BYTES_MAX = 60_000

/** Seats that are held at once, by baskets of that many. */
const HELD = 2_000
const BASKET = 200

vi.setConfig({ testTimeout: 600_000 })

/** What a browser gets: it takes what is compressed. */
async function get({ api, eventKey }: SnapshotScene, query: string, encoding = 'gzip') {
  const headers = ['Accept-Encoding', encoding]
  return api(`GET /api/v1/events/${eventKey}/snapshot${query}`, undefined, {
    key: testKeys.publishable,
    headers,
  })
}

const labelsFrom = (row: number, count: number) =>
  Array.from({ length: count }, (_, at) => `S-R${row + Math.floor(at / 40)}-${(at % 40) + 1}`)

/** Books what is free by rows that are put there: through the API it would take an hour. */
async function bookRows({ port, eventKey }: SnapshotScene, labels: readonly string[]) {
  const event = await getEvent(port, 'one', eventKey)
  if (event === undefined) throw new Error('no event')
  const at = port.clock.now()
  for (let from = 0; from < labels.length; from += BATCH_WRITES_MAX) {
    const items = labels.slice(from, from + BATCH_WRITES_MAX).map((label) => ({
      ...rowKinds.seat.key({ event, label }, 'one'),
      ...rowKinds.seat.item({
        version: 1,
        state: { status: 'booked', orderId: `order-${label}` },
        changedAt: at,
        operationId: '01JDXK4W5V0000000000000000',
      }),
    }))
    const requests = items.map((Item) => ({ PutRequest: { Item } }))
    await port.writer.send(new BatchWriteCommand({ RequestItems: { [port.tableName]: requests } }))
  }
}

describe('an arena of 100,000 seats', () => {
  const open = () => openSnapshotScene(rowsOfForty(ROWS))

  test('is told whole with its labels, and then in a fraction of it: half a unit where nothing is new', async () => {
    const scene = await open()
    const whole = await get(scene, '?labels=true')
    expect(whole.status).toBe(200)
    const { labels, states, objectCount, revision } = whole.body
    expect([objectCount, (labels as string[]).length]).toEqual([SEATS, SEATS])
    expect(states).toBe('f'.repeat(SEATS))
    expect(whole.bytes).toBeLessThan(350_000)
    expect((await get(scene, '?labels=true', 'identity')).status).toBe(200)
    scene.readUnits()
    scene.clock.advance(900)
    expect((await scene.poll('', String(revision))).status).toBe(304)
    expect(scene.readUnits()).toBe(0.5)
    expect((await get(scene, '')).bytes).toBeLessThan(2_000)
  })

  test('tells what thousands hold within a second, and when that ends', async () => {
    const scene = await open()
    const { api, seats, settle, clock } = scene
    const { revision } = (await get(scene, '')).body
    for (let basket = 0; basket < HELD / BASKET; basket += 1) {
      const objectLabels = labelsFrom((basket * BASKET) / 40, BASKET)
      const body = { objectLabels, holdToken: `${TOKEN}-${basket}`, ttlSeconds: 60 }
      expect((await api(`POST ${seats}/hold`, body)).status).toBe(200)
    }
    await settle()
    const held = await get(scene, `?since=${String(revision)}`)
    expect((held.body['changes'] as { h: number[] }).h).toHaveLength(HELD)
    expect(held.bytes).toBeLessThan(POLL_BYTES_MAX)
    clock.advance(58_000)
    const ending = await get(scene, `?since=${String(held.body['revision'])}`)
    const ends = ending.body['ends'] as { changes: { f?: number[] } }[]
    expect(ends.flatMap(({ changes }) => changes.f ?? [])).toHaveLength(HELD)
    clock.advance(2_000)
    expect((await get(scene, '')).body['states']).toBe('f'.repeat(SEATS))
  })

  test('sold out, it is read for all at once, kept in few items and told in few bytes, and so is its status', async () => {
    const scene = await open()
    await bookRows(scene, labelsFrom(0, SEATS))
    const { port, runtime, freshRuntime, eventKey } = scene
    const { status, body, bytes } = await get(scene, '')
    expect([status, body['states']]).toEqual([200, 'b'.repeat(SEATS)])
    expect(bytes).toBeLessThan(2_000)
    const event = await getEvent(runtime.store, 'one', eventKey)
    const kept = await queryAll(port, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': snapshotPartition(event?.eventId ?? '') },
    })
    expect(kept).toHaveLength(3)
    const other = await pollerOver(freshRuntime(), eventKey)('?labels=true')
    expect(other.body['states']).toBe(body['states'])
    const told = await scene.api(`GET /api/v1/events/${eventKey}/status`, undefined, {
      key: testKeys.publishable,
      headers: ['Accept-Encoding', 'gzip'],
    })
    expect([told.status, (told.body['objects'] as object[]).length]).toEqual([200, SEATS])
  })

  test('with labels as long as they may be it is told to whoever takes gzip, and others are told what to ask for instead', async () => {
    const scene = await openSnapshotScene(rowsOfForty(ROWS, 'S'.repeat(LABEL_LENGTH_MAX - 9)))
    const { status, body, bytes } = await get(scene, '?labels=true')
    const labels = body['labels'] as string[]
    expect([status, labels.at(-1)?.length]).toEqual([200, LABEL_LENGTH_MAX])
    expect(bytes).toBeLessThan(FUNCTION_ANSWER_BYTES_MAX)
    const plain = await get(scene, '?labels=true', 'identity')
    expect([plain.status, plain.code]).toEqual([400, 'answer_too_large'])
    expect(plain.body['message']).toMatch(
      /gzip, or leave out labels, and take them from the layout$/,
    )
    expect((await get(scene, '', 'identity')).status).toBe(200)
  })
})
