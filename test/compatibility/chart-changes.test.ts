import { CategoryUpdateParams, ChartListParams, type Chart } from 'seatsio'
import { expect, test } from 'vitest'
import { drawChart, rowDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

const categories = [
  { key: 1, label: 'Stalls', color: '#1c7ed6', accessible: false },
  { key: 'vip', label: 'Hospitality', color: 'blue', accessible: true },
]

test('a chart is created, changed and read', async () => {
  const { client } = await startSeatsio()
  const chart = await client.charts.create('Hall', 'WITH_SECTIONS_AND_FLOORS', categories)
  expect(chart).toMatchObject({ name: 'Hall', status: 'NOT_USED', tags: [], archived: false })
  expect(await client.charts.retrievePublishedVersion(chart.key)).toMatchObject({
    name: 'Hall',
    venueType: 'WITH_SECTIONS_AND_FLOORS',
    categories: { list: categories },
  })
  await client.charts.update(chart.key, 'Other', categories.slice(1))
  expect(await client.charts.retrieve(chart.key)).toMatchObject({ name: 'Other' })
  expect(await client.charts.listCategories(chart.key)).toEqual(categories.slice(1))
  const blank = await client.charts.create()
  expect(blank).toMatchObject({ name: 'Untitled chart', venueType: 'SIMPLE' })
  await expect(client.charts.create('x', null, ['Stalls' as never])).rejects.toMatchObject({
    status: 400,
    messages: ['#/categories/0: expected type: JSONObject, found: String'],
  })
})

test('categories are added, changed and taken away', async () => {
  const { client } = await startSeatsio()
  const { key } = await client.charts.create('Hall', null, categories)
  await client.charts.addCategory(key, { key: 3, label: 'Three', color: 'red', accessible: false })
  const params = new CategoryUpdateParams().withLabel('New').withColor('green')
  await client.charts.updateCategory(key, 'vip', params)
  await client.charts.removeCategory(key, 1)
  expect(await client.charts.listCategories(key)).toEqual([
    { key: 'vip', label: 'New', color: 'green', accessible: true },
    { key: 3, label: 'Three', color: 'red', accessible: false },
  ])
  for (const call of [
    client.charts.removeCategory(key, 'none'),
    client.charts.updateCategory(key, 'none', params),
  ]) {
    await expect(call).rejects.toMatchObject({ status: 404, messages: ['category not found'] })
  }
})

test('an edit of a chart in use is a draft, which is published or given up', async () => {
  const { client } = await startSeatsio()
  const { key } = await client.charts.create('Old')
  await client.events.create(key)
  await client.charts.update(key, 'New')
  const drafted = await client.charts.retrieve(key)
  expect(drafted).toMatchObject({ name: 'New', status: 'PUBLISHED_WITH_DRAFT' })
  expect((await fetch(String(drafted.draftVersionThumbnailUrl))).status).toBe(200)
  const picture = (await client.charts.retrieveDraftVersionThumbnail(key)) as Buffer
  expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG')
  expect(await client.charts.retrieveDraftVersion(key)).toMatchObject({ name: 'New' })
  expect(await client.charts.validateDraftVersion(key)).toEqual({ errors: [], warnings: [] })
  expect((await client.charts.copyDraftVersion(key)).name).toBe('New (copy)')
  await client.charts.discardDraftVersion(key)
  expect(await client.charts.retrieve(key)).toMatchObject({ name: 'Old', status: 'PUBLISHED' })
  await client.charts.update(key, 'Newer')
  await client.charts.publishDraftVersion(key)
  expect(await client.charts.retrieve(key)).toMatchObject({ name: 'Newer', status: 'PUBLISHED' })
  expect(await client.charts.validatePublishedVersion(key)).toEqual({ errors: [], warnings: [] })
})

test('charts are listed by pages, name and tag, with what is asked for', async () => {
  const { client } = await startSeatsio()
  const keys: string[] = []
  for (let index = 0; index < 25; index += 1) {
    keys.unshift((await client.charts.create(`Chart ${index}`)).key)
  }
  const [newest = '', second = ''] = keys
  const listed: string[] = []
  for await (const chart of client.charts.listAll() as AsyncIterable<Chart>) listed.push(chart.key)
  expect(listed).toEqual(keys)
  const first = await client.charts.listFirstPage(null, 10)
  const next = await client.charts.listPageAfter(first.nextPageStartsAfter ?? 0, null, 10)
  expect(next.items.map(({ key }) => key)).toEqual(keys.slice(10, 20))
  const back = await client.charts.listPageBefore(next.previousPageEndsBefore ?? 0, null, 10)
  expect(back.items.map(({ key }) => key)).toEqual(keys.slice(0, 10))
  await client.charts.addTag(newest, 'a/b "c"')
  const event = await client.events.create(newest)
  const params = new ChartListParams()
    .withTag('a/b "c"')
    .withFilter('chart')
    .withExpandEvents(true)
    .withExpandValidation(true)
    .withExpandVenueType(true)
    .withExpandZones(true)
    .withEventsLimit(3)
  const { items } = await client.charts.listFirstPage(params)
  expect(items).toMatchObject([{ key: newest, venueType: 'SIMPLE', events: [event] }])
  const filtered = await client.charts.listFirstPage(new ChartListParams().withFilter('chart 23'))
  expect(filtered.items.map(({ key }) => key)).toEqual([second])
})

test('tags and the archive', async () => {
  const { client } = await startSeatsio()
  const { key } = await client.charts.create('Hall')
  for (const tag of ['<b>:', 'é +']) await client.charts.addTag(key, tag)
  expect(await client.charts.listAllTags()).toEqual(['<b>:', 'é +'])
  await client.charts.removeTag(key, '<b>:')
  expect((await client.charts.retrieve(key)).tags).toEqual(['é +'])
  await expect(client.charts.removeTag(key, 'none')).rejects.toMatchObject({ status: 404 })
  await client.charts.moveToArchive(key)
  await expect(client.charts.moveToArchive(key)).rejects.toMatchObject({ status: 400 })
  const archived: string[] = []
  for await (const chart of client.charts.archive.all() as AsyncIterable<Chart>) {
    archived.push(chart.key)
  }
  expect([archived, (await client.charts.listFirstPage()).items]).toEqual([[key], []])
  await client.charts.moveOutOfArchive(key)
  await expect(client.charts.moveOutOfArchive(key)).rejects.toMatchObject({ status: 400 })
  expect((await client.charts.archive.firstPage()).items).toEqual([])
})

test('charts are copied, also into other workspaces', async () => {
  const { client, clientWith, adminKey, workspace, importChart } = await startSeatsio()
  await importChart('hall', rowDrawing({ name: 'Hall' }))
  await client.charts.addTag('hall', 'indoor')
  const copy = await client.charts.copy('hall')
  expect(copy).toMatchObject({ name: 'Hall (copy)', tags: ['indoor'], status: 'NOT_USED' })
  const admin = clientWith(adminKey)
  const other = await admin.workspaces.create('Other')
  const copies = [
    await admin.charts.copyToWorkspace('hall', other.key),
    await admin.charts.copyFromWorkspaceTo('hall', workspace.key, other.key),
  ]
  for (const { key, name, tags } of copies) {
    expect([name, tags]).toEqual(['Hall', []])
    const there = clientWith(other.secretKey)
    expect((await there.charts.retrieve(key)).name).toBe('Hall')
    expect((await there.events.create(key)).chartKey).toBe(key)
  }
})

test('an invalid draft is refused as the client reads it', async () => {
  const { client, clientWith, adminKey, importChart } = await startSeatsio()
  await importChart('hall', drawChart({ focalPoint: null }))
  await client.events.create('hall')
  await client.charts.update('hall', 'Draft')
  const admin = clientWith(adminKey)
  await admin.client.post('/accounts/me/settings', { key: 'VALIDATE_FOCAL_POINT', value: 'ERROR' })
  expect(await client.charts.validateDraftVersion('hall')).toEqual({
    errors: ['VALIDATE_FOCAL_POINT'],
    warnings: [],
  })
  const message = 'Failed to publish chart [key: hall]: invalid draft drawing'
  await expect(client.charts.publishDraftVersion('hall')).rejects.toMatchObject({
    status: 400,
    messages: [message],
    errors: [
      {
        code: 'DRAWING_VALIDATION_FAILED',
        message,
        data: { failedValidations: ['VALIDATE_FOCAL_POINT'] },
      },
    ],
  })
})
