import { send } from '../../support/http.ts'
import type { Arena, Lane } from './lane.ts'
import type { KnownEvent, Memory } from './memory.ts'
import { claimsOn } from './places.ts'
import { note, type FuzzReport } from './report.ts'
import { viewFaults } from './views.ts'
import type { Workspace, World } from './world.ts'

/** What a run leaves behind. */
export interface Aftermath {
  readonly world: World
  readonly lanes: readonly Lane[]
  readonly arena: Arena
  readonly report: FuzzReport
}

interface Page {
  readonly items: readonly Record<string, unknown>[]
  readonly total: number
}

interface Shown {
  readonly objectLabel: string
  readonly status: 'held' | 'booked'
  readonly categoryKey: string | null
  readonly holdToken: string | null
  /** Of areas that are sold by places, which are shown once for each hold. */
  readonly quantity?: number
}

interface Reports {
  readonly byStatus: Readonly<Record<Shown['status'], number>>
  readonly byCategory: readonly { status: string; categoryKey: string | null; count: number }[]
}

/** Pages that are read of one list, before it counts as endless. */
const PAGES_MAX = 1_000

/** Reads everything back; notes what does not agree with itself, or with what the lanes were told. */
export async function checkInvariants({ world, lanes, arena, report }: Aftermath): Promise<void> {
  const told = new Map(lanes.map((lane) => [lane.workspace, lane]))
  const check = async (faultsOf: () => Promise<string[]>) => {
    const faults = await faultsOf().catch((error: unknown) => [`reading back: ${String(error)}`])
    note(report, faults)
  }
  for (const workspace of [...world.lanes, arena.workspace]) {
    const read = readerOf(world, workspace)
    const lane = told.get(workspace)
    await check(async () => {
      const charts = await readList(read, 'charts', 7)
      const events = await readList(read, 'events', 9)
      for (const { key } of events.keys) {
        await check(() => eventFaults(read, key))
        const known = lane?.memory.events.find(({ eventKey }) => eventKey === key)
        await check(() => viewFaults({ world, workspace, eventKey: key, known }))
      }
      const faults = [...listFaults('charts', charts), ...listFaults('events', events)]
      if (lane === undefined) return faults
      return [...faults, ...(await toldFaults(lane, { charts, events, read, world }))]
    })
  }
}

type Read = (path: string) => Promise<Record<string, unknown>>

function readerOf({ url }: World, { secret }: Workspace): Read {
  return async (path) => {
    const reply = await send(url, path, { headers: { 'X-Api-Key': secret } })
    if (reply.status !== 200) throw new Error(`${path} answers ${reply.status}`)
    return JSON.parse(reply.body.toString('utf8')) as Record<string, unknown>
  }
}

interface List {
  readonly keys: readonly { key: string }[]
  readonly totals: readonly number[]
}

/** Reads all pages of a list. */
async function readList(read: Read, name: 'charts' | 'events', limit: number): Promise<List> {
  const field = name === 'charts' ? 'chartKey' : 'eventKey'
  const keys: { key: string }[] = []
  const totals: number[] = []
  for (let page = 1; page <= PAGES_MAX; page++) {
    const { items, total } = (await read(
      `/api/v1/${name}?page=${page}&limit=${limit}`,
    )) as unknown as Page
    totals.push(total)
    keys.push(...items.map((item) => ({ key: String(item[field]) })))
    if (items.length < limit) break
  }
  return { keys, totals }
}

function listFaults(name: string, { keys, totals }: List): string[] {
  const honest = totals.every((total) => total === keys.length)
  const once = new Set(keys.map(({ key }) => key)).size === keys.length
  return [
    ...(honest
      ? []
      : [`the list of ${name} has ${keys.length} items and tells ${totals.join(', ')}`]),
    ...(once ? [] : [`the list of ${name} has an item twice`]),
  ]
}

interface Back {
  readonly charts: List
  readonly events: List
  readonly read: Read
  readonly world: World
}

/** A lane is alone in its workspace: what it was told and what is there are the same. */
async function toldFaults(
  { memory }: Lane,
  { charts, events, read, world }: Back,
): Promise<string[]> {
  const faults = [
    ...differences(
      'charts',
      memory.charts.filter((it) => !it.isArchived).map(({ chartKey }) => chartKey),
      charts,
    ),
    ...differences(
      'events',
      [...memory.events.map(({ eventKey }) => eventKey), ...keysOfSeasons(memory)],
      events,
    ),
  ]
  for (const { chartKey, draft } of memory.charts) {
    if (draft.drawing === undefined) continue
    const shown = await read(`/api/v1/charts/${encodeURIComponent(chartKey)}/layout?version=draft`)
    if (JSON.stringify(shown) !== JSON.stringify(JSON.parse(JSON.stringify(draft.drawing)))) {
      faults.push(`the draft of ${chartKey} came back as another`)
    }
  }
  for (const event of memory.events) {
    const { eventKey } = event
    const { objects } = (await read(pathOf(eventKey, 'status'))) as unknown as { objects: Shown[] }
    const oversold = [...event.places].filter(([, { isOversold }]) => isOversold)
    faults.push(...oversold.map(([label]) => `${eventKey} sold more of ${label} than there is`))
    const shown = countByHolder(
      objects
        .filter(({ objectLabel }) => event.places.get(objectLabel)?.isUnsure !== true)
        .map(({ objectLabel: label, holdToken, quantity }) => ({ label, holdToken, quantity })),
    )
    const expected = countByHolder(takenOf(event, world.now()))
    if (shown.sort().join('\n') !== expected.sort().join('\n')) {
      faults.push(
        `${eventKey} shows ${JSON.stringify(shown)}, told was ${JSON.stringify(expected)}`,
      )
    }
  }
  return faults
}

interface Holding {
  readonly label: string
  readonly holdToken: string | null
  readonly quantity: number | undefined
}

/** What is taken of an event, as far as is known. */
function takenOf({ taken, places }: KnownEvent, now: number): Holding[] {
  const live = [...taken].filter(([, { until }]) => until > now)
  const sure = [...places].filter(([, { isUnsure }]) => !isUnsure)
  return [
    ...live.map(([label, { token = null }]) => ({ label, holdToken: token, quantity: undefined })),
    ...sure.flatMap(([label]) =>
      claimsOn(places, label, now).map(({ token = null, count: quantity }) => {
        return { label, holdToken: token, quantity }
      }),
    ),
  ]
}

function keysOfSeasons({ seasons }: Memory): string[] {
  return seasons.flatMap(({ seasonKey, events, partials }) => {
    return [seasonKey, ...events, ...partials.map(({ key }) => key)]
  })
}

/** One text for each object, of areas for all places that one token holds. */
function countByHolder(holdings: readonly Holding[]): string[] {
  const counts = new Map<string, number>()
  for (const { label, holdToken, quantity = 1 } of holdings) {
    const name = `${label} ${String(holdToken)}`
    counts.set(name, (counts.get(name) ?? 0) + quantity)
  }
  return [...counts].map(([name, count]) => `${count} ${name}`)
}

function differences(name: string, told: readonly string[], { keys }: List): string[] {
  const there = new Set(keys.map(({ key }) => key))
  const missing = told.filter((key) => !there.has(key))
  const more = [...there].filter((key) => !told.includes(key))
  return [
    ...missing.map((key) => `${key} is not in the list of ${name}`),
    ...more.map((key) => `${key} is in the list of ${name}, but no answer told of it`),
  ]
}

/** Status, reports and layout of an event agree. */
async function eventFaults(read: Read, eventKey: string): Promise<string[]> {
  const { objects } = (await read(pathOf(eventKey, 'status'))) as unknown as { objects: Shown[] }
  const { byStatus, byCategory } = (await read(pathOf(eventKey, 'reports'))) as unknown as Reports
  const seats = objects.filter(({ quantity }) => quantity === undefined)
  const labels = new Set(seats.map(({ objectLabel }) => objectLabel))
  const faults = labels.size === seats.length ? [] : [`${eventKey} shows a seat twice`]
  for (const status of ['held', 'booked'] as const) {
    const shown = objects.filter((seat) => seat.status === status)
    const rows = byCategory.filter((row) => row.status === status)
    const sum = rows.reduce((total, { count }) => total + count, 0)
    const all = placesIn(shown)
    if (byStatus[status] !== all || sum !== all) {
      faults.push(
        `${eventKey}: ${all} places are ${status}, reports count ${byStatus[status]}, by category ${sum}`,
      )
    }
    for (const { categoryKey, count } of rows) {
      const inCategory = placesIn(shown.filter((seat) => seat.categoryKey === categoryKey))
      if (inCategory !== count) {
        faults.push(
          `${eventKey}: ${count} reported ${status} in ${String(categoryKey)}, ${inCategory} shown`,
        )
      }
    }
  }
  return faults
}

function placesIn(shown: readonly Shown[]): number {
  return shown.reduce((all, { quantity = 1 }) => all + quantity, 0)
}

function pathOf(eventKey: string, what: string): string {
  return `/api/v1/events/${encodeURIComponent(eventKey)}/${what}`
}
