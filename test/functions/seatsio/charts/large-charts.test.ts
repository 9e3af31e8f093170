import { expect, test } from 'vitest'
import { drawChart, drawRow, drawSeat, drawSection } from '../../../support/drawings.ts'
import { openHoldfast } from '../../../support/holdfast.ts'
import { apiOver } from '../../../support/api.ts'
import { seatsioOver } from '../../../support/seatsio.ts'
import { errorOf, verdictOf } from '../../../support/seatsio-scene.ts'
import { chanceOf } from '../../../proofs/fuzz/chance.ts'
import { DRAWING_BYTES_MAX } from '../../../../lib/limits/limits.ts'

const SEATS = 9_000
const SEATS_PER_ROW = 50

/** What designers write of every seat besides what is read. */
const habits = {
  displayLabel: null,
  entrance: null,
  viewFromYourSeatImage: null,
  disabledBySocialDistancingRules: false,
  semiAmbulatorySeat: false,
  liftUpArmrests: false,
  hearingImpaired: false,
  categoryLabel: 'Standard',
  categoryAccessible: false,
  objectType: 'seat',
}

/** An arena of some 2.6 MB, written as nobody else would write it. */
function arena(): string {
  const rows = Array.from({ length: SEATS / SEATS_PER_ROW }, (_, row) =>
    drawRow(
      `R${row}`,
      Array.from({ length: SEATS_PER_ROW }, (_, seat) => ({
        ...drawSeat(String(seat + 1), { x: seat * 21, y: row * 30 }),
        uuid: `uuid${row * SEATS_PER_ROW + seat}`,
        ...habits,
      })),
    ),
  )
  const points = [0, 6_000].flatMap((y) => [0, 1_050].map((x) => ({ x, y })))
  const section = drawSection('Stand', { rows }, { points })
  return JSON.stringify(drawChart({ sections: [section], focalPoint: { x: 0, y: 0 } })).replace(
    '"x":21,',
    '"x" : 2.10e1,',
  )
}

test('an arena of megabytes is imported, told, validated, copied, edited and sold, each in one commit', async () => {
  const { runtime, calls } = await openHoldfast()
  const api = seatsioOver(runtime)
  const raw = arena()
  expect(raw.length).toBeGreaterThan(2_600_000)
  const commits = async (run: () => Promise<{ status: number }>) => {
    calls.clear()
    expect((await run()).status).toBeLessThan(300)
    return calls.count().writes
  }
  const versions = '/charts/arena/version/published'
  const send = (path: `/${string}`, body?: object) => api(`POST ${path}`, body)
  expect(await commits(() => api('POST /system/public/charts/arena', undefined, { raw }))).toBe(1)
  expect((await api(`GET ${versions}`)).text).toBe(raw)
  expect(await commits(() => send(`${versions}/actions/validate`))).toBe(0)
  expect(await commits(() => send(`${versions}/actions/copy`))).toBe(1)
  expect(await commits(() => send('/events', { chartKey: 'arena', eventKey: 'gala' }))).toBe(1)
  expect(await commits(() => send('/charts/arena', { name: 'Renamed' }))).toBe(1)
  expect((await api('GET /charts/arena/version/draft')).text).toBe(
    raw.replace('"name":"Chart"', '"name":"Renamed"'),
  )
  expect(await commits(() => api('DELETE /charts/arena/categories/1'))).toBe(1)
  expect(await commits(() => send('/charts/arena/version/draft/actions/publish'))).toBe(1)
  const objects = ['Stand-R0-1', 'Stand-R179-50']
  expect(
    await commits(() => send('/events/groups/actions/book', { events: ['gala'], objects })),
  ).toBe(1)
  const picture = await api(`GET ${versions}/thumbnail`)
  expect([picture.status, picture.text.slice(1, 4)]).toEqual([200, 'PNG'])
}, 60_000)

test('a drawing that cannot be compressed is kept, or refused for its size', async () => {
  const chance = chanceOf('letters')
  const letters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  const noise = (length: number) =>
    Array.from({ length }, () => chance.pick(letters))
      .join('')
      .replace(/["\\]/g, '~')
  const seats = Array.from({ length: 17_000 }, () => ({ x: 1, y: 1, label: noise(190) }))
  const labelled = JSON.stringify({ subChart: { rows: [{ label: 'A', seats }] } })
  const padded = JSON.stringify({ pad: noise(DRAWING_BYTES_MAX - 10) })
  const { runtime } = await openHoldfast()
  const api = seatsioOver(runtime)
  const put = (key: string, raw: string) => {
    expect(raw.length).toBeLessThanOrEqual(DRAWING_BYTES_MAX)
    const headers = ['Idempotency-Key', key]
    return api(`POST /system/public/charts/${key as 'hall'}`, undefined, { raw, headers })
  }
  expect(verdictOf(await put('padded', padded))).toBe('201')
  const copied = await api('POST /charts/padded/version/published/actions/copy')
  expect(verdictOf(copied)).toBe('200')
  const refused = await put('labelled', labelled)
  expect([refused.status, errorOf(refused)]).toEqual([
    400,
    {
      code: 'DRAWING_VALIDATION_FAILED',
      message: 'The drawing cannot be used, it has 1 fault(s): more text than a chart may hold',
    },
  ])
  // The other surface writes draft and manifest one after the other.
  const native = apiOver(runtime)
  const draftVersion = JSON.parse(labelled) as object
  const { body } = await native('POST /api/v1/charts', { name: 'Noise', draftVersion })
  const published = await native(`POST /api/v1/charts/${String(body['chartKey'])}/publish`)
  expect(published.status).toBe(200)
}, 60_000)
