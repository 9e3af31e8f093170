import { expect, test } from 'vitest'
import { SOLD_TOLD_MAX, soldReport, type SoldChange } from '../../lib/rules/sold.ts'
import { refusalTable } from '../../lib/refusals/refusal-table.ts'
import { rowDrawing } from '../support/drawings.ts'
import { intercepted, isCommand } from '../support/intercepted.ts'
import { seatsioOver } from '../support/seatsio.ts'
import { errorOf, openSeatsioScene, type SeatsioScene } from '../support/seatsio-scene.ts'

// How much publishing looks at for what is sold, and what it says of the rest.

const IMPORT = 'POST /system/public/charts/hall'

/** Rows A and B, and then without row A. */
const FORMER = rowDrawing({ seatsPerRow: 10 })
const WITHOUT_A = rowDrawing({ seatsPerRow: 10, rows: 1, firstRow: 'B' })
const EVENTS_READ_MAX = 1_000

/** Adds events to the two that are on the chart already; the newest is the last. */
async function addEvents({ api }: SeatsioScene, count: number) {
  for (let made = 0; made < count; made += 100) {
    const events = Array.from({ length: Math.min(100, count - made) }, (_, index) => ({
      eventKey: `e${made + index}`,
    }))
    await api('POST /events/actions/create-multiple', { chartKey: 'hall', events })
  }
}

test('a drawing that takes no label and changes no category reads no event, however many there are', async () => {
  const { api, calls } = await openSeatsioScene(FORMER)
  await api('POST /events/gala/actions/book', { objects: ['A-1'] })
  const more = rowDrawing({ seatsPerRow: 12, rows: 3, name: 'Larger' })
  await api(`${IMPORT}?ifUnsold=true`, FORMER)
  calls.clear()
  expect((await api(`${IMPORT}?ifUnsold=true&expand=soldObjects`, more)).status).toBe(201)
  const read = calls.all.map(({ operation }) => operation)
  expect(read.filter((operation) => operation === 'Query')).toEqual([])
  expect(read.filter((operation) => operation === 'BatchGetItem').length).toBeLessThanOrEqual(2)
})

test('few labels are read one by one, and many with the whole event: the same is found', async () => {
  const wide = (firstRow: string, rows: number) => rowDrawing({ seatsPerRow: 60, rows, firstRow })
  const { api, calls } = await openSeatsioScene(wide('A', 4))
  await api('POST /events/gala/actions/book', { objects: ['A-1', 'B-60', 'D-1'] })
  const found = async (drawing: object) => {
    calls.clear()
    const { body } = await api(`${IMPORT}?dryRun=true`, drawing)
    const queries = calls.all.filter(({ operation }) => operation === 'Query').length
    return [body?.['soldObjects'], queries] as const
  }
  // The events of the chart are one query; a whole event is one for each of its sixteen shards.
  expect(await found(wide('B', 3))).toMatchObject([{ vanishing: 1 }, 1])
  expect(await found(wide('C', 2))).toMatchObject([{ vanishing: 2 }, 1 + 2 * 16])
})

test('of a chart with more events the newest thousand are looked at, and the rest is counted', async () => {
  const scene = await openSeatsioScene(FORMER)
  const { api } = scene
  await addEvents(scene, EVENTS_READ_MAX - 2)
  await api('POST /events/gala/actions/book', { objects: ['A-1'] })
  const seen = await api(`${IMPORT}?dryRun=true`, WITHOUT_A)
  expect(seen.body).toMatchObject({ soldObjects: { vanishing: 1, eventsUnread: 0 } })
  // One more, and the oldest is not looked at.
  await api('POST /events', { chartKey: 'hall', eventKey: 'last' })
  const some = await api(`${IMPORT}?dryRun=true`, WITHOUT_A)
  expect(some.body).toMatchObject({ soldObjects: { vanishing: 0, eventsUnread: 1 } })
  const refused = await api(`${IMPORT}?ifUnsold=true`, WITHOUT_A)
  expect([refused.status, errorOf(refused)['message']]).toEqual([
    400,
    'Nothing was changed: what is sold in 1 event(s) could not be read in time. Leave out ifUnsold, or try again',
  ])
  // Who does not insist gets it published, and is told what is not known.
  const published = await api(`${IMPORT}?expand=soldObjects`, WITHOUT_A)
  expect(published.body).toMatchObject({ soldObjects: { eventsUnread: 1 } })
}, 120_000)

test('reading ends with its time, and says of how many events it does not know', async () => {
  const scene = await openSeatsioScene(FORMER)
  await addEvents(scene, 14)
  const { clock } = scene
  let takesMs = 0
  const store = intercepted(scene.runtime.store, {
    reads: async (command, send) => {
      if (isCommand(command, 'BatchGetCommand')) clock.advance(takesMs)
      return send()
    },
  })
  const api = seatsioOver({ ...scene.runtime, store })
  await api(`${IMPORT}?dryRun=true`, WITHOUT_A)
  takesMs = 2_000
  const { body } = await api(`${IMPORT}?dryRun=true`, WITHOUT_A)
  expect(body).toMatchObject({ soldObjects: { eventsUnread: 8 } })
  takesMs = 0
  const quick = await api(`${IMPORT}?dryRun=true`, WITHOUT_A)
  expect(quick.body).toMatchObject({ soldObjects: { eventsUnread: 0 } })
})

test('a report names the first thousand objects of all events together, and counts them all', () => {
  const changes = (count: number): SoldChange[] =>
    Array.from({ length: count }, (_, index) => ({
      label: `A-${index}`,
      state: { status: 'booked' },
      effect: 'vanishes',
    }))
  const found = [
    { eventKey: 'one', changes: changes(SOLD_TOLD_MAX - 1) },
    { eventKey: 'none', changes: [] },
    { eventKey: 'two', changes: changes(3) },
    { eventKey: 'three', changes: changes(2) },
  ]
  const report = soldReport(found)
  expect(report).toMatchObject({ vanishing: SOLD_TOLD_MAX + 4, recategorized: 0, eventsUnread: 0 })
  const told = report.events.map(({ eventKey, vanishing, objects }) => [
    eventKey,
    vanishing,
    objects.length,
  ])
  expect(told).toEqual([
    ['one', SOLD_TOLD_MAX - 1, SOLD_TOLD_MAX - 1],
    ['two', 3, 1],
    ['three', 2, 0],
  ])
  const says = refusalTable['sold-objects-affected'].says({
    code: 'sold-objects-affected',
    ...report,
  })
  expect(says).toMatch(/A-19 of one would vanish, and 984 more$/)
})
