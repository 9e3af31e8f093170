import { describe, expect, test } from 'vitest'
import { drawChart } from '../../support/drawings.ts'
import { apiOver, type Api } from '../../support/api.ts'
import { openPlainHoldfast, type PlainHoldfast } from '../../support/plain-holdfast.ts'
import { openSeatsioScene } from '../../support/seatsio-scene.ts'
import { seatsioOver, type SeatsioApi } from '../../support/seatsio.ts'
import { dueRecoveries } from '../../../lib/store/commit/recoveries.ts'
import { endOperation } from '../../../lib/store/commit/recover.ts'

// The largest requests that the limits allow, in letters of three bytes: made, or refused before anything is changed; and what was
// made can be read, changed and told like anything else. The embedded table has DynamoDB's limits of items and transactions.

/** A letter of three bytes in UTF-8, one in the length of a text. */
const WIDE = '席'
const ROW = WIDE.repeat(195)
const LABEL_LENGTH = 200
const seats = Array.from({ length: 1_000 }, (_, index) => String(index).padStart(4, '0'))
const labels = seats.map((seat) => `${ROW}-${seat}`)
const wideWord = (length: number) => WIDE.repeat(length)
/** 4,096 bytes that cannot be compressed well. */
const extraDataOf = (seed: number) => ({ t: noise(seed, 1_360) })

function noise(seed: number, length: number): string {
  let state = seed + 1
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647
    return String.fromCharCode(0x4e00 + (state % 20_000))
  }).join('')
}

async function openLarge() {
  const holdfast = await openPlainHoldfast()
  const seatsio = seatsioOver(holdfast.runtime)
  const rows = [
    { label: ROW, seats: seats.map((label, at) => ({ label, x: at, y: 60, categoryKey: 1 })) },
  ]
  await seatsio('POST /system/public/charts/hall', drawChart({ rows, focalPoint: { x: 0, y: 0 } }))
  for (const eventKey of ['gala', 'ball']) {
    await seatsio('POST /events', { chartKey: 'hall', eventKey })
  }
  return { ...holdfast, seatsio, native: apiOver(holdfast.runtime) }
}

interface Large extends PlainHoldfast {
  readonly seatsio: SeatsioApi
  readonly native: Api
}

async function tokenOf({ seatsio }: Large): Promise<string> {
  const { body } = await seatsio('POST /hold-tokens', { expiresInMinutes: 15 })
  return String(body?.['holdToken'])
}

async function statusOf({ seatsio }: Large, label: string | undefined): Promise<unknown> {
  const { body } = await seatsio(`GET /events/gala/objects/${encodeURIComponent(label ?? '')}`)
  return body?.['status']
}

async function expectStatus(large: Large, status: string): Promise<void> {
  for (const label of [labels[0], labels[499], labels[999]]) {
    expect(await statusOf(large, label)).toBe(status)
  }
}

/** Nothing waits to be ended. */
async function expectNothingLeft({ runtime, clock }: Large): Promise<void> {
  clock.advance(60_000)
  const left: unknown[] = []
  for (const { operationId } of await dueRecoveries(runtime.store)) {
    left.push(await endOperation(runtime.store, operationId))
  }
  expect(left.filter((it) => (it as { status: string }).status === 'damaged')).toEqual([])
}

describe('a thousand objects with the longest labels', () => {
  test('are of the longest that there are', () => {
    expect(labels[0]).toHaveLength(LABEL_LENGTH)
  })

  test('are held, prolonged, and ended together', async () => {
    const large = await openLarge()
    const { seatsio, table } = large
    const holdToken = await tokenOf(large)
    const hold = { objects: labels, holdToken, orderId: wideWord(255) }
    expect((await seatsio('POST /events/gala/actions/hold', hold)).status).toBe(204)
    await expectStatus(large, 'reservedByToken')
    const moved = await seatsio(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 90 })
    expect(moved.status).toBe(200)
    const entries = table.items().filter(({ l }) => Array.isArray(l)) as { l: string[] }[]
    expect(entries).toHaveLength(4)
    expect(entries.flatMap(({ l }) => l).toSorted()).toEqual([...labels, ...labels].toSorted())
    large.clock.advance(89 * 60_000)
    await expectStatus(large, 'reservedByToken')
    const end = await seatsio(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 0 })
    expect(end.status).toBe(200)
    await expectStatus(large, 'free')
    await expectNothingLeft(large)
  })

  test('are booked with all the extra data that a body holds, and changed with it kept', async () => {
    const large = await openLarge()
    const { seatsio } = large
    for (const from of [0, 900]) {
      const objects = labels.slice(from, from + 100).map((objectId, at) => ({
        objectId,
        ticketType: wideWord(255),
        extraData: extraDataOf(at),
      }))
      const book = { objects, orderId: wideWord(255) }
      expect((await seatsio('POST /events/gala/actions/book', book)).status).toBe(204)
    }
    const status = wideWord(255)
    const change = { objects: labels, status, orderId: wideWord(255), keepExtraData: true }
    const changed = await seatsio('POST /events/gala/actions/change-object-status', change)
    expect(changed.status).toBe(204)
    await expectStatus(large, status)
    const log = await seatsio('GET /events/gala/status-changes?limit=100')
    expect(log.status).toBe(200)
    await expectNothingLeft(large)
  })

  test('one object changed as often as a request may, with its extra data in each line of the log', async () => {
    const large = await openLarge()
    const { seatsio } = large
    const objectId = labels[0] ?? ''
    const first = { objects: [{ objectId, extraData: extraDataOf(1) }] }
    await seatsio('POST /events/gala/actions/book', first)
    const statusChanges = Array.from({ length: 1_000 }, (_, at) => ({
      event: 'gala',
      objects: [objectId],
      status: at % 2 === 0 ? `odd${WIDE}` : 'booked',
      orderId: `${at}`,
      keepExtraData: true,
    }))
    const answer = await seatsio('POST /events/actions/change-object-status', { statusChanges })
    expect(answer.status).toBeLessThan(500)
    if (answer.status === 200) expect(await statusOf(large, objectId)).toBe('booked')
    await expectNothingLeft(large)
  })

  test('get extra data of their own, all at once', async () => {
    const large = await openLarge()
    const extraData = Object.fromEntries(labels.map((label, at) => [label, { a: noise(at, 100) }]))
    const answer = await large.seatsio('POST /events/gala/actions/update-extra-data', { extraData })
    expect(answer.status).toBe(204)
    await expectNothingLeft(large)
  })

  test('are held in two events as one order, half of them in each', async () => {
    const large = await openLarge()
    const holdToken = await tokenOf(large)
    const answer = await large.seatsio('POST /events/groups/actions/hold', {
      events: ['gala', 'ball'],
      objects: labels.slice(0, 500),
      holdToken,
    })
    expect(answer.status).toBe(204)
    await expectNothingLeft(large)
  })
})

test('two hundred objects are held, prolonged, booked and released with the longest token and most extra data', async () => {
  const large = await openLarge()
  const { native } = large
  const seatsOf = '/api/v1/events/gala/seats' as const
  const objectLabels = labels.slice(0, 200)
  const holdToken = wideWord(128)
  const extraData = extraDataOf(7)
  const headers = ['Idempotency-Key', 'k'.repeat(255)]
  const made = [
    await native(`POST ${seatsOf}/hold`, { objectLabels, holdToken, extraData }, { headers }),
    await native(`POST ${seatsOf}/extend`, { holdToken, labels: objectLabels }),
    await native(`POST ${seatsOf}/extend`, { holdToken }),
    await native(`POST ${seatsOf}/book`, { objectLabels, holdToken, extraData }),
    await native(`POST ${seatsOf}/release`, { objectLabels }),
  ]
  expect(made.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  await expectNothingLeft(large)
})

test('events are created a hundred at a time with all that a body holds', async () => {
  const { api, runtime } = await openSeatsioScene()
  const events = Array.from({ length: 100 }, (_, at) => ({
    eventKey: `${WIDE.repeat(252)}${String(at).padStart(3, '0')}`,
    name: wideWord(255),
    categories: Array.from({ length: 3 }, (_, key) => ({
      key: `${key}${noise(at * 4 + key, 250)}`,
      label: noise(at, 255),
      color: noise(key, 255),
    })),
    objectCategories: { 'A-1': 1 },
  }))
  const answer = await api('POST /events/actions/create-multiple', { chartKey: 'hall', events })
  expect(answer.status).toBe(200)
  expect((await api(`GET /events/${encodeURIComponent(events[99]?.eventKey ?? '')}`)).status).toBe(
    200,
  )
  expect(await dueRecoveries(runtime.store)).toEqual([])
})
