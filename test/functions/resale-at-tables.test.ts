import { expect, test } from 'vitest'
import { quaysideDrawing } from '../support/drawings.ts'
import { errorOf, openSeatsioScene, verdictOf } from '../support/seatsio-scene.ts'

// What is in resale has an owner: a table is not sold over a seat of it that is, nor a seat over its table.

const REFUSED = '400 ILLEGAL_STATUS_CHANGE'

/** Table T2 of two; `sold` is what was put up for resale under the former mode. */
async function openResale({ sold, mode }: { sold: string; mode: [before: string, now: string] }) {
  const scene = await openSeatsioScene(quaysideDrawing())
  const { api, change, native } = scene
  const sellBy = async (to: string) => {
    expect((await api('POST /events/gala', { tableBookingConfig: { mode: to } })).status).toBe(204)
  }
  const act = async (action: string, label: string, more: object = {}) =>
    verdictOf(await api(`POST /events/gala/actions/${action}`, { objects: [label], ...more }))
  await sellBy(mode[0])
  for (const status of ['booked', 'resale']) {
    expect((await change({ objects: [sold], status })).status).toBeLessThan(300)
  }
  await sellBy(mode[1])
  const listed = async () => {
    const { body } = await native('GET /api/v1/events/gala/status')
    const objects = body['objects'] as { objectLabel: string; status: string }[]
    return objects.map(({ objectLabel, status }) => `${objectLabel} ${status}`)
  }
  return { ...scene, act, sellBy, listed }
}

test.each([
  { sold: 'T2-1', wanted: 'T2', mode: ['ALL_BY_SEAT', 'ALL_BY_TABLE'] as [string, string] },
  { sold: 'T2', wanted: 'T2-1', mode: ['ALL_BY_TABLE', 'ALL_BY_SEAT'] as [string, string] },
])('while $sold is in resale, $wanted is booked to everybody', async ({ sold, wanted, mode }) => {
  const { act, change, info, token, listed, lines } = await openResale({ sold, mode })
  expect(await info(wanted)).toMatchObject({ status: 'booked', isAvailable: false })
  expect(await listed()).toContain(`${wanted} booked`)
  expect(await act('book', wanted)).toBe(REFUSED)
  expect(await act('hold', wanted, { holdToken: await token() })).toBe(REFUSED)
  for (const status of ['checkedIn', 'resale']) {
    const refused = await change({ objects: [wanted], status })
    expect(errorOf(refused)['message']).toContain('[booked]')
  }
  // It is told, and can be let go.
  expect(await info(sold)).toMatchObject({ status: 'resale', isPresentOnChart: false })
  expect(await act('book', sold)).toBe('404 OBJECT_NOT_FOUND')
  expect(await act('release', sold)).toBe('204')
  expect((await lines())[0]).toMatchObject({ objectLabel: sold, status: 'free' })
  expect(await act('book', wanted)).toBe('204')
})

test('it is bought under its own label where that is sold', async () => {
  const mode: [string, string] = ['ALL_BY_SEAT', 'ALL_BY_SEAT']
  const { act, sellBy } = await openResale({ sold: 'T2-1', mode })
  expect(await act('book', 'T2-1')).toBe('204')
  await sellBy('ALL_BY_TABLE')
  expect(await act('book', 'T2')).toBe(REFUSED)
})

test('what is put up for resale at once, and its places under another label: one of them wins', async () => {
  const mode: [string, string] = ['ALL_BY_SEAT', 'ALL_BY_SEAT']
  const { act, change, api } = await openResale({ sold: 'T2-2', mode })
  await act('release', 'T2-2')
  const [listed] = await Promise.all([
    change({ objects: ['T2-1'], status: 'resale' }),
    api('POST /events/gala', { tableBookingConfig: { mode: 'ALL_BY_TABLE' } }),
  ])
  const booked = await act('book', 'T2')
  expect([verdictOf(listed), booked]).toSatisfy(
    ([first, second]) => String(first).startsWith('200') !== (second === '204'),
  )
})
