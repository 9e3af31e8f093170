import { expect, test } from 'vitest'
import { drawArea, rowDrawing } from '../../../support/drawings.ts'
import { openHall } from '../../../support/seasons.ts'

interface Report {
  readonly events: readonly { readonly eventKey?: string; readonly objects: readonly object[] }[]
}

test('a drawing tells what it takes of what is sold on a season, on its parts and in its events', async () => {
  const { must, season, api } = await openHall()
  await season({ eventKeys: ['e1'] })
  await must('POST /seasons/season/partial-seasons', { key: 'part', eventKeys: ['e1'] })
  for (const [key, label] of [
    ['season', 'B-1'],
    ['part', 'B-2'],
    ['e1', 'B-3'],
  ] as const) {
    await must(`POST /events/${key}/actions/book`, { objects: [label] })
  }
  const query = 'dryRun=true'
  const { body } = await api(`POST /system/public/charts/hall?${query}`, rowDrawing({ rows: 1 }))
  const { events } = body?.['soldObjects'] as Report
  expect(events.map((it) => [it.eventKey, it.objects.length])).toEqual([
    ['part', 1],
    ['e1', 1],
    ['season', 1],
  ])
})

test('another category on a season tells what it changes on the season, on its parts and in its events', async () => {
  const { must, season, api } = await openHall()
  await season({ eventKeys: ['e1', 'e2'], categories: [{ key: 'vip', label: 'VIP' }] })
  await must('POST /events/e2', { objectCategories: { 'A-2': 'vip' } })
  await must('POST /events/season/actions/book', { objects: ['A-1'] })
  await must('POST /events/e1/actions/book', { objects: ['A-2'] })
  const wanted = { objectCategories: { 'A-1': 'vip', 'A-2': 'vip' } }
  const refused = await api('POST /events/season?ifUnsold=true', wanted)
  expect(refused.status).toBe(400)
  const { body } = await api('POST /events/season?dryRun=true', wanted)
  const { events } = body?.['soldObjects'] as Report
  expect(events.map((it) => [it.eventKey, it.objects.length])).toEqual([
    ['season', 1],
    ['e1', 1],
  ])
})

test('a drawing with fewer places of an area tells where a season and its events have more of them together', async () => {
  const { must, season, api } = await openHall()
  const lawnOf = (capacity: number) =>
    rowDrawing({ plane: { generalAdmissionAreas: [drawArea('Lawn', capacity)] } })
  const draw = async (capacity: number, query: string) =>
    api(`POST /system/public/charts/hall${query}`, lawnOf(capacity))
  await draw(80, '')
  await season({ eventKeys: ['e1', 'e2'] })
  await must('POST /seasons/season/partial-seasons', { key: 'part', eventKeys: ['e1'] })
  for (const [key, quantity] of [
    ['season', 30],
    ['part', 5],
    ['e1', 15],
    ['e2', 10],
  ] as const) {
    await must(`POST /events/${key}/actions/book`, { objects: [{ objectId: 'Lawn', quantity }] })
  }
  const told = async (capacity: number) => {
    const { body } = await draw(capacity, '?dryRun=true')
    const { events } = body?.['soldObjects'] as Report
    return events.map((it) => it.eventKey).sort()
  }
  expect(await told(50)).toEqual([])
  expect(await told(49)).toEqual(['e1', 'part', 'season'])
  expect(await told(39)).toEqual(['e1', 'e2', 'part', 'season'])
  expect((await draw(49, '?ifUnsold=true')).status).toBe(400)
  expect((await draw(50, '?ifUnsold=true')).status).toBe(201)
})
