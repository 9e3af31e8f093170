import { drawTable, rowDrawing } from './drawings.ts'
import { openSeatsioScene, type SeatsioScene } from './seatsio-scene.ts'
import { newEventHead } from '../../lib/actions/events/create-event.ts'
import type { Context } from '../../lib/actions/context.ts'
import { readEventDetails } from '../../lib/store/events/event-details.ts'
import type { EventDetails, EventHead, Roster } from '../../lib/records/records.ts'
import { getChart } from '../../lib/store/charts/charts.ts'
import { createEvents } from '../../lib/store/events/create-events.ts'
import { getEvent } from '../../lib/store/events/events.ts'
import { replaceTerms } from '../../lib/store/events/replace-terms.ts'

const plane = { tables: [drawTable('T1', 2)] }

/** A scene with a season of three matches: spring the first two, autumn the last two. `more` is drawn besides. */
export async function openSeason(
  more: object = {},
): Promise<SeatsioScene & { readonly season: Calls }> {
  const scene = await openSeatsioScene(rowDrawing({ plane: { ...plane, ...more } }))
  await makeSeason(scene.context(), {
    chartKey: 'hall',
    events: ['match-1', 'match-2', 'match-3'],
    partials: { spring: ['match-1', 'match-2'], autumn: ['match-2', 'match-3'] },
  })
  return { ...scene, season: callsOf(scene) }
}

type Calls = ReturnType<typeof callsOf>

const everywhere = ['season', 'spring', 'autumn', 'match-1', 'match-2', 'match-3']

function callsOf({ api, statuses }: SeatsioScene) {
  const act =
    (action: string) =>
    (event: string, objects: unknown[], more: object = {}) =>
      api(`POST /events/${event}/actions/${action}?expand=objects`, { objects, ...more })
  return {
    book: act('book'),
    hold: act('hold'),
    release: act('release'),
    resale: act('put-up-for-resale'),
    change: act('change-object-status'),
    override: act('override-season-status'),
    use: act('use-season-status'),
    /** The status of an object in the season, its parts and its events. */
    everywhere: async (label: string) => {
      const found = await Promise.all(everywhere.map((event) => statuses([label], event)))
      return found.flat().join(' ')
    },
  }
}

/** A season to be made: its events by key, in order of creation, and its partial seasons with keys of theirs. */
export interface WantedSeason {
  readonly chartKey: string
  readonly key?: string
  readonly events?: readonly string[]
  readonly partials?: Readonly<Record<string, readonly string[]>>
  readonly details?: EventDetails
}

/** Makes a season with its events and partial seasons; answers their heads by key. */
export async function makeSeason(
  context: Context,
  { chartKey, key = 'season', events = [], partials = {}, details = {} }: WantedSeason,
): Promise<ReadonlyMap<string, EventHead>> {
  const chart = await getChart(context.store, context.caller.workspaceId, chartKey)
  if (chart === undefined) throw new Error('no chart')
  const newHead = (eventKey: string) =>
    newEventHead(context, { chart, facts: undefined }, { eventKey })
  const season: EventHead = { ...newHead(key), season: { role: 'whole' } }
  const ref = { eventId: season.eventId, shards: season.shards }
  const heads = events.map((eventKey, number): EventHead => {
    return { ...newHead(eventKey), season: { role: 'event', ...ref, number } }
  })
  const parts = Object.keys(partials).map((eventKey): EventHead => {
    return { ...newHead(eventKey), season: { role: 'part', ...ref } }
  })
  const roster: Roster = {
    next: events.length,
    events: heads.map(({ eventId, shards }, number) => ({ eventId, shards, number })),
    partials: parts.map(({ eventId, eventKey }) => ({
      eventId,
      events: (partials[eventKey] ?? []).map((event) => events.indexOf(event)),
    })),
  }
  const records = [
    { head: season, details: { ...details, roster } },
    ...[...heads, ...parts].map((head) => ({ head, details: {} })),
  ]
  const made = await createEvents(context.store, records)
  if (made.status !== 'created') throw new Error(made.status)
  return new Map([season, ...heads, ...parts].map((head) => [head.eventKey, head]))
}

/** Changes the roster of a season. */
export async function changeRoster(
  context: Context,
  key: string,
  change: (roster: Roster) => Roster,
): Promise<void> {
  const { store, caller } = context
  const before = await getEvent(store, caller.workspaceId, key)
  if (before === undefined) throw new Error('no season')
  const details = (await readEventDetails(store, [before])).get(before.eventId)
  const { roster = { next: 0, events: [], partials: [] } } = details ?? {}
  const replacement = {
    before,
    after: before,
    details: { ...details, roster: change(roster) },
    log: [],
  }
  const replaced = await replaceTerms(store, [replacement], undefined)
  if (replaced !== 'replaced') throw new Error(replaced)
}

/** Adds an event to a season. */
export async function addToSeason(context: Context, key: string, eventKey: string): Promise<void> {
  const { store, caller } = context
  const season = await getEvent(store, caller.workspaceId, key)
  const chart = season && (await getChart(store, caller.workspaceId, season.chartKey))
  if (season === undefined || chart === undefined) throw new Error('no season')
  const { eventId, shards } = season
  let number = 0
  const head = newEventHead(context, { chart, facts: undefined }, { eventKey })
  await changeRoster(context, key, (roster) => {
    number = roster.next
    const added = { eventId: head.eventId, shards: head.shards, number }
    return { ...roster, next: number + 1, events: [...roster.events, added] }
  })
  const placed: EventHead = { ...head, season: { role: 'event', eventId, shards, number } }
  const made = await createEvents(store, [{ head: placed, details: {} }])
  if (made.status !== 'created') throw new Error(made.status)
}
