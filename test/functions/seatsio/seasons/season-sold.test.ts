import { expect, test } from 'vitest'
import { rowDrawing } from '../../../support/drawings.ts'
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
