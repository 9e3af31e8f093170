import { expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
import { testKeys } from '../../../support/holdfast.ts'
import { openSeatsioCompany } from '../../../support/seatsio-company.ts'
import { DAY_MS } from '../../../../lib/limits/durations.ts'
import { LOG_DAYS, REVISION_COPIES } from '../../../../lib/limits/limits.ts'

interface LogItem {
  readonly id: number
  readonly type: string
  readonly timestamp: string
  readonly data: { readonly workspaceKey: string; readonly key: string }
}

/** A company with a chart and an event, whose log was read so far. */
async function open() {
  const company = await openSeatsioCompany()
  const { admin } = company
  const page = async (query = '') => {
    const { body } = await admin(`GET /event-log?${query}`)
    return body as unknown as {
      items: LogItem[]
      next_page_starts_after?: string
      previous_page_ends_before?: string
    }
  }
  await admin('POST /system/public/charts/hall', rowDrawing())
  await admin('POST /events', { chartKey: 'hall', eventKey: 'gala' })
  let seen = (await page()).items.at(-1)?.id ?? 0
  /** What was logged since the last look. */
  const news = async () => {
    const { items } = await page(`start_after_id=${seen}`)
    seen = items.at(-1)?.id ?? seen
    return items.map(({ type, data }) => `${type} ${data.key}`)
  }
  const update = (body: object, event = 'gala') => admin(`POST /events/${event}`, body)
  return { ...company, page, news, update }
}

test('a plain event logs nothing, and an import that its chart was created', async () => {
  const { page, workspace, clock } = await open()
  const { items } = await page()
  expect(items).toEqual([
    {
      id: expect.any(Number) as number,
      type: 'chart.created',
      timestamp: new Date(clock.now()).toISOString(),
      data: { workspaceKey: workspace.key, key: 'hall' },
    },
  ])
})

test('categories and tables of an event are logged when they are others than before', async () => {
  const { update, news } = await open()
  const categories = 'event.categories.updated gala'
  const tables = 'event.table.booking.config.updated gala'
  await update({ objectCategories: { 'A-1': 1, 'A-2': 1 } })
  expect(await news()).toEqual([categories])
  await update({ objectCategories: { 'A-2': 1, 'A-1': 1 } })
  expect(await news()).toEqual([])
  await update({ objectCategories: { 'A-1': '1', 'A-2': 1 } })
  expect(await news()).toEqual([categories])
  await update({ tableBookingConfig: { mode: 'CUSTOM', tables: { T1: 'BY_TABLE' } } })
  await update({ tableBookingConfig: { mode: 'CUSTOM', tables: { T1: 'BY_SEAT' } } })
  await update({ tableBookingConfig: { mode: 'CUSTOM', tables: { T1: 'BY_SEAT' } } })
  expect(await news()).toEqual([tables, tables])
  await update({ tableBookingConfig: { mode: 'INHERIT' }, objectCategories: null })
  expect(await news()).toEqual([categories, tables])
  await update({ tableBookingConfig: { mode: 'INHERIT' }, objectCategories: {} })
  await update({ name: 'Gala', date: '2031-05-17', categories: [{ key: 1, label: 'One' }] })
  expect(await news()).toEqual([])
})

test('an event that is renamed at once is logged under its new key', async () => {
  const { update, news } = await open()
  await update({ eventKey: 'ball', objectCategories: { 'A-1': 1 } })
  expect(await news()).toEqual(['event.categories.updated ball'])
})

test('what is refused, or repeated under a key, is not logged', async () => {
  const { admin, update, news } = await open()
  await admin('POST /events', { chartKey: 'hall', eventKey: 'ball' })
  await update({ eventKey: 'ball', objectCategories: { 'A-1': 1 } })
  await update({ objectCategories: { 'A-1': 1 } }, 'nothing')
  expect(await news()).toEqual([])
  const headers = ['Idempotency-Key', 'once']
  const assign = () => admin('POST /events/gala', { objectCategories: { 'A-1': 1 } }, headers)
  expect([(await assign()).status, (await assign()).status]).toEqual([204, 204])
  expect(await news()).toEqual(['event.categories.updated gala'])
})

test('two changes at once are both logged, each once', async () => {
  const { admin, update, news } = await open()
  await admin('POST /events', { chartKey: 'hall', eventKey: 'ball' })
  await Promise.all([
    update({ objectCategories: { 'A-1': 1 } }),
    update({ tableBookingConfig: { mode: 'ALL_BY_SEAT' } }),
    update({ objectCategories: { 'A-1': 1 } }, 'ball'),
  ])
  expect((await news()).toSorted()).toEqual([
    'event.categories.updated ball',
    'event.categories.updated gala',
    'event.table.booking.config.updated gala',
  ])
})

test('the log is of all workspaces of a company, and of no other company', async () => {
  const { admin, api, page, createWorkspace, workspace } = await open()
  const other = await createWorkspace('Box office')
  await admin('POST /system/public/charts/park', rowDrawing(), ['X-Workspace-Key', other.key])
  await api('POST /system/public/charts/theirs', rowDrawing())
  const { items } = await page()
  expect(items.map(({ data }) => [data.workspaceKey, data.key])).toEqual([
    [workspace.key, 'hall'],
    [other.key, 'park'],
  ])
  const theirs = await api('GET /event-log', undefined, { key: testKeys.admin })
  expect((theirs.body?.['items'] as LogItem[]).map(({ data }) => data.key)).toEqual(['theirs'])
})

test('the log is paged oldest first, in both directions, from 0 on', async () => {
  const { admin, page } = await open()
  for (const key of ['b', 'c', 'd', 'e']) {
    await admin(`POST /system/public/charts/${key}`, rowDrawing())
  }
  const { items } = await page()
  const ids = items.map(({ id }) => id)
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  const told = async (query: string) => {
    const found = await page(query)
    const names = new Map(items.map(({ id, data }) => [String(id), data.key]))
    return [
      found.items.map(({ data }) => data.key).join(' '),
      names.get(found.previous_page_ends_before ?? ''),
      names.get(found.next_page_starts_after ?? ''),
    ]
  }
  expect(await told('limit=2')).toEqual(['hall b', undefined, 'b'])
  expect(await told('limit=2&start_after_id=0')).toEqual(['hall b', undefined, 'b'])
  expect(await told(`limit=2&start_after_id=${ids[1]}`)).toEqual(['c d', 'c', 'd'])
  expect(await told(`limit=2&end_before_id=${ids[3]}`)).toEqual(['b c', 'b', 'c'])
  expect(await told(`start_after_id=${ids[4]}`)).toEqual(['', undefined, undefined])
})

test('a line is told for 14 days, whether or not it was taken away then', async () => {
  const { admin, page, clock } = await open()
  clock.advance(LOG_DAYS * DAY_MS - 1)
  await admin('POST /system/public/charts/park', rowDrawing())
  const keys = async () => (await page()).items.map(({ data }) => data.key)
  expect(await keys()).toEqual(['hall', 'park'])
  clock.advance(1)
  expect(await keys()).toEqual(['park'])
})

test('charts are logged when they are created and when they are published, and not otherwise', async () => {
  const { admin, news, workspace, createWorkspace } = await open()
  const { body } = await admin('POST /charts', { name: 'Blank' })
  const key = String(body?.['key'])
  await admin(`POST /charts/${key}`, { name: 'Renamed' })
  expect(await news()).toEqual([`chart.created ${key}`, `chart.published ${key}`])
  await admin('POST /charts/hall', { name: 'Another' })
  await admin('POST /charts/hall/tags/indoor')
  await admin(`POST /charts/${key}/actions/move-to-archive`)
  expect(await news()).toEqual([])
  await admin('POST /charts/hall/version/draft/actions/publish')
  expect(await news()).toEqual(['chart.published hall'])
  await admin('POST /accounts/me/draft-chart-drawings/actions/disable')
  await admin('POST /charts/hall', { name: 'At once' })
  await admin('POST /system/public/charts/hall', rowDrawing())
  expect(await news()).toEqual(['chart.published hall', 'chart.published hall'])
  const copy = await admin('POST /charts/hall/version/published/actions/copy')
  expect(await news()).toEqual([`chart.created ${String(copy.body?.['key'])}`])
  const gone = await admin('POST /events/gala/actions/move-to-new-chart-copy')
  expect(await news()).toEqual([`chart.created ${String(gone.body?.['chartKey'])}`])
  const other = await createWorkspace('Box office')
  const path = `POST /charts/hall/version/published/actions/copy/from/${workspace.key}/to/${other.key}`
  const moved = await admin(path as 'POST /')
  const { items } = (await admin('GET /event-log')).body as unknown as { items: LogItem[] }
  expect(items.at(-1)).toMatchObject({
    type: 'chart.created',
    data: { workspaceKey: other.key, key: moved.body?.['key'] },
  })
})

test('a line costs its change one item more, in the same transaction', async () => {
  const { update, calls, admin } = await open()
  await update({ name: 'x' })
  calls.clear()
  await update({ tableBookingConfig: { mode: 'ALL_BY_SEAT' } })
  expect(calls.count()).toMatchObject({ writes: 1, items: 3 + REVISION_COPIES })
  calls.clear()
  await admin('GET /event-log')
  expect(calls.count()).toMatchObject({ reads: 1, writes: 0 })
})

test('channels and sale rules are logged when they are others than before, and rules that an event begins with', async () => {
  const { admin, news } = await open()
  const post = (path: string, body?: object) => admin(`POST /events/gala/${path}`, body)
  const channels = ['event.channels.updated gala']
  const rules = ['event.for.sale.config.updated gala']
  await post('channels', { key: 'k', name: 'K', objects: ['A-1'] })
  expect(await news()).toEqual(channels)
  await post('channels/k/objects', { objects: ['A-1'] })
  expect(await news()).toEqual([])
  await post('channels/k', { name: 'Other' })
  expect(await news()).toEqual(channels)
  await admin('DELETE /events/gala/channels/k')
  expect(await news()).toEqual(channels)
  await post('actions/mark-as-not-for-sale', { objects: ['A-1'] })
  expect(await news()).toEqual(rules)
  await post('actions/mark-as-not-for-sale', { objects: ['A-1'] })
  await post('actions/edit-for-sale-config', { forSale: [{ object: 'A-2' }] })
  expect(await news()).toEqual([])
  await post('actions/mark-everything-as-for-sale')
  expect(await news()).toEqual(rules)
  await post('actions/mark-everything-as-for-sale')
  expect(await news()).toEqual([])
  const terms = {
    channels: [{ key: 'k', name: 'K' }],
    forSaleConfig: { forSale: false, objects: ['A-1'] },
  }
  await admin('POST /events', { chartKey: 'hall', eventKey: 'new', ...terms })
  expect(await news()).toEqual(['event.for.sale.config.updated new'])
  const events = Array.from({ length: 30 }, (_, index) => ({ eventKey: `e${index}`, ...terms }))
  await admin('POST /events/actions/create-multiple', { chartKey: 'hall', events })
  expect(await news()).toEqual(
    events.map(({ eventKey }) => `event.for.sale.config.updated ${eventKey}`),
  )
})
