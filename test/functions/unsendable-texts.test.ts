import { expect, test } from 'vitest'
import { toldNotice } from '../../lib/rules/carry-notice.ts'
import { drawChart } from '../support/drawings.ts'
import { apiOver } from '../support/api.ts'
import { openSeatsioScene } from '../support/seatsio-scene.ts'
import { openTold } from '../support/told.ts'

const BAD = ['bad-\uffff-text', 'bad-\ufffe-text', 'bad-\ud800-text']

test.each(BAD)(
  '%j is refused wherever a text is kept as it is, by the name of the field',
  async (bad) => {
    const scene = await openSeatsioScene()
    const { api } = scene
    const native = apiOver(scene.runtime)
    const seats = '/api/v1/events/gala/seats' as const
    const label = 'A-1'
    const holdToken = 'token-of-ada'
    const refused: [`${string} /${string}`, object, string][] = [
      [`POST ${seats}/hold`, { objectLabel: label, holdToken: bad }, 'holdToken'],
      [`POST ${seats}/hold`, { objectLabel: bad, holdToken }, 'objectLabel'],
      [`POST ${seats}/extend`, { labels: [label], holdToken: bad }, 'holdToken'],
      [`POST ${seats}/book`, { objectLabels: [label], holdToken: bad }, 'holdToken'],
      [`POST ${seats}/book`, { objectLabels: [label, bad], holdToken }, 'objectLabels'],
      [`POST ${seats}/release`, { objectLabels: [label], holdToken: bad }, 'holdToken'],
      ['POST /api/v1/events', { chartKey: 'hall', name: bad }, 'name'],
      ['POST /api/v1/events', { chartKey: 'hall', name: 'Night', eventKey: bad }, 'eventKey'],
      ['POST /api/v1/charts', { name: bad, draftVersion: drawChart({}) }, 'name'],
    ]
    for (const [request, body, field] of refused) {
      const answer = await native(request, body)
      expect([request, answer.status]).toEqual([request, 400])
      expect(JSON.stringify(answer.body)).toContain(field)
    }
    const action = 'POST /events/gala/actions' as const
    const refusedToo: [`${string} /${string}`, object, string][] = [
      [`${action}/hold`, { objects: [label], holdToken: bad }, '#/holdToken'],
      [`${action}/book`, { objects: [bad] }, '#/objects/0'],
      [`${action}/book`, { objects: [label], orderId: bad }, '#/orderId'],
      [
        `${action}/book`,
        { objects: [{ objectId: label, ticketType: bad }] },
        '#/objects/0/ticketType',
      ],
      [`${action}/change-object-status`, { objects: [label], status: bad }, '#/status'],
      [
        `${action}/put-up-for-resale`,
        { objects: [label], resaleListingId: bad },
        '#/resaleListingId',
      ],
      ['POST /events', { chartKey: 'hall', eventKey: bad }, '#/eventKey'],
      ['POST /events', { chartKey: 'hall', name: bad }, '#/name'],
      ['POST /charts', { name: bad }, '#/name'],
    ]
    for (const [request, body, field] of refusedToo) {
      const answer = await api(request, body)
      expect([request, answer.status]).toEqual([request, 400])
      expect(JSON.stringify(answer.body)).toContain(field)
    }
  },
)

test.each([...BAD, '\u0000\u0008\u001f\u007f\u2028', '\ud83d\ude00'])(
  'extra data with %j are kept and told as they came, on both surfaces',
  async (text) => {
    const scene = await openSeatsioScene()
    const told = await openTold(scene)
    const extraData = { [text]: [text] }
    const booking = { objectLabels: ['A-1'], holdToken: 'token-of-ada' }
    await scene.native('POST /api/v1/events/gala/seats/hold', booking)
    const book = await scene.native('POST /api/v1/events/gala/seats/book', {
      ...booking,
      extraData,
    })
    expect(book).toMatchObject({ status: 200 })
    await scene.change({ objects: [{ objectId: 'A-2', extraData }], status: 'booked' })
    await told.relay()
    const booked = told.notices().filter(({ type }) => type === 'seat.booked')
    expect(booked.map(({ objectLabel }) => objectLabel)).toEqual(['A-1', 'A-2'])
    for (const notice of booked) expect(toldNotice(notice)).toMatchObject({ extraData })
    expect((await scene.info('A-1'))['extraData']).toEqual(extraData)
  },
)

test('an imported chart may have no such labels; with such a name it is told under one that queues take', async () => {
  const scene = await openSeatsioScene()
  const told = await openTold(scene)
  const rows = [
    { label: 'A', seats: [seat('1')] },
    { label: '\uffff', seats: [seat('1')] },
  ]
  const importing = (kept: object[]) => {
    const drawing = drawChart({ rows: kept, focalPoint: { x: 0, y: 0 } })
    return scene.api('POST /system/public/charts/odd', { ...drawing, name: 'Odd \uffff hall' })
  }
  expect((await importing(rows)).status).toBe(400)
  expect((await importing(rows.slice(0, 1))).status).toBe(201)
  await scene.api('POST /events', { chartKey: 'odd', eventKey: 'odd-night' })
  const answer = await scene.api('POST /events/odd-night/actions/book', { objects: ['A-1'] })
  expect(answer.status).toBe(204)
  await told.relay()
  const [notice] = told.notices().filter(({ event }) => event.eventKey === 'odd-night')
  expect(notice).toMatchObject({ chart: { name: 'Odd \ufffd hall' } })
})

function seat(label: string) {
  return { label, x: 20, y: 60, categoryKey: 1 }
}
