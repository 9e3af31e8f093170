import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import type { EventRef, ExtraDataText } from '../../../../lib/rules/seat.ts'
import { BATCH_WRITES_MAX } from '../../../../lib/limits/aws-limits.ts'
import { getEvent } from '../../../../lib/store/events/events.ts'
import { seatItem } from '../../../../lib/store/table/items.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { diceOf } from '../../../support/dice.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import type { Holdfast } from '../../../support/holdfast.ts'
import { errorOf, openSeatsioScene } from '../../../support/seatsio-scene.ts'
import { EXTRA_DATA_BYTES_MAX } from '../../../../lib/limits/limits.ts'

const ROWS = 7
const SEATS_PER_ROW = 245

/** As much as an object may carry, of what cannot be made much smaller. */
function noiseOf(dice: (bound: number) => number): string {
  const length = EXTRA_DATA_BYTES_MAX - '{"a":""}'.length
  return Array.from({ length }, () => String.fromCharCode(93 + dice(30))).join('')
}

/** Sells the whole hall, as commits would leave it: rows are written as they are stored. */
async function sellOut({ port, clock }: Holdfast, event: EventRef): Promise<void> {
  const dice = diceOf(11)
  const labels = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].flatMap((row) =>
    Array.from({ length: SEATS_PER_ROW }, (_, at) => `${row}-${at + 1}`),
  )
  const items = labels.map((label) => {
    const extraData = JSON.stringify({ a: noiseOf(dice) }) as ExtraDataText
    const state = { status: 'booked', orderId: label.slice(0, 1), extraData } as const
    const row = { version: 1, state, changedAt: clock.now(), operationId: port.ids.ulid() }
    return { ...keys.seat(event, label), ...seatItem(row) }
  })
  for (let at = 0; at < items.length; at += BATCH_WRITES_MAX) {
    const puts = items.slice(at, at + BATCH_WRITES_MAX).map((Item) => ({ PutRequest: { Item } }))
    await port.writer.send(new BatchWriteCommand({ RequestItems: { [port.tableName]: puts } }))
  }
}

test('a hall that is sold with all the data that it may have is reported in parts, and nobody is left without a way', async () => {
  const scene = await openSeatsioScene(rowDrawing({ rows: ROWS, seatsPerRow: SEATS_PER_ROW }))
  const { api, runtime } = scene
  const event = await getEvent(runtime.store, 'one', 'gala')
  if (event === undefined) throw new Error('There is no event')
  await sellOut(scene, event)
  const get = (path: string, ...headers: string[]) =>
    api(`GET /reports/events/gala${path}`, undefined, { headers })
  const plain = await get('')
  expect([plain.status, String(errorOf(plain)['message'])]).toEqual([
    400,
    expect.stringMatching(/send Accept-Encoding: gzip, or ask for one group at a time, or for a/),
  ])
  expect((await get('/byStatus')).status).toBe(400)
  expect((await get('.csv')).status).toBe(400)
  expect((await get('/byOrderId/A')).body).toHaveProperty('A')
  const { body } = await get('/byStatus/summary')
  expect(body).toMatchObject({ booked: { count: ROWS * SEATS_PER_ROW } })
  const packed = await get('', 'Accept-Encoding', 'gzip')
  expect([packed.status, packed.headers['content-encoding']]).toEqual([200, 'gzip'])
  expect(packed.body).toHaveLength(ROWS * SEATS_PER_ROW)
})
