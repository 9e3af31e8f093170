import type { Street } from './client.ts'
import { banquet } from './banquet.ts'
import { backOffice, buyer, dreamer, latecomer, school } from './clients.ts'
import { agent, desk } from './integrators.ts'
import type { Trouble, Weather } from './faults.ts'
import { winterOf } from './frost.ts'
import { startFronts, type Fronts } from './fronts.ts'
import { openPostOffice, type PostOffice, type Published } from './post-office.ts'
import { probe } from './probe.ts'
import type { CallSeen, World } from './processes.ts'
import { randomOf, type Random } from './random.ts'
import { receiverOf, type Receiver } from './receivers.ts'
import type { Sending } from './requests.ts'
import { salesDesk } from './sales-desk.ts'
import { schedulerAt } from './scheduler.ts'
import { startWorkers, type Workers } from './staff.ts'
import { openVenue, START, type Venue } from './venue.ts'

// One run from one seed: a busy minute or so with everything that can go wrong, then calm, until the workers have nothing
// left to do; then every seat is asked for once more.

/** What to run. Fewer clients, rounds and kinds of trouble make the same seed smaller. */
export interface RunOptions {
  readonly seed: number
  readonly off?: readonly Trouble[]
  /** Which of the clients take part; all of them when absent. */
  readonly clients?: readonly string[]
  /** Rounds of each client at most. */
  readonly rounds?: number
}

/** Everything that happened in a run, for the judge. */
export interface RunRecord {
  readonly options: RunOptions
  readonly venue: Venue
  readonly sendings: readonly Sending[]
  readonly calls: readonly CallSeen[]
  /** What the processes wrote. */
  readonly logs: readonly LogLine[]
  /** Which process drew an id, and on which sending it was at work. */
  readonly draws: ReadonlyMap<
    string,
    { readonly life: string; readonly sending: Sending | undefined }
  >
  /** How far the clock of each process was ahead. */
  readonly offsets: ReadonlyMap<string, number>
  /** Number of the first stream record of the run. */
  readonly firstRecord: number
  /** Stream records that the relay was to tell of: all but those of the last questions. */
  readonly recordsTold: number
  /** What the bus took. */
  readonly published: readonly Published[]
  /** Who subscribed to webhooks: nobody in most runs, since deliveries make many calls. */
  readonly receivers: readonly Receiver[]
  /** Bodies of messages that somebody would have to look at. */
  readonly setAside: readonly string[]
  /** What was wrong at the end that only the run itself can see. */
  readonly complaints: readonly string[]
  readonly deaths: number
}

interface LogLine {
  readonly life: string
  readonly at: number
  readonly line: Record<string, unknown>
}

/** Clients of a run. */
export const clientNames = [
  'school',
  'late',
  'dreamer',
  'b1',
  'b2',
  'agent',
  'desk',
  'office',
  'sales',
  'box',
  'banquet',
] as const

/** In how many of the runs somebody subscribed to webhooks. */
const HEARD = 0.1

let opened: Venue | undefined

/** Runs a seed. */
export async function run(options: RunOptions): Promise<RunRecord> {
  opened ??= await openVenue()
  const venue = opened
  const random = randomOf(`seed ${options.seed}`)
  const scheduler = schedulerAt(START)
  venue.reset(() => scheduler.now())
  const calls: CallSeen[] = []
  const logs: LogLine[] = []
  const draws = new Map<string, { life: string; sending: Sending | undefined }>()
  const offsets = new Map<string, number>()
  const working = new Map<string, Sending>()
  let weather = weatherOf(random.fork('weather'), options)
  const world: World = {
    scheduler,
    table: venue.table,
    weather: () => weather,
    transactionItemsMax: random.fork('limit').pick([5, 5, 5, 5, 6, 8]),
    onCall: (call) => calls.push(call),
    winter: winterOf(scheduler, { weather: () => weather, random: random.fork('frost') }),
    onLog: (life, line) => logs.push({ life, at: scheduler.now(), line }),
    onStart: ({ name, offset }) => offsets.set(name, offset),
    onUlid: (life, id) => draws.set(id, { life, sending: working.get(life) }),
  }
  const firstRecord = venue.table.records.length
  const fronts = startFronts(world, {
    count: random.fork('fronts').between(3, 5),
    random: random.fork('front'),
    working,
  })
  const receivers = receiversOf(world, venue, random)
  const office = openPostOffice(world, random.fork('office'), receivers)
  const own = { receivers, random: random.fork('workers'), from: firstRecord }
  const workers = startWorkers({ world, office, ...own })
  startTtl(world, random.fork('ttl'))
  if (!weather.off.has('crashes')) killSomebody(world, fronts, random.fork('kill'))

  const street: Street = { world, venue, fronts, hung: new Map() }
  await everybody(street, options, random)
  weather = { off: weather.off, intensity: 0 }
  const complaints = await comeToRest(world, workers, office)
  workers.endRelay()
  const recordsTold = venue.table.records.length
  complaints.push(...(await probe(street)))
  return {
    options,
    venue,
    sendings: fronts.sendings,
    calls,
    logs,
    draws,
    offsets,
    firstRecord,
    recordsTold,
    published: office.published,
    receivers,
    setAside: [...office.failures, ...office.deadLetters],
    complaints,
    deaths: fronts.deaths() + workers.deaths(),
  }
}

function receiversOf(world: World, venue: Venue, random: Random): Receiver[] {
  const isHeard = random.fork('subscribers').chance(HEARD)
  const subscribers = isHeard ? venue.subscribers : []
  return subscribers.map((subscriber) =>
    receiverOf(world, random.fork(subscriber.endpointId), subscriber),
  )
}

/** How wild the weather of a run is. */
export function weatherOf(random: Random, { off = [] }: RunOptions): Weather {
  const calmStream = random.chance(0.2) ? (['stream'] as const) : []
  return {
    off: new Set([...off, ...calmStream]),
    intensity: random.pick([0.3, 1, 1, 2, 4]),
  }
}

async function everybody(street: Street, options: RunOptions, random: Random): Promise<void> {
  const { clients = clientNames, rounds = 10 } = options
  const own = (name: string) => random.fork(`client ${name}`)
  const start = (name: string) => {
    if (name === 'school') return school(street, own(name))
    if (name === 'dreamer') return dreamer(street, own(name))
    if (name === 'late') return latecomer(street, own(name))
    const client = { name, random: own(name), rounds }
    if (name === 'agent') return agent(street, { ...client, rounds: Math.ceil(rounds * 0.3) })
    if (name === 'banquet') return banquet(street, { ...client, rounds: Math.ceil(rounds * 0.7) })
    if (name === 'sales' || name === 'box') return salesDesk(street, client)
    if (name === 'desk') return desk(street, { ...client, rounds: Math.ceil(rounds * 0.7) })
    return name === 'office'
      ? backOffice(street, { ...client, rounds: rounds * 2 })
      : buyer(street, client)
  }
  await untilAllEnd(street, clients.map(start))
}

/** Lets time pass until all clients have come to their end. */
export async function untilAllEnd(
  { world }: Street,
  clients: readonly Promise<void>[],
): Promise<void> {
  const all = Promise.all(clients)
  const state = { isOver: false }
  const ended = all.then(() => {
    state.isOver = true
  })
  const { scheduler } = world
  const giveUpAt = START + BUSY_MS_MAX
  while (!state.isOver) {
    if (scheduler.now() > giveUpAt) throw new Error('The clients of a run do not come to an end')
    await scheduler.runUntil(scheduler.now() + 1_000)
  }
  await ended
}

/** Far longer than any run takes. */
const BUSY_MS_MAX = 3 * 3_600_000

/** TTL comes as early as it may, or not for days. */
export function startTtl(world: World, random: Random): void {
  if (world.weather().off.has('ttl') || random.chance(0.4)) return
  const beat = () => {
    void world.table.engine.expireItems()
    world.scheduler.beat(500 + random.below(3_000), beat)
  }
  beat()
}

/** So that every run has a crash in the middle of a request. */
export function killSomebody({ scheduler, weather }: World, fronts: Fronts, random: Random): void {
  const attempt = () => {
    if (weather().intensity > 0 && !fronts.killOne()) scheduler.after(20, attempt)
  }
  scheduler.after(500 + random.below(10_000), attempt)
}

/** How long after the last trouble everything must be in order: what wandered about has landed, and the timer has come. */
const REST_MS = 8 * 60_000

/** Times that all must rest for so long, at most: every hold has ended, and every notice has been delivered. */
const RESTS_MAX = 12

/** Waits until the workers have nothing left to do; tells what is left all the same. */
export async function comeToRest(
  { scheduler, table }: World,
  workers: Workers,
  office: PostOffice,
): Promise<string[]> {
  const isDone = () => workers.isDone(scheduler.now() - 60_000) && office.isEmpty()
  for (let rest = 1; rest <= RESTS_MAX; rest += 1) {
    await scheduler.runDry(3 * 3_600_000)
    await scheduler.runUntil(scheduler.now() + REST_MS)
    // Twice at least: what the first brings about must have been told by the end of the second.
    if (rest > 1 && isDone()) break
  }
  const complaints = isDone() ? [] : ['stream records or messages were never taken']
  complaints.push(...findLeftovers(table.items(), scheduler.now()))
  return complaints
}

/** Locks, holds that are over, unfinished headers and entries of the recovery list that are still there. */
function findLeftovers(items: readonly Record<string, unknown>[], now: number): string[] {
  return items.flatMap((item) => {
    const [pk, sk] = [String(item['pk']), String(item['sk'])]
    if (pk.startsWith('S#') && (item['lk'] !== undefined || item['ln'] !== undefined)) {
      return [`a lock of ${String(item['lk'])} is left on ${pk} ${sk}`]
    }
    if (pk.startsWith('S#') && item['s'] === 'held' && Number(item['x']) <= now) {
      return [`the hold on ${pk} ${sk} was over at ${String(item['x'])} and has not been ended`]
    }
    const holds = (item['h'] ?? []) as [
      token: string,
      pool: string,
      places: number,
      until: number,
    ][]
    if (pk.startsWith('S#') && holds.some(([, , , until]) => until <= now)) {
      return [`a hold in ${pk} ${sk} was over and has not been ended`]
    }
    if (pk.startsWith('O#') && sk === 'O' && item['fin'] === undefined) {
      return [`operation ${pk} was never finished: ${JSON.stringify(item)}`]
    }
    return pk === 'R' ? [`operation ${String(item['op'])} is still to be recovered`] : []
  })
}
