import { runtimeOver } from '../../../../lib/open.ts'
import { unpackText } from '../../../../lib/store/table/items.ts'
import { recover } from '../../../../functions/workers/recover-operations.ts'
import type { Details } from '../../../../lib/store/commit/details.ts'
import { watchFrom } from '../../../support/workers.ts'
import type { Trouble } from '../faults.ts'
import { startNamed } from '../fronts.ts'
import type { Life, World } from '../processes.ts'
import { randomOf, type Random } from '../random.ts'
import { schedulerAt } from '../scheduler.ts'
import { caller, openVenue, START, type Venue } from '../venue.ts'
import { blows, type Ground } from './blows.ts'
import { judgeRecords } from './judge.ts'
import { listEvents } from '../../../../lib/store/events/events.ts'

// A fight over a few events and charts from one seed: several clients create, move, rename and delete the same few, over the
// network of the other simulation, with processes that die. Meanwhile somebody looks at the list of events: those that are
// created together are all there from their decision on, and none of them before. At the end, what is counted and listed
// must be what there is.

/** What a fight came to. */
export interface FightRecord {
  readonly faults: readonly string[]
  /** Blows that did something. */
  readonly hits: number
  /** Sights of events that were created together. */
  readonly looks: number
}

const CLIENTS = 4
const ROUNDS = 14

/** Far longer than a fight takes; then the timer has come many times, and nothing is on its way any more. */
const FIGHT_MS_MAX = 3_600_000
const REST_MS = 12 * 60_000
const TIMER_MS = 60_000

/** Between two looks at the list. */
const LOOK_MS = 150

let opened: Venue | undefined

interface Arena {
  readonly world: World
  readonly random: Random
  readonly ground: Ground
  readonly counts: { hits: number; looks: number }
  readonly faults: string[]
}

/** Fights a seed. */
export async function fight(seed: number): Promise<FightRecord> {
  opened ??= await openVenue()
  const venue = opened
  const { table } = venue
  const random = randomOf(`records ${seed}`)
  const scheduler = schedulerAt(START)
  venue.reset(() => scheduler.now())
  const weather = { off: new Set<Trouble>(), intensity: random.pick([0.3, 1, 2, 4]) }
  const world: World = {
    scheduler,
    table,
    weather: () => weather,
    transactionItemsMax: random.pick([5, 8, 100]),
    onCall: () => undefined,
    onLog: () => undefined,
    onStart: () => undefined,
    onUlid: () => undefined,
  }
  const ground: Ground = { groups: new Map(), together: new Set() }
  const arena: Arena = { world, random, ground, counts: { hits: 0, looks: 0 }, faults: [] }
  startTimer(arena)
  const state = { isOver: false }
  const looking = look(arena, state)
  const all = Array.from({ length: CLIENTS }, (_, number) => strike(arena, number))
  const ended = Promise.all(all).then(() => {
    state.isOver = true
  })
  while (!state.isOver) {
    if (scheduler.now() > START + FIGHT_MS_MAX) throw new Error('The fight does not come to an end')
    await scheduler.runUntil(scheduler.now() + 1_000)
  }
  await ended
  weather.intensity = 0
  await scheduler.runUntil(scheduler.now() + REST_MS)
  await looking
  return { faults: [...arena.faults, ...judgeRecords(table.items())], ...arena.counts }
}

/** The workers that see what is left behind, and end it. */
function startTimer({ world, random }: Arena): void {
  const { table } = world
  const timer = clientOf(world, random.fork('timer'), 'timer')
  let watched = table.records.length
  const beat = () => {
    void timer.run(async ({ runtime }) => {
      watched = await watchFrom({ table, runtime }, watched)
      await recover(runtime)
    })
    world.scheduler.beat(world.weather().intensity > 0 ? TIMER_MS / 3 : TIMER_MS, beat)
  }
  beat()
}

/** One client strikes, blow after blow. */
async function strike({ world, random, ground, counts }: Arena, number: number): Promise<void> {
  const own = random.fork(`client ${number}`)
  const client = clientOf(world, own, `client${number}`)
  for (let round = 0; round < ROUNDS; round += 1) {
    const blow = own.pick(blows)
    const turn = { group: `g${number}-${round}`, random: own }
    const outcome = await client.run((it) => blow(it, ground, turn))
    if (outcome?.ok === true) counts.hits += 1
  }
}

/** Somebody looks at the list all the time: of what was created together, all must be there or nothing. */
async function look(arena: Arena, state: { readonly isOver: boolean }): Promise<void> {
  const { world, random, ground, counts, faults } = arena
  const { table, scheduler } = world
  const client = clientOf(world, random.fork('looker'), 'looker')
  while (!state.isOver) {
    const due = new Set([...ground.together, ...firstKeys(table.items(), 'C')])
    const page = await client.run(({ store }) =>
      listEvents(store, caller.workspaceId, { page: 1, limit: 1_000 }),
    )
    const open = new Set(firstKeys(table.items(), 'P'))
    const seen = new Set(page?.items.map(({ eventKey }) => eventKey))
    for (const [group, keys] of page === undefined ? [] : ground.groups) {
      const [first = ''] = keys
      const found = keys.filter((key) => seen.has(key)).length
      if (found > 0) counts.looks += 1
      const isWhole = found === keys.length || (found === 0 && !due.has(first))
      if (!isWhole) faults.push(`${found} of ${keys.length} events of ${group} are seen`)
      if (found > 0 && open.has(first)) faults.push(`${group} is seen before it is decided`)
    }
    await scheduler.sleep(LOOK_MS)
  }
}

/** The first keys of the events that operations create which are in that state at this moment. */
function firstKeys(items: readonly Record<string, unknown>[], state: 'P' | 'C'): string[] {
  const open = items.filter(({ sk, st }) => sk === 'O' && st === state)
  const details = new Map(items.filter(({ sk }) => sk === 'D#0').map((it) => [it['pk'], it]))
  return open.map(({ pk }) => {
    const text = unpackText([details.get(pk)?.['data'] as Uint8Array])
    const [first] = (JSON.parse(text) as Details).rows
    return first?.pk.split('#')[2] ?? ''
  })
}

/** A client, and the process that answers it: another one whenever that has died. */
function clientOf(world: World, random: Random, name: string) {
  let lives = 0
  let life: Life | undefined
  return {
    /** Undefined where the process died over it, or the store failed it. */
    run: <Result>(work: (it: Staff) => Promise<Result>) => {
      if (life === undefined || life.isDead()) {
        lives += 1
        life = startNamed(world, `${name}.${lives}`, random)
      }
      const current = life
      return new Promise<Result | undefined>((resolve) => {
        const fail = () => {
          resolve(undefined)
        }
        current.onDeath(() => {
          world.scheduler.after(20, fail)
        })
        void work(staffOf(current)).then(resolve, fail)
      })
    },
  }
}

/** What works in a process. */
function staffOf({ port }: Life) {
  const runtime = runtimeOver(port)
  const { store, backOff, clock, ids } = runtime
  return { runtime, store, context: { now: () => clock.now(), backOff, ids, store, caller } }
}

type Staff = ReturnType<typeof staffOf>
