import { describe, expect, test } from 'vitest'
import { drawRow, drawSeat, drawChart, quaysideDrawing } from '../support/drawings.ts'
import { errorOf, openSeatsioScene, verdictOf } from '../support/seatsio-scene.ts'

// What a drawing takes from sold objects, when it takes the place of another one.

const PUBLISH = 'POST /charts/hall/version/draft/actions/publish'
const NATIVE = 'POST /api/v1/charts/hall/publish'
const IMPORT = 'POST /system/public/charts/hall'

/** Row A of these seats, in category 1 unless they say another. */
function rowOf(...seats: readonly (string | [label: string, categoryKey: number | string])[]) {
  const drawn = seats.map((seat, index) => {
    const [label, categoryKey] = typeof seat === 'string' ? [seat, 1] : seat
    return drawSeat(label, { x: index * 21, categoryKey })
  })
  return drawChart({ rows: [drawRow('A', drawn)] }, { list: categories })
}

const categories = [
  { key: 1, label: 'Standard', color: '#2b8a3e' },
  { key: 'lounge', label: 'Lounge', color: '#862e9c' },
]

const FORMER = rowOf('1', '2', '3', '4', '5', '6', '7', '8')
const KEPT = rowOf('7', ['8', 'lounge'])

/**
 * A-1 booked, A-2 held, A-3 in a status of its own, A-4 in resale, A-5 held until now, A-6 free again, A-7 and A-8 booked; in another
 * event of the chart A-1 alone. A draft waits that has A-7 as it was, and A-8 in another category.
 */
async function openSold(draft = KEPT) {
  const scene = await openSeatsioScene(FORMER)
  const { api, native, change, clock } = scene
  await change({ objects: ['A-1', 'A-4', 'A-6', 'A-7', 'A-8'], status: 'booked' })
  await change({ objects: ['A-4'], status: 'resale' })
  await change({ objects: ['A-6'], status: 'free' })
  await change({ objects: ['A-3'], status: 'invited' })
  await change({ objects: ['A-5'], status: 'reservedByToken', holdToken: await scene.token(10) })
  clock.advance(10 * 60_000)
  await change({ objects: ['A-2'], status: 'reservedByToken', holdToken: await scene.token(20) })
  await api('POST /events/ball/actions/book', { objects: ['A-1'] })
  await native('PATCH /api/v1/charts/hall', { draftVersion: draft })
  return scene
}

const vanished = (label: string, status: string) => ({
  ...{ label, status, effect: 'vanishes', categoryKey: '1' },
})

const counts = (vanishing: number, changingCategory = 0) => ({
  ...{ vanishing, changingCategory, exceedingCapacity: 0 },
})

const WITH_DRAFT = { status: 'PUBLISHED_WITH_DRAFT' }

/** What the scene's draft takes. */
const TAKEN = {
  ...counts(5, 1),
  eventsUnread: 0,
  events: [
    { eventKey: 'ball', ...counts(1), objects: [vanished('A-1', 'booked')] },
    {
      eventKey: 'gala',
      ...counts(4, 1),
      objects: [
        vanished('A-1', 'booked'),
        vanished('A-2', 'reservedByToken'),
        vanished('A-3', 'invited'),
        vanished('A-4', 'resale'),
        {
          ...{ label: 'A-8', status: 'booked', effect: 'changesCategory' },
          ...{ categoryKey: '1', newCategoryKey: 'lounge' },
        },
      ],
    },
  ],
}

describe('publishing tells what it takes from sold objects', () => {
  test('on the seats.io surface to who asks: for each event, what is held, booked, in resale or in a status of its own', async () => {
    const { api } = await openSold()
    const told = await api(`${PUBLISH}?expand=soldObjects`)
    expect([told.status, told.body]).toEqual([200, { soldObjects: TAKEN }])
  })

  test('and to nobody else: the answer is the 204 that clients know', async () => {
    const { api } = await openSold()
    const { status, body } = await api(PUBLISH)
    expect([status, body]).toEqual([204, undefined])
  })

  test('on SeatBuilder\u2019s surface in a field of its own, which is there only if there is something to tell', async () => {
    const { native } = await openSold()
    const { body } = await native(NATIVE)
    expect(body).toMatchObject({ publishedVersion: 2 })
    expect(body['soldObjects']).toEqual({
      ...TAKEN,
      events: TAKEN.events.map((event) => ({
        ...event,
        objects: event.objects.map(({ label, status, effect, ...of }) => ({
          objectLabel: label,
          status: { reservedByToken: 'held', invited: 'booked' }[status] ?? status,
          effect,
          ...{ newCategoryKey: null, ...of },
        })),
      })),
    })
    expect((await native(NATIVE)).body).not.toHaveProperty('soldObjects')
  })

  test('and is told again word for word when the request is repeated', async () => {
    const { api } = await openSold()
    const publish = () =>
      api(`${PUBLISH}?expand=soldObjects`, undefined, { headers: ['Idempotency-Key', 'once'] })
    const first = await publish()
    const again = await publish()
    expect([again.status, again.text]).toEqual([200, first.text])
    expect(again.headers['idempotent-replayed']).toBe('true')
  })

  test('so does an import over a chart, beside the chart', async () => {
    const { api } = await openSold()
    const { status, body } = await api(`${IMPORT}?expand=soldObjects`, KEPT)
    expect([status, body]).toMatchObject([201, { key: 'hall', soldObjects: TAKEN }])
    expect((await api(IMPORT, KEPT)).body).not.toHaveProperty('soldObjects')
  })

  test('what was lost before is no news, and what comes back is not lost', async () => {
    const { api, native } = await openSold()
    await api(PUBLISH)
    await native('PATCH /api/v1/charts/hall', { draftVersion: rowOf('1', ['8', 'lounge']) })
    expect((await api(`${PUBLISH}?expand=soldObjects`)).body).toEqual({
      soldObjects: {
        ...counts(1),
        eventsUnread: 0,
        events: [{ eventKey: 'gala', ...counts(1), objects: [vanished('A-7', 'booked')] }],
      },
    })
  })

  test('where nothing was published before, everything sold that is not there now is told', async () => {
    const { native } = await openSold()
    await native('POST /api/v1/charts/hall/unpublish')
    const { body } = await native(NATIVE)
    expect(body['soldObjects']).toMatchObject({ vanishing: 5, changingCategory: 0 })
  })

  test('something of another kind under the label of a seat is not that seat', async () => {
    const { api } = await openSeatsioScene(quaysideDrawing())
    await api('POST /events/gala/actions/book', { objects: ['A-1', 'T2-1', 'B1'] })
    // A table of that name, sold whole; and a table that was sold by seat.
    const text = JSON.stringify(quaysideDrawing())
      .replace('"label":"B1"', '"label":"B2"')
      .replace('"label":"T2"', '"bookAsAWhole":true,"label":"T2"')
    const { body } = await api(`${IMPORT}?dryRun=true`, undefined, { raw: text })
    const [gala] = (body?.['soldObjects'] as typeof TAKEN).events
    expect(gala?.objects.map(({ label }) => label)).toEqual(['B1', 'T2-1'])
  })
})

describe('the category that counts is the one under which the event sells', () => {
  test('one that the event gives an object stands, whatever the drawing says', async () => {
    const { api } = await openSold()
    await api('POST /events/gala', { objectCategories: { 'A-8': 1 } })
    const { body } = await api(`${PUBLISH}?dryRun=true`)
    expect(body).toMatchObject({ soldObjects: { changingCategory: 0 } })
  })

  test('and falls back to the drawing\u2019s with the category that the drawing drops', async () => {
    const { api } = await openSeatsioScene(FORMER)
    await api('POST /events/gala', { objectCategories: { 'A-1': 'lounge', 'A-2': 'lounge' } })
    await api('POST /events/gala/actions/book', { objects: ['A-1'] })
    const without = { ...FORMER, categories: { list: categories.slice(0, 1) } }
    const { body } = await api(`${IMPORT}?expand=soldObjects`, without)
    expect(body?.['soldObjects']).toMatchObject({
      changingCategory: 1,
      exceedingCapacity: 0,
      events: [{ objects: [{ label: 'A-1', categoryKey: 'lounge', newCategoryKey: '1' }] }],
    })
  })
})

describe('a dry run tells the same and writes nothing', () => {
  test.each([
    ['publishing', PUBLISH, undefined],
    ['importing', IMPORT, KEPT],
  ] as const)('%s on the seats.io surface', async (_, call, body) => {
    const scene = await openSold()
    scene.calls.clear()
    const told = await scene.api(`${call}?dryRun=true`, body)
    expect(told.body).toEqual({ soldObjects: TAKEN })
    expect(scene.calls.count().writes).toBe(0)
    expect((await scene.api('GET /charts/hall')).body).toMatchObject(WITH_DRAFT)
    expect((await scene.api(PUBLISH)).status).toBe(204)
  })

  test('publishing on SeatBuilder\u2019s', async () => {
    const { native } = await openSold()
    const { body } = await native(`${NATIVE}?dryRun=true`)
    expect(body).toMatchObject({ dryRun: true, soldObjects: { vanishing: 5 } })
    expect((await native('GET /api/v1/charts/hall')).body).toMatchObject({ publishedVersion: 1 })
  })

  test('and refuses what publishing would refuse', async () => {
    const { api, native } = await openSold()
    await api(PUBLISH)
    expect((await api(`${PUBLISH}?dryRun=true`)).status).toBe(404)
    await native('PATCH /api/v1/charts/hall', { draftVersion: drawChart({}) })
    expect((await native(`${NATIVE}?dryRun=true`)).code).toBe('chart_not_publishable')
  })

  test('of a chart that is not there yet: nothing is taken, and no chart is made', async () => {
    const { api } = await openSold()
    const { status, body } = await api('POST /system/public/charts/new?dryRun=true', KEPT)
    expect([status, body]).toMatchObject([201, { soldObjects: { vanishing: 0, events: [] } }])
    expect((await api('GET /charts/new')).status).toBe(404)
  })
})

describe('with ifUnsold=true nothing is taken from sold objects', () => {
  test('seats.io\u2019s publish is refused, with the list', async () => {
    const { api } = await openSold()
    const refused = await api(`${PUBLISH}?ifUnsold=true`)
    expect(verdictOf(refused)).toBe('400 GENERAL_ERROR')
    expect(errorOf(refused)).toMatchObject({
      message:
        'Nothing was changed, since it is sold: A-1 of ball would vanish, A-1 of gala would vanish, A-2 of gala would vanish, A-3 of gala would vanish, A-4 of gala would vanish, A-8 of gala would change category',
      data: { soldObjects: TAKEN },
    })
    expect((await api('GET /charts/hall')).body).toMatchObject(WITH_DRAFT)
  })

  test('and so is its import', async () => {
    const { api } = await openSold()
    expect((await api(`${IMPORT}?ifUnsold=true`, KEPT)).status).toBe(400)
  })

  test('SeatBuilder\u2019s publish is refused, with a line for each', async () => {
    const { native } = await openSold()
    const refused = await native(`${NATIVE}?ifUnsold=true`)
    expect([refused.status, refused.code]).toEqual([409, 'sold_objects_affected'])
    const { draftVersion } = refused.body['errors'] as { draftVersion: string[] }
    expect(draftVersion).toHaveLength(6)
    expect(draftVersion[0]).toBe('ball: A-1 would vanish')
    expect(draftVersion[5]).toBe('gala: A-8 would go from 1 to lounge')
    expect((await native('GET /api/v1/charts/hall')).body).toMatchObject({ publishedVersion: 1 })
  })

  test('and each is done where it takes nothing', async () => {
    const { api, native } = await openSold(FORMER)
    expect((await api(`${PUBLISH}?ifUnsold=true`)).status).toBe(204)
    expect((await api(`${IMPORT}?ifUnsold=true`, FORMER)).status).toBe(201)
    expect((await native(`${NATIVE}?ifUnsold=true`)).body).toMatchObject({ publishedVersion: 4 })
  })

  test('it is yes or no', async () => {
    const { api, native } = await openSold()
    expect((await api(`${PUBLISH}?ifUnsold=maybe`)).status).toBe(400)
    expect((await native(`${NATIVE}?dryRun=1`)).status).toBe(400)
    expect((await api(`${PUBLISH}?ifUnsold=false&dryRun=false`)).status).toBe(204)
  })
})

describe('an event that is edited', () => {
  const MOVE = 'POST /events/gala'

  test('goes to another chart with all that is sold told, refused or as ever', async () => {
    const { api } = await openSold()
    await api('POST /system/public/charts/loft', KEPT)
    const gala = { ...TAKEN, vanishing: 4, events: TAKEN.events.slice(1) }
    const body = { chartKey: 'loft' }
    expect((await api(`${MOVE}?dryRun=true`, body)).body).toEqual({ soldObjects: gala })
    const refused = await api(`${MOVE}?ifUnsold=true`, body)
    expect([refused.status, errorOf(refused)['data']]).toEqual([400, { soldObjects: gala }])
    expect((await api('GET /events/gala')).body).toMatchObject({ chartKey: 'hall' })
    expect((await api(`${MOVE}?expand=soldObjects`, body)).body).toEqual({ soldObjects: gala })
    expect((await api('GET /events/gala')).body).toMatchObject({ chartKey: 'loft' })
    expect((await api(MOVE, { chartKey: 'hall' })).status).toBe(204)
  })

  test('sells tables otherwise, or under other categories, with the same care', async () => {
    const { api } = await openSeatsioScene(quaysideDrawing())
    await api('POST /events/gala/actions/book', { objects: ['T2-1'] })
    const edit = async (body: object) => (await api(`${MOVE}?ifUnsold=true`, body)).status
    expect(await edit({ tableBookingConfig: { mode: 'ALL_BY_TABLE' } })).toBe(400)
    expect(await edit({ tableBookingConfig: { mode: 'ALL_BY_SEAT' } })).toBe(204)
    expect(await edit({ objectCategories: { 'T2-1': 1 } })).toBe(400)
    expect(await edit({ objectCategories: { 'T2-2': 1 } })).toBe(204)
    expect(await edit({ name: 'Gala' })).toBe(204)
  })
})
