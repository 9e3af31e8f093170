import type { Street } from '../client.ts'
import { dreamer, latecomer } from '../clients.ts'
import { winterOf } from '../frost.ts'
import { startFronts } from '../fronts.ts'
import { agent, desk } from '../integrators.ts'
import { openPostOffice } from '../post-office.ts'
import type { CallSeen, World } from '../processes.ts'
import { randomOf, type Random } from '../random.ts'
import type { Sending } from '../requests.ts'
import {
  comeToRest,
  killSomebody,
  startTtl,
  untilAllEnd,
  weatherOf,
  type RunOptions,
  type RunRecord,
} from '../run.ts'
import { schedulerAt } from '../scheduler.ts'
import { startWorkers } from '../staff.ts'
import { START, type VenueEvent } from '../venue.ts'
import { fan, holder, organizer, ticketOffice } from './season-clients.ts'
import { readShown, type Shown } from './shown.ts'
import { openSeasonVenue, type SeasonVenue } from './season-venue.ts'

// One run from one seed over a season, its parts and its events: as a run over seats, with other clients, who want the same few
// seats in all of them at once, while events come and go.

/** Clients of a run. */
export const seasonClientNames = [
  ...['fan-1', 'fan-2', 'holder-1', 'holder-2', 'office'],
  ...['organizer', 'agent', 'desk', 'late', 'dreamer'],
] as const

/** What happened, and what is shown of it in the end. */
export interface SeasonRecord extends RunRecord {
  readonly venue: SeasonVenue
  readonly shown: readonly Shown[]
}

let opened: SeasonVenue | undefined

/** Runs a seed. */
export async function runSeason(options: RunOptions): Promise<SeasonRecord> {
  opened ??= await openSeasonVenue()
  const events: VenueEvent[] = [...opened.events]
  const venue: SeasonVenue = { ...opened, events }
  const random = randomOf(`season ${options.seed}`)
  const scheduler = schedulerAt(START)
  venue.reset(() => scheduler.now())
  const seen = {
    calls: [] as CallSeen[],
    logs: [] as { life: string; at: number; line: Record<string, unknown> }[],
    draws: new Map<string, { life: string; sending: Sending | undefined }>(),
    offsets: new Map<string, number>(),
  }
  const working = new Map<string, Sending>()
  let weather = weatherOf(random.fork('weather'), options)
  const world: World = {
    scheduler,
    table: venue.table,
    weather: () => weather,
    transactionItemsMax: random.fork('limit').pick([5, 6, 8, 12, 100]),
    onCall: (call) => seen.calls.push(call),
    winter: winterOf(scheduler, { weather: () => weather, random: random.fork('frost') }),
    onLog: (life, line) => seen.logs.push({ life, at: scheduler.now(), line }),
    onStart: ({ name, offset }) => seen.offsets.set(name, offset),
    onUlid: (life, id) => seen.draws.set(id, { life, sending: working.get(life) }),
  }
  const firstRecord = venue.table.records.length
  const fronts = startFronts(world, { count: 4, random: random.fork('front'), working })
  const office = openPostOffice(world, random.fork('office'), [])
  const own = { receivers: [], random: random.fork('workers'), from: firstRecord }
  const workers = startWorkers({ world, office, ...own })
  startTtl(world, random.fork('ttl'))
  if (!weather.off.has('crashes')) killSomebody(world, fronts, random.fork('kill'))
  const street: Street = { world, venue, fronts, hung: new Map() }
  await untilAllEnd(street, everybody(street, { options, random, events }))
  weather = { off: weather.off, intensity: 0 }
  const complaints = await comeToRest(world, workers, office)
  complaints.push(...heldStill(venue, scheduler.now()))
  const shown = await readShown(world, venue)
  return {
    ...seen,
    options,
    venue,
    sendings: fronts.sendings,
    firstRecord,
    recordsTold: venue.table.records.length,
    published: office.published,
    receivers: [],
    setAside: [...office.failures, ...office.deadLetters],
    complaints,
    deaths: fronts.deaths() + workers.deaths(),
    shown,
  }
}

/** Holds on the season that are over and have not been ended. */
function heldStill({ table }: SeasonVenue, now: number): string[] {
  return table.items().flatMap(({ pk, sk, p = {} }) =>
    Object.entries(p as Record<string, { x?: number }>)
      .filter(([, { x = Infinity }]) => x <= now)
      .map(([partId]) => `the hold on ${partId} in ${String(pk)} ${String(sk)} was never ended`),
  )
}

interface Everybody {
  readonly options: RunOptions
  readonly random: Random
  /** What is on sale: whoever creates an event adds it. */
  readonly events: VenueEvent[]
}

function everybody(street: Street, { options, random, events }: Everybody): Promise<void>[] {
  const { clients = seasonClientNames, rounds = 8 } = options
  return clients.map((name) => {
    const own = random.fork(`client ${name}`)
    const client = { name, random: own, rounds }
    if (name === 'organizer') return organizer(street, { ...client, events })
    if (name === 'office') return ticketOffice(street, { ...client, rounds: rounds * 2 })
    if (name === 'agent') return agent(street, { ...client, rounds: Math.ceil(rounds * 0.3) })
    if (name === 'desk') return desk(street, { ...client, rounds: Math.ceil(rounds * 0.7) })
    if (name === 'late') return latecomer(street, own)
    if (name === 'dreamer') return dreamer(street, own)
    return name.startsWith('fan') ? fan(street, client) : holder(street, client)
  })
}
