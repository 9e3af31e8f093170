import type { DynamoDBRecord } from 'aws-lambda'
import { expect, test } from 'vitest'
import { relayBatch } from '../../../functions/workers/relay-changes.ts'
import { diceOf } from '../../support/dice.ts'
import { drawChart, drawRow, drawSeats } from '../../support/drawings.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openMemoryMessaging } from '../../support/memory-messaging.ts'
import { openPlainHoldfast, type PlainProcess } from '../../support/plain-holdfast.ts'
import { makeEvent } from '../../support/scene.ts'
import { countUnits, type Units } from '../../support/units-by-key.ts'

// One event under 20,000 requests a second, by a part of them: so many processes, and so many requests to each, as one in twenty has
// of it, in the time that they take. What they take of a partition key, times twenty, is what that takes of all, and of what happens
// once a second for all together more than that.

const REQUESTS_PER_SECOND = 20_000
const SCALE = 20
const SECONDS = 2

/** A function answers some fifty requests a second, one by one. */
const PROCESSES = REQUESTS_PER_SECOND / 50 / SCALE

/** What a partition takes a second, of which a key may have a third: others lie beside it. */
const PARTITION_READS = 3_000
const READS_MAX = PARTITION_READS / 3
const WRITES_MAX = 1_000 / 3

const ROWS = 150

/** An arena in front of one point. */
function arena(rows: number): object {
  const drawn = Array.from({ length: rows }, (_, row) =>
    drawRow(`R${row}`, drawSeats(40, { y: row * 30 })),
  )
  return drawChart({ focalPoint: { x: 400, y: -100 }, rows: drawn })
}
const SEATS = 40 * ROWS

const BASKET = 2

/** What is answered where it is not 200. */
const answers: Readonly<Record<string, number>> = { taken: 409 }

async function open() {
  const holdfast = await openPlainHoldfast()
  const { api, clock, table, another } = holdfast
  const { chartKey, eventKey } = await makeEvent(api, arena(ROWS))
  const messaging = await openMemoryMessaging({ clock })
  const told = another('relay')
  const ofRelay: Units = { reads: new Map(), writes: new Map() }
  countUnits(told.runtime, ofRelay)
  let [next, batches] = [table.records.length, 0]
  return {
    ...holdfast,
    chartKey,
    seats: `/api/v1/events/${eventKey}/seats` as const,
    snapshot: `/api/v1/events/${eventKey}/snapshot` as const,
    ofRelay,
    batches: () => batches,
    relay: async () => {
      const Records = table.records.slice(next) as unknown as DynamoDBRecord[]
      next += Records.length
      batches += 1
      await relayBatch(told.runtime, messaging.bus, { Records })
    },
  }
}

type Scene = Awaited<ReturnType<typeof open>>

interface Crowd {
  readonly scene: Scene
  readonly processes: readonly PlainProcess[]
  readonly dice: (bound: number) => number
  /** Tokens that hold a basket, by its first seat. */
  readonly held: [seat: number, token: string][]
  readonly statuses: Map<string, number>
  next: number
  revision: string
}

const labelsAt = (seat: number) =>
  [seat, seat + 1].map((at) => `R${Math.floor(at / 40)}-${(at % 40) + 1}`)

/** One of twenty requests: eight polls, six for what is taken, four that hold two seats, one of them the best, and two bookings. */
async function ask(crowd: Crowd): Promise<void> {
  const { scene, processes, dice, held } = crowd
  const api = processes[dice(processes.length)]?.api
  if (api === undefined) return
  const { seats, snapshot } = scene
  const kind = dice(20)
  const token = `token-${dice(1_000_000_000)}`
  if (kind < 8) {
    const headers = ['If-None-Match', `"${crowd.revision}"`]
    const key = testKeys.publishable
    const { status, body } = await api(`GET ${snapshot}?since=${crowd.revision}`, undefined, {
      key,
      headers,
    })
    crowd.revision = (body['revision'] as string | undefined) ?? crowd.revision
    note(crowd, `poll ${status}`)
  } else if (kind < 14) {
    const [seat] = held[dice(held.length)] ?? [0]
    const body = { objectLabels: labelsAt(seat), holdToken: token }
    note(crowd, `taken ${(await api(`POST ${seats}/hold`, body)).status}`)
  } else if (kind < 17) {
    const seat = freeSeat(crowd)
    const body = { objectLabels: labelsAt(seat), holdToken: token }
    const { status } = await api(`POST ${seats}/hold`, body)
    if (status === 200) held.push([seat, token])
    note(crowd, `hold ${status}`)
  } else if (kind === 17) {
    const body = { number: BASKET, holdToken: token }
    note(crowd, `best ${(await api(`POST ${seats}/best-available`, body)).status}`)
  } else {
    const [seat, holdToken] = held[dice(held.length)] ?? [0, token]
    const body = { objectLabels: labelsAt(seat), holdToken }
    note(crowd, `book ${(await api(`POST ${seats}/book`, body)).status}`)
  }
}

/** Buyers take what they like: from the last rows on, while the best are given from the first. */
function freeSeat(crowd: Crowd): number {
  crowd.next += BASKET
  return SEATS - crowd.next
}

function note({ statuses }: Crowd, what: string): void {
  statuses.set(what, (statuses.get(what) ?? 0) + 1)
}

/** So many seconds of it; answers what they took, a second and of all. */
async function load(crowd: Crowd, seconds: number): Promise<Units> {
  const { scene, processes } = crowd
  const units: Units = { reads: new Map(), writes: new Map() }
  const undo = processes.map(({ runtime }) => {
    const { reader, writer } = runtime.store
    countUnits(runtime, units)
    return () => Object.assign(runtime.store, { reader, writer })
  })
  const each = SCALE / REQUESTS_PER_SECOND
  for (let at = 0; at < seconds / each; at += 1) {
    await ask(crowd)
    scene.clock.advance(1_000 * each)
    if (at % 100 === 99) await scene.relay()
  }
  for (const back of undo) back()
  const aSecond = (of: Map<string, number>) =>
    new Map([...of].map(([key, taken]) => [key, (taken * SCALE) / seconds]))
  return { reads: aSecond(units.reads), writes: aSecond(units.writes) }
}

const above = (of: Map<string, number>, most: number) => [...of].filter(([, it]) => it >= most)

test('reads and writes per partition key under 20,000 simulated requests a second', async () => {
  const scene = await open()
  const processes = Array.from({ length: PROCESSES }, (_, at) => scene.another(`process-${at}`))
  const crowd: Crowd = {
    scene,
    processes,
    dice: diceOf(1),
    held: [],
    statuses: new Map(),
    next: 0,
    revision: '0',
  }
  const first = await scene.api(`GET ${scene.snapshot}`)
  crowd.revision = String(first.body['revision'])
  await load(crowd, 0.4)
  crowd.statuses.clear()
  const steady = await load(crowd, SECONDS)
  const draftVersion = arena(ROWS + 1)
  await scene.api(`PATCH /api/v1/charts/${scene.chartKey}`, { draftVersion })
  await scene.api(`POST /api/v1/charts/${scene.chartKey}/publish`)
  const anew = await load(crowd, 1)
  const look = (key: string) => key.startsWith('Q#')
  expect(above(steady.reads, READS_MAX).filter(([key]) => !look(key))).toEqual([])
  // Each process that is polled looks five times a second, half a unit each, however many poll it.
  const looks = PROCESSES * SCALE * 5 * 0.5
  expect(above(steady.reads, 1.2 * looks)).toEqual([])
  // Each process reads the heads anew, and the manifest: some three units of the chart's key. Whoever asks for the best places meanwhile
  // reads all rows, until the event has been read anew for all who poll.
  const heads = above(anew.reads, PARTITION_READS / 2).filter(([key]) => !key.startsWith('S#'))
  expect(heads).toEqual([])
  for (const { writes } of [steady, anew]) expect(above(writes, WRITES_MAX)).toEqual([])
  // The relay counts what it was handed once, whatever that is.
  const counted = [...scene.ofRelay.writes].filter(([key]) => key.startsWith('Q#'))
  for (const [, times] of counted) expect(times).toBeLessThanOrEqual(scene.batches())
  const all = ['poll', 'hold', 'taken', 'best', 'book'].map(
    (kind) => `${kind} ${answers[kind] ?? 200}`,
  )
  for (const answer of all) expect(crowd.statuses.get(answer)).toBeGreaterThan(30)
})
