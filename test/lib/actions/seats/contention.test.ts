import { expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { seededIds } from '../../../support/seeded-ids.ts'
import { openScene } from '../../../support/scene.ts'

const BUYERS = 64
const ROWS = 10
const SEATS_PER_ROW = 40

/** One booking as a buyer was told of it. */
interface Sale {
  readonly label: string
  readonly buyer: string
}

test('64 buyers fight over 400 seats: each is sold once, to the buyer who was told so', async () => {
  const scene = await openScene(rowDrawing({ rows: ROWS, seatsPerRow: SEATS_PER_ROW }))
  const { api, seats, eventKey, clock } = scene
  const rows = Array.from({ length: ROWS }, (_, row) => String.fromCharCode(65 + row))
  const labels = rows.flatMap((row) =>
    Array.from({ length: SEATS_PER_ROW }, (_, seat) => `${row}-${seat + 1}`),
  )
  const free = new Set(labels)
  const sales: Sale[] = []
  const statuses = new Set<number>()

  async function send(verb: string, body: object) {
    const answer = await api(`POST ${seats}/${verb}`, body)
    statuses.add(answer.status)
    return answer.status === 200
  }

  async function buy(buyer: string): Promise<void> {
    const ids = seededIds(clock, buyer)
    while (free.size > 0) {
      // A cluster in the middle of what is left, so that batches overlap in different orders.
      const left = [...free]
      const start = Math.floor(ids.random() * left.length)
      const wanted = left.slice(start, start + 1 + Math.floor(ids.random() * 4))
      if (ids.random() < 0.5) wanted.reverse()
      const holdToken = `token-${buyer}`
      if (!(await send('hold', { objectLabels: wanted, holdToken, ttlSeconds: 600 }))) continue
      if (ids.random() < 0.2 && (await send('release', { objectLabels: wanted, holdToken })))
        continue
      const extraData = { buyer }
      if (!(await send('book', { objectLabels: wanted, holdToken, extraData }))) continue
      for (const label of wanted) {
        sales.push({ label, buyer })
        free.delete(label)
      }
    }
  }

  await Promise.all(Array.from({ length: BUYERS }, (_, index) => buy(`buyer-${index}`)))

  expect([...statuses].sort()).toEqual([200, 409])
  expect(sales.map(({ label }) => label).sort()).toEqual([...labels].sort())
  const status = await api(`GET /api/v1/events/${eventKey}/status`)
  const objects = status.body['objects'] as {
    objectLabel: string
    status: string
    extraData: { buyer: string }
  }[]
  const rowsAsSales = objects.map(({ objectLabel, extraData }) => ({
    label: objectLabel,
    buyer: extraData.buyer,
  }))
  const byLabel = (a: Sale, b: Sale) => (a.label < b.label ? -1 : 1)
  expect(rowsAsSales.sort(byLabel)).toEqual(sales.sort(byLabel))
  expect(new Set(objects.map(({ status }) => status))).toEqual(new Set(['booked']))
})
