import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

test('a chart that was imported is read with its drawing, its picture and its events', async () => {
  const { client, importChart } = await startSeatsio()
  await importChart('hall', rowDrawing())
  const chart = await client.charts.retrieve('hall')
  expect(chart).toMatchObject({
    key: 'hall',
    status: 'NOT_USED',
    tags: [],
    archived: false,
    venueType: 'SIMPLE',
    validation: { errors: [], warnings: [] },
    zones: [],
    events: [],
  })
  expect(await client.charts.retrievePublishedVersion('hall')).toEqual(rowDrawing())
  const picture = (await client.charts.retrievePublishedVersionThumbnail('hall')) as Buffer
  expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG')
  const shown = await fetch(chart.publishedVersionThumbnailUrl)
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png'])
  const event = await client.events.create('hall')
  const used = await client.charts.retrieveWithEvents('hall')
  expect(used.status).toBe('PUBLISHED')
  expect(used.events).toEqual([event])
})

test('what there is not is told as the client expects it', async () => {
  const { client, workspace, importChart } = await startSeatsio()
  await importChart('hall', rowDrawing())
  const message = `Chart not found: nowhere was not found in workspace ${workspace.key}`
  await expect(client.charts.retrieve('nowhere')).rejects.toMatchObject({
    status: 404,
    messages: [message],
    errors: [{ code: 'CHART_NOT_FOUND', message }],
  })
  await expect(client.charts.retrieveDraftVersion('hall')).rejects.toMatchObject({ status: 404 })
})
