import type { DynamoDBRecord } from 'aws-lambda'
import { relayBatch } from '../../../functions/workers/relay-changes.ts'
import { readSnapshot } from '../../../lib/actions/snapshots/read-snapshot.ts'
import type { Instant } from '../../../lib/clock.ts'
import { toSnapshot } from '../../../lib/seatbuilder/snapshot-translate.ts'
import { diceOf } from '../../support/dice.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openMemoryMessaging } from '../../support/memory-messaging.ts'
import {
  openPlainHoldfast,
  type PlainHoldfast,
  type PlainProcess,
} from '../../support/plain-holdfast.ts'
import { callsOver, type Call } from './calls.ts'

// One run from one seed: buyers, a relay that comes late, and browsers that poll three processes. Changes also fall
// between any two calls of a reading. Of every answer each seat must be what its row said at some moment that is recent enough,
// with the deadlines of the moment of the answer.

/** Milliseconds after which what was counted must be told: a second between readings, and how long a look is good for. */
const FRESH_MS = 1_200

const STEPS = 120
const SEATS = 8
const TOKENS = ['token-of-ada', 'token-of-ben', 'token-of-eve']

/** How the rows were from some moment on: letters, as plainly as can be. */
interface Truth {
  /** Stream records by then. */
  readonly records: number
  readonly lettersAt: (now: number) => string
}

interface Run {
  readonly holdfast: PlainHoldfast
  readonly call: Call
  readonly eventKey: string
  readonly seats: string
  readonly dice: (bound: number) => number
  readonly relay: (records: number) => Promise<void>
  readonly truths: Truth[]
  /** When how many records had been told. */
  readonly told: { readonly at: number; readonly records: number }[]
  readonly faults: string[]
}

/** Runs a seed; answers what was wrong. */
export async function runSeed(seed: number): Promise<readonly string[]> {
  const holdfast = await openPlainHoldfast()
  const { clock, table, runtime } = holdfast
  const call = callsOver(runtime)
  const draftVersion = rowDrawing({ rows: 1, seatsPerRow: SEATS })
  const { chartKey } = await call('/api/v1/charts', { name: 'Hall', draftVersion })
  await call(`/api/v1/charts/${String(chartKey)}/publish`)
  const eventKey = String((await call('/api/v1/events', { chartKey, name: 'Night' }))['eventKey'])
  const messaging = await openMemoryMessaging({ clock })
  let next = table.records.length
  const told: Run['told'] = []
  const run: Run = {
    holdfast,
    call,
    eventKey,
    seats: `/api/v1/events/${eventKey}/seats`,
    dice: diceOf(seed),
    truths: [],
    told,
    faults: [],
    relay: async (records) => {
      const Records = table.records.slice(next, next + records) as unknown as DynamoDBRecord[]
      next += Records.length
      await relayBatch(runtime, messaging.bus, { Records })
      told.push({ at: clock.now(), records: next })
    },
  }
  note(run)
  const browsers = ['one', 'two', 'three'].map((name) => browserOf(run, holdfast.another(name)))
  for (let step = 0; step < STEPS && run.faults.length === 0; step += 1) await goOn(run, browsers)
  await run.relay(Infinity)
  clock.advance(FRESH_MS)
  for (const browser of browsers) await browser()
  return run.faults
}

async function goOn(run: Run, browsers: readonly (() => Promise<void>)[]): Promise<void> {
  const { dice, holdfast, relay, truths } = run
  const { clock } = holdfast
  switch (dice(6)) {
    case 0:
      return change(run)
    case 1:
      return relay(1 + dice(4))
    case 2:
      clock.advance(dice(700))
      return
    case 3: {
      // To the very millisecond of the next deadline.
      const letters = truths.at(-1)?.lettersAt
      const ahead = Array.from({ length: 3_000 }, (_, ms) => ms + 1).find((ms) => {
        return letters?.(clock.now() + ms) !== letters?.(clock.now())
      })
      clock.advance(ahead ?? 1)
      return
    }
    default:
      return browsers[dice(browsers.length)]?.()
  }
}

/** Some buyer does something; most of it is refused. */
async function change(run: Run): Promise<void> {
  const { dice, call, seats } = run
  const objectLabels = [`A-${1 + dice(SEATS)}`]
  const holdToken = TOKENS[dice(TOKENS.length)]
  const verb = ['hold', 'hold', 'hold', 'book', 'release'][dice(5)]
  const more = verb === 'hold' ? { ttlSeconds: 1 + dice(8) } : {}
  await call(`${seats}/${verb ?? ''}`, { objectLabels, holdToken, ...more })
  note(run)
}

function note({ truths, holdfast: { table } }: Run): void {
  const rows = new Map(
    table.items().flatMap((item) => {
      const isRow = String(item['pk']).startsWith('S#')
      return isRow ? [[String(item['sk']), { word: item['s'], until: Number(item['x'] ?? 0) }]] : []
    }),
  )
  const letterAt = (label: string, now: number) => {
    const row = rows.get(label)
    if (row?.word === 'booked') return 'b'
    return row?.word === 'held' && row.until > now ? 'h' : 'f'
  }
  truths.push({
    records: table.records.length,
    lettersAt: (now) =>
      Array.from({ length: SEATS }, (_, at) => letterAt(`A-${at + 1}`, now)).join(''),
  })
}

/** A browser that polls a process: with what changed since, as it remembers it. */
function browserOf(run: Run, process: PlainProcess): () => Promise<void> {
  interleave(run, process)
  const { holdfast, eventKey, faults, dice } = run
  const { clock } = holdfast
  let [letters, revision]: [string[], string | undefined] = [[], undefined]
  return async () => {
    const asked = clock.now()
    const outcome = await readSnapshot(process.context, { eventKey })
    if (!outcome.ok) {
      faults.push(`refused: ${outcome.refusal.code}`)
      return
    }
    const { kept, now, told, reading } = outcome.value
    const facts = {
      eventKey,
      chartKey: '',
      chartVersion: 1,
      termsVersion: '',
      tellsChannels: false,
      objectCount: reading.objects,
      readAt: reading.at,
    }
    const since = dice(4) === 0 ? undefined : revision
    const shown = toSnapshot({ ...facts, now, kept, told, since })
    if (shown.states !== undefined) letters = shown.states.split('')
    for (const [letter, indexes] of Object.entries(shown.changes ?? {})) {
      for (const index of indexes ?? []) letters[index] = letter
    }
    revision = shown.revision
    const fault = faultOf(run, { letters: letters.join(''), asked, now })
    if (fault !== undefined) faults.push(`${fault}, told from ${since ?? 'nothing'}`)
  }
}

/** Between any two calls of a process something may change, and be told at once. */
function interleave(run: Run, { runtime, context }: PlainProcess): void {
  const { store } = runtime
  for (const name of ['reader', 'writer'] as const) {
    const { [name]: client } = store
    const send = client.send.bind(client) as (command: unknown) => Promise<unknown>
    const between = async (command: unknown) => {
      if (run.dice(12) === 0) {
        await change(run)
        if (run.dice(2) === 0) await run.relay(Infinity)
      }
      return send(command)
    }
    Object.assign(store, { [name]: { send: between } })
  }
  Object.assign(context, { store })
}

function faultOf(
  { truths, told }: Run,
  { letters, asked, now }: { letters: string; asked: number; now: Instant },
): string | undefined {
  const counted = told.filter(({ at }) => at <= asked - FRESH_MS).at(-1)?.records ?? 0
  const first = truths.findLastIndex(({ records }) => records <= counted)
  const possible = truths.slice(Math.max(0, first)).map(({ lettersAt }) => lettersAt(now))
  // Seats are read one after the other: each is as it was at some moment, and not all at the same.
  const wrong = Array.from({ length: SEATS }, (_, at) => at).filter((at) => {
    return possible.every((all) => all[at] !== letters[at])
  })
  if (wrong.length === 0) return undefined
  return `${letters} where there was ${[...new Set(possible)].join(' or ')}`
}
