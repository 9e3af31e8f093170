import type { EventLogItem } from 'seatsio'
import { expect, test } from 'vitest'
import { rowDrawing } from '../support/drawings.ts'
import { startSeatsio } from '../support/seatsio-server.ts'

async function open() {
  const server = await startSeatsio()
  return { ...server, admin: server.clientWith(server.adminKey) }
}

function uuid(number: number): string {
  return `3f2a8c51-7d04-4e9b-a6f8-00000000000${number}`
}

async function allOf<T>(list: AsyncIterable<unknown>): Promise<T[]> {
  const all: T[] = []
  for await (const it of list) all.push(it as T)
  return all
}

test('an account is read with its keys and settings', async () => {
  const { admin, adminKey, workspace } = await open()
  const account = await admin.accounts.retrieveMyAccount()
  expect(account).toMatchObject({
    secretKey: adminKey,
    publicKey: workspace.key,
    role: 'ADMIN',
    company: { name: 'Test company' },
  })
  expect(account.settings).toEqual({
    draftChartDrawingsEnabled: true,
    holdOnSelectForGAs: true,
    holdPeriodInMinutes: 15,
    chartValidation: {
      VALIDATE_DUPLICATE_LABELS: 'OFF',
      VALIDATE_OBJECTS_WITHOUT_CATEGORIES: 'OFF',
      VALIDATE_UNLABELED_OBJECTS: 'OFF',
      VALIDATE_FOCAL_POINT: 'OFF',
      VALIDATE_OBJECT_TYPES_PER_CATEGORY: 'OFF',
      VALIDATE_EMPTY_FLOOR: 'OFF',
    },
    defaultRendererSettings: {
      showFullScreenButton: false,
      multiSelectEnabled: false,
      companionSeatValidationEnabled: false,
    },
  })
})

test('an account is changed, and what depends on it changes at once', async () => {
  const { admin, client } = await open()
  const { accounts } = admin
  await accounts.changeHoldPeriod(14)
  expect((await client.holdTokens.create()).expiresInSeconds).toBe(14 * 60)
  await accounts.updateSetting('VALIDATE_FOCAL_POINT', 'ERROR')
  await accounts.disableDraftChartDrawings()
  await accounts.changePassword('correct horse battery staple')
  const { settings } = await accounts.retrieveMyAccount()
  expect(settings).toMatchObject({
    draftChartDrawingsEnabled: false,
    holdPeriodInMinutes: 14,
    chartValidation: { VALIDATE_FOCAL_POINT: 'ERROR' },
  })
  await accounts.enableDraftChartDrawings()
  const designerKey = (await accounts.regenerateDesignerKey()) as string
  const after = await accounts.retrieveMyAccount()
  expect([after.designerKey, after.settings.draftChartDrawingsEnabled]).toEqual([designerKey, true])
})

test('a blank chart that is renamed leaves two lines in the log, and an event none', async () => {
  const { admin, workspace } = await open()
  const chart = await admin.charts.create()
  await admin.charts.update(chart.key, 'Renamed')
  const lines = await allOf<EventLogItem>(admin.eventLog.listAll())
  const data = { workspaceKey: workspace.key, key: chart.key }
  expect(lines).toMatchObject([
    { type: 'chart.created', data },
    { type: 'chart.published', data },
  ])
  await admin.events.create(chart.key)
  expect((await admin.eventLog.listFirstPage()).items).toEqual(lines)
  const [first, second] = lines
  const next = await admin.eventLog.listPageAfter(first?.id ?? 0)
  expect(next.items).toEqual([second])
  const back = await admin.eventLog.listPageBefore(second?.id ?? 0, 1)
  expect([back.items, back.nextPageStartsAfter]).toEqual([[first], String(first?.id)])
  expect((await admin.eventLog.listPageAfter(0)).items).toEqual(lines)
})

test('ticket buyers are added, listed and removed', async () => {
  const { admin } = await open()
  const { ticketBuyers } = admin
  const [one, two, three] = [uuid(1), uuid(2), uuid(3)]
  const added = await ticketBuyers.add([one, two, one])
  expect([added.added, added.alreadyPresent]).toEqual([[one, two], []])
  const again = await ticketBuyers.add([two, three])
  expect([again.added, again.alreadyPresent]).toEqual([[three], [two]])
  expect((await allOf<string>(ticketBuyers.listAll())).toSorted()).toEqual(
    [one, two, three].toSorted(),
  )
  const removed = await ticketBuyers.remove([one, uuid(4), three])
  expect(removed.removed).toEqual([one, three])
  expect(removed.notPresent).toHaveLength(1)
  expect(await allOf<string>(ticketBuyers.listAll())).toEqual([two])
  await expect(ticketBuyers.add([])).rejects.toMatchObject({
    messages: ['#/ids: expected minimum item count: 1, found: 0'],
  })
})

test('an event goes to a copy of its chart and keeps its bookings', async () => {
  const { client, importChart } = await open()
  await importChart('hall', rowDrawing())
  const event = await client.events.create('hall')
  await client.events.book(event.key, ['A-1'])
  const moved = await client.events.moveEventToChartCopy(event.key)
  expect(moved).toMatchObject({ id: event.id, key: event.key })
  expect(moved.chartKey).not.toBe('hall')
  expect((await client.charts.retrieve(moved.chartKey)).name).toMatch(/ \(copy\)$/)
  expect((await client.events.retrieveObjectInfo(event.key, 'A-1')).status).toBe('booked')
  expect(await client.events.retrieve(event.key)).toEqual(moved)
})
