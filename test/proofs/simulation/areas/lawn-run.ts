import { gunzipSync } from 'node:zlib'
import type { Street } from '../client.ts'
import { winterOf } from '../frost.ts'
import { startFronts } from '../fronts.ts'
import { openPostOffice } from '../post-office.ts'
import type { CallSeen, World } from '../processes.ts'
import { randomOf } from '../random.ts'
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
import { openVenue, START, type Venue, type VenueEvent } from '../venue.ts'
import { readSums } from './sums.ts'
import {
  lawnAgent,
  lawnBuyer,
  lawnDesk,
  lawnOffice,
  lawnStaff,
  type Channels,
} from './lawn-clients.ts'

// One run from one seed over areas whose places are sold by their number: as a run over seats, with other clients.

/** Clients of a run. */
export const lawnClientNames = ['ann', 'bea', 'agent', 'desk', 'office', 'staff'] as const

let opened: Venue | undefined

/** Runs a seed. */
export async function runLawn(options: RunOptions): Promise<RunRecord> {
  opened ??= await openVenue()
  const venue = opened
  const random = randomOf(`lawn ${options.seed}`)
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
    transactionItemsMax: random.fork('limit').pick([5, 6, 12, 100, 100]),
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
  const { clients = lawnClientNames, rounds = 9 } = options
  const channels = channelsIn(venue)
  const all = clients.map((name) => {
    const client = { name, random: random.fork(`client ${name}`), rounds }
    const live = clientsBy(channels)[name] ?? lawnOffice(channels)
    return live(street, client)
  })
  await untilAllEnd(street, all)
  weather = { off: weather.off, intensity: 0 }
  const complaints = await comeToRest(world, workers, office)
  complaints.push(...(await readSums(world, venue)))
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
  }
}

function clientsBy(channels: Channels): Record<string, ReturnType<typeof lawnBuyer>> {
  return {
    ann: lawnBuyer(channels),
    bea: lawnBuyer(channels),
    agent: lawnAgent(channels),
    desk: lawnDesk(channels),
    office: lawnOffice(channels),
    staff: lawnStaff(),
  }
}

/** Looks at the text that the event's head names. */
function channelsIn({ table }: Venue): Channels {
  return ({ eventId }: VenueEvent) => {
    const items = table.items()
    const head = items.find(
      ({ pk, sk, id }) => String(pk).startsWith('E#') && sk === 'E' && id === eventId,
    )
    const text = items.find(
      ({ pk, sk }) => pk === `X#${eventId}` && sk === `${String(head?.['x'])}#0`,
    )
    if (text === undefined) return []
    const details = JSON.parse(gunzipSync(text['data'] as Uint8Array).toString()) as {
      channels?: { id: string }[]
    }
    return details.channels ?? []
  }
}
