import { describe, expect, test } from 'vitest'
import { apiOver } from '../../support/api.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { labelsOf } from '../../support/scene.ts'
import { openSeatsioScene, verdictOf } from '../../support/seatsio-scene.ts'

const keyed = (name: string) => ({ headers: ['Idempotency-Key', name] })
const ROW = 40
const drawing = rowDrawing({ rows: 25, seatsPerRow: ROW })

/** The first objects of the hall. */
const labels = (objects: number) =>
  Array.from({ length: 25 }, (_, row) => labelsOf(String.fromCharCode(65 + row), 1, ROW))
    .flat()
    .slice(0, objects)

// Reading, opening, locking, deciding, entries, applying and finishing, all together: each request to the table is counted.
describe.each([
  [200, 25],
  [1_000, 120],
])('a change of %i objects takes at most %i requests and 2n + 30 units', (objects, requestsMax) => {
  test('on both surfaces, with an idempotency key, whether they were touched before or not', async () => {
    const { api, calls, runtime, token } = await openSeatsioScene(drawing)
    const native = apiOver(runtime)
    const holdToken = await token()
    const body = { events: ['gala'], objects: labels(objects) }
    const path = 'POST /events/groups/actions/change-object-status'
    const within = (name: string, more = 0) => {
      const { reads, writes, writeUnits } = calls.count()
      expect(reads + writes, name).toBeLessThanOrEqual(requestsMax + more)
      expect(writeUnits, name).toBeLessThanOrEqual(2.1 * objects + 30)
      calls.clear()
    }
    const change = async (name: string, target: object) => {
      const answer = await api(path, { ...body, ...target }, keyed(name))
      expect(verdictOf(answer), name).toBe('204')
    }
    calls.clear()
    await change('held', { status: 'reservedByToken', holdToken })
    // The row of the token itself is locked and applied alone, for it has a TTL to put away.
    within('held', 2)
    await change('booked', { status: 'booked', holdToken })
    within('booked')
    await change('released', { type: 'RELEASE' })
    within('released')
    const route = 'POST /api/v1/events/gala/seats/hold'
    const hold = { objectLabels: body.objects.slice(0, 200), holdToken: 'a-native-token' }
    // The process has seen the key.
    await native(route, { ...hold, objectLabels: ['A-1'] })
    calls.clear()
    expect((await native(route, hold, keyed('native'))).status).toBe(200)
    within('held by the other surface')
  })
})
