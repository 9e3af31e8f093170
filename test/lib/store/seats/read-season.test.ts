import { expect, test } from 'vitest'
import { addSeconds } from '../../../../lib/clock.ts'
import type { EventHead } from '../../../../lib/records/records.ts'
import type { RowWrite } from '../../../../lib/rules/rows.ts'
import type { SeatRow, SeatState } from '../../../../lib/rules/seat.ts'
import { refOf, type SeasonRow } from '../../../../lib/rules/season/season-row.ts'
import { commit } from '../../../../lib/store/commit/commit.ts'
import { deleteEvents, getEvent } from '../../../../lib/store/events/events.ts'
import { readSeats } from '../../../../lib/store/seats/read-seats.ts'
import type { Store } from '../../../../lib/store/table/store.ts'
import { drawTable, rowDrawing } from '../../../support/drawings.ts'
import { openHoldfast, type Holdfast } from '../../../support/holdfast.ts'
import { apiOver } from '../../../support/api.ts'
import { makeEvent } from '../../../support/scene.ts'
import { addToSeason, changeRoster, makeSeason } from '../../../support/season-scene.ts'

const drawing = rowDrawing({ plane: { tables: [drawTable('T1', 2)] } })
const booked: SeatState = { status: 'booked' }

interface SeasonScene extends Holdfast {
  readonly chartKey: string
  readonly heads: ReadonlyMap<string, EventHead>
  readonly head: (key: string) => EventHead
  readonly read: (
    eventKey: string,
    labels: readonly string[],
    store?: Store,
  ) => ReturnType<typeof readSeats>
  readonly put: (label: string, row: Partial<SeasonRow>) => Promise<void>
  readonly take: (eventKey: string, label: string, state?: SeatState) => Promise<void>
}

async function openSeason(events: number): Promise<SeasonScene> {
  const holdfast = await openHoldfast()
  const { chartKey } = await makeEvent(apiOver(holdfast.runtime), drawing)
  const context = holdfast.context()
  const keys = Array.from({ length: events }, (_, index) => `match-${index + 1}`)
  const partials = { spring: keys.slice(0, 2), autumn: keys.slice(1) }
  const heads = await makeSeason(context, { chartKey, events: keys, partials })
  const head = (key: string) => heads.get(key) ?? raise()
  const row = (state: SeatState): SeatRow => {
    return { version: 1, operationId: '01', changedAt: holdfast.clock.now(), state }
  }
  const write = async (...rows: RowWrite[]) => {
    const writes = { operationId: context.ids.ulid(), rows, checks: [], history: [], holds: [] }
    const outcome = await commit(context.store, { workspaceId: 'one', writes, receipt: undefined })
    expect(outcome.status).toBe('committed')
  }
  return {
    ...holdfast,
    chartKey,
    heads,
    head,
    read: (eventKey, labels, store = context.store) =>
      readSeats(store, { workspaceId: 'one', parts: [{ eventKey, labels }] }),
    put: (label, { parts = {}, taken = [] }) =>
      write({
        kind: 'season',
        event: refOf(head('season')),
        label,
        guard: { version: undefined },
        before: undefined,
        after: { version: 1, operationId: '01', changedAt: holdfast.clock.now(), parts, taken },
      }),
    take: (eventKey, label, state = booked) =>
      write({
        kind: 'seat',
        event: head(eventKey),
        label,
        guard: { version: undefined },
        before: { status: 'free' },
        after: row(state),
      }),
  }
}

function raise(): never {
  throw new Error('no head')
}

async function readOne({ read }: SeasonScene, eventKey: string, labels: readonly string[]) {
  const found = await read(eventKey, labels)
  const [event] = found.events ?? []
  return event ?? raise()
}

test('an event of a season is read with what the season says of its labels and of what shares their places', async () => {
  const scene = await openSeason(3)
  const part = { version: 4, operationId: '01', changedAt: scene.clock.now(), state: booked }
  await scene.put('T1', { parts: { [scene.head('spring').eventId]: part }, taken: [2] })
  await scene.take('match-3', 'T1')
  const { season, rows, event } = await readOne(scene, 'match-1', ['T1-1', 'A-1'])
  expect(event.eventKey).toBe('match-1')
  expect([...rows]).toEqual([])
  expect(season?.head.eventKey).toBe('season')
  expect(season?.roster).toMatchObject({
    next: 3,
    partials: [{ events: [0, 1] }, { events: [1, 2] }],
  })
  expect(season?.rows.get('T1')).toMatchObject({ taken: [2] })
  // What its other events have of it is nothing to an event.
  expect(season?.eventRows.size).toBe(0)
})

test('a season is read with the rows of those events that have its labels, a partial season with those of its own, and not of past ones', async () => {
  const scene = await openSeason(4)
  const names = async (key: string) => {
    const { season, rows } = await readOne(scene, key, ['A-1', 'A-2'])
    expect(rows.size).toBe(0)
    return [...(season?.eventRows.keys() ?? [])].map((name) => name.split('\n')[1]).sort()
  }
  await scene.put('A-1', { taken: [0, 3] })
  await scene.put('A-2', { taken: [1] })
  // What is held in the first of them may be free in a moment: so the others count.
  const heldUntil = addSeconds(scene.clock.now(), 600)
  await scene.take('match-1', 'A-1', { status: 'held', holdToken: 'mine', heldUntil })
  await scene.take('match-4', 'A-1')
  await scene.take('match-2', 'A-2')
  expect(await names('season')).toEqual(['A-1', 'A-1', 'A-2'])
  expect(await names('spring')).toEqual(['A-1', 'A-2'])
  await changeRoster(scene.context(), 'season', (roster) => ({
    ...roster,
    events: roster.events.map((it) => (it.number === 0 ? { ...it, isInThePast: true } : it)),
  }))
  expect(await names('spring')).toEqual(['A-2'])
  expect(await names('season')).toEqual(['A-1', 'A-2'])
})

test('of who has an object of a season one row is read, whatever their number, where that is not to be held only', async () => {
  const scene = await openSeason(82)
  await scene.put('A-1', { taken: Array.from({ length: 80 }, (_, index) => index) })
  for (const key of ['match-1', 'match-2', 'match-3']) await scene.take(key, 'A-1')
  const { season } = await readOne(scene, 'season', ['A-1'])
  expect(season?.eventRows.size).toBe(1)
  // Unless the request names an event of the season too, which it may free.
  const parts = ['season', 'match-1'].map((eventKey) => ({ eventKey, labels: ['A-1'] }))
  const both = await readSeats(scene.context().store, { workspaceId: 'one', parts })
  expect(both.events?.[0]?.season?.eventRows.size).toBe(3)
})

test.each([1, 82])(
  'of a season of %i events nothing is read of an event but the revision of its chart, and two rows for each label',
  async (events) => {
    const scene = await openSeason(events)
    for (const key of ['match-1', 'season', 'autumn', 'match-1']) await scene.read(key, ['A-1'])
    await scene.put('A-1', { taken: [events - 1] })
    await scene.take(`match-${events}`, 'A-1')
    const keysRead = async (key: string, labels: readonly string[]) => {
      scene.calls.clear()
      await scene.read(key, labels)
      return scene.calls.all.map(({ operation, input }) => {
        expect(operation).toBe('BatchGetItem')
        const [table] = Object.values(input['RequestItems'] as Record<string, { Keys: unknown[] }>)
        return table?.Keys.length
      })
    }
    expect(await keysRead('match-1', ['A-1', 'A-2'])).toEqual([1 + 2 * 2])
    expect(await keysRead('season', ['A-2', 'A-3'])).toEqual([1 + 2])
    expect(await keysRead('season', ['A-1', 'A-2'])).toEqual([1 + 2, 1])
    expect(await keysRead('autumn', ['A-2', 'A-3'])).toEqual([1 + 2])
  },
)

test('what is new in a season is known to the next request, whatever a process remembers', async () => {
  const scene = await openSeason(2)
  const context = scene.context()
  await scene.read('match-1', ['A-1'])
  await scene.read('season', ['A-1'])
  const { context: other } = { context: { ...context, store: scene.freshRuntime().store } }
  await addToSeason(other, 'season', 'match-3')
  await scene.put('A-1', { taken: [2] })
  expect((await readOne(scene, 'match-3', ['A-1'])).season?.roster.next).toBe(3)
  const { season } = await readOne(scene, 'season', ['A-1'])
  expect(season?.roster.next).toBe(3)
  expect(season?.looked.size).toBe(1)
})

test('what rows tell of partial seasons that were deleted is known to be of those, and asked about once', async () => {
  const scene = await openSeason(2)
  const part = { version: 4, operationId: '01', changedAt: scene.clock.now(), state: booked }
  await scene.put('A-1', { parts: { [scene.head('spring').eventId]: part } })
  await changeRoster(scene.context(), 'season', (roster) => ({
    ...roster,
    partials: roster.partials.filter(({ eventId }) => eventId !== scene.head('spring').eventId),
  }))
  const counts: number[] = []
  for (let time = 0; time < 3; time += 1) {
    scene.calls.clear()
    const { season } = await readOne(scene, 'match-1', ['A-1'])
    expect([...(season?.ended ?? [])]).toEqual([scene.head('spring').eventId])
    counts.push(scene.calls.count().reads)
  }
  expect(counts.slice(1)).toEqual([1, 1])
})

test('an event goes with its season, and a new one of the same key is read as what it is', async () => {
  const scene = await openSeason(1)
  const { store } = scene.runtime
  expect((await readOne(scene, 'match-1', ['A-1'])).season).toBeDefined()
  const event = (await getEvent(store, 'one', 'match-1')) ?? raise()
  expect(await deleteEvents(store, { heads: [event] })).toBe(true)
  expect(await scene.read('match-1', ['A-1'])).toEqual({ missing: 'match-1' })
  const api = apiOver(scene.runtime)
  const made = await api('POST /api/v1/events', {
    chartKey: scene.chartKey,
    eventKey: 'match-1',
    name: 'Another',
  })
  expect(made.status).toBe(201)
  expect((await readOne(scene, 'match-1', ['A-1'])).season).toBeUndefined()
})

test('what belongs to a season that has gone has gone with it', async () => {
  const scene = await openSeason(1)
  const { store } = scene.runtime
  await scene.read('match-1', ['A-1'])
  const season = (await getEvent(store, 'one', 'season')) ?? raise()
  expect(await deleteEvents(store, { heads: [season] })).toBe(true)
  for (const key of ['match-1', 'spring', 'season']) {
    expect(await scene.read(key, ['A-1'])).toEqual({ missing: key })
    expect(await scene.read(key, ['A-1'], scene.freshRuntime().store)).toEqual({ missing: key })
  }
})

test('requests that read at one moment all see what has changed, whichever of them notices first', async () => {
  const scene = await openSeason(3)
  const keys = ['season', 'spring', 'autumn', 'match-1', 'match-2', 'match-3']
  const readAll = () => Promise.all(keys.map((key) => readOne(scene, key, ['A-1'])))
  await readAll()
  await changeRoster(scene.context(), 'season', (roster) => ({ ...roster, next: 17 }))
  for (const { season } of await readAll()) expect(season?.roster.next).toBe(17)
})
