import { expect, test } from 'vitest'
import { drawBooth, drawChart } from '../../../support/drawings.ts'
import { openSeatsioScene } from '../../../support/seatsio-scene.ts'

const boothsCalled = (...labels: string[]) =>
  drawChart({ focalPoint: { x: 0, y: 0 }, booths: labels.map((label) => drawBooth(label)) })

const importing = '/system/public/charts/hall'

test.each([
  [200, 201],
  [201, 400],
])('a label of %i characters is imported with %i', async (length, wanted) => {
  const { api } = await openSeatsioScene()
  const drawing = boothsCalled('B', 'x'.repeat(length))
  const { status, body } = await api(`POST ${importing}`, drawing)
  expect(status).toBe(wanted)
  if (wanted === 400) expect(JSON.stringify(body?.['messages'])).toContain('label too long: xxx')
})

test.each([
  ['x'.repeat(255), `${'x'.repeat(248)} (copy)`],
  [`${'x'.repeat(247)}😀yyyy`, `${'x'.repeat(247)} (copy)`],
])('the name of a copy keeps the limit: %s', async (name, wanted) => {
  const { api } = await openSeatsioScene()
  await api(`POST ${importing}`, { ...boothsCalled('B'), name })
  const { body } = await api('POST /charts/hall/version/published/actions/copy')
  expect(body?.['name']).toBe(wanted)
})

test.each(['objectCategories', 'tables'])('a map loses no word: %s', async (field) => {
  const { api } = await openSeatsioScene()
  await api(`POST ${importing}`, boothsCalled('B'))
  const map = JSON.parse('{"__proto__":"BY_TABLE"}') as object
  const fields =
    field === 'tables'
      ? { tableBookingConfig: { mode: 'CUSTOM', tables: map } }
      : { objectCategories: map }
  const { status, body } = await api('POST /events', { chartKey: 'hall', ...fields })
  expect([status, JSON.stringify(body?.['messages'])]).toEqual([
    400,
    expect.stringContaining('__proto__'),
  ])
})
