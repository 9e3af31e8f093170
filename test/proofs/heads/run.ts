import { createChart } from '../../../lib/actions/charts/create-chart.ts'
import { publishChart } from '../../../lib/actions/charts/publish-chart.ts'
import { updateChart } from '../../../lib/actions/charts/update-chart.ts'
import { editSale } from '../../../lib/actions/events/change-sale-rules.ts'
import { createEvent } from '../../../lib/actions/events/create-event.ts'
import { deleteEvent } from '../../../lib/actions/events/delete-event.ts'
import { updateEvent } from '../../../lib/actions/events/update-event.ts'
import { createSeason } from '../../../lib/actions/seasons/create-season.ts'
import { createSeasonEvents } from '../../../lib/actions/seasons/create-season-events.ts'
import type { Context } from '../../../lib/actions/context.ts'
import type { Outcome } from '../../../lib/refusals.ts'
import { readSeats } from '../../../lib/store/seats/read-seats.ts'
import { diceOf } from '../../support/dice.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openPlainHoldfast, type PlainHoldfast } from '../../support/plain-holdfast.ts'
import { around, stepped, type Stepped } from './stepped.ts'

// One run from one seed: processes that remember heads ask for seats of three events, while their terms are changed, their chart is
// published anew, and events come and go. The change goes on by a call between any two calls of a request, and so do other requests
// of the same process. What a request went by must be what was so at some moment since it began.

const STEPS = 200
const READERS = 3

/** A season's creation of events is more than this, all else less. */
const TRANSACTION_ITEMS_MAX = 48

const EVENT_KEYS = ['night', 'match-0', 'season'] as const

type EventKey = (typeof EVENT_KEYS)[number]

/** What a request goes by: of the event, of its season, of its chart. */
type Seen = readonly string[]

type Truth = Readonly<Record<EventKey, Seen>>

interface Read {
  readonly eventKey: EventKey
  readonly seen: Seen
  /** Changes that had been answered when it began, and those that had been begun when it ended. */
  readonly from: number
  readonly to: number
}

interface Run {
  readonly dice: (bound: number) => number
  readonly holdfast: PlainHoldfast
  readonly chartKey: string
  readonly writer: Stepped
  /** After each change. */
  readonly truths: Truth[]
  readonly reads: Read[]
  /** Each change has a number of its own. */
  changes: number
}

/** Runs a seed; answers what was wrong. */
export async function runSeed(seed: number): Promise<readonly string[]> {
  const run = await openRun(seed)
  const { dice, holdfast } = run
  const readers = Array.from({ length: READERS }, (_, at) => readerOf(run, `reader-${at}`))
  for (let step = 0; step < STEPS; step += 1) {
    if (dice(12) === 0) holdfast.clock.advance(dice(1_500))
    else if (dice(4) === 0) await goOn(run)
    else await readers[dice(READERS)]?.()
  }
  while (run.writer.isBusy()) await goOn(run)
  for (const ask of readers) await ask()
  return run.reads.flatMap((read) => faultOf(run, read) ?? [])
}

async function openRun(seed: number): Promise<Run> {
  const holdfast = await openPlainHoldfast()
  const { context } = holdfast
  const { chartKey } = must(await createChart(context, { name: 'Hall', drawing: rowDrawing() }))
  must(await publishChart(context, chartKey))
  must(await createEvent(context, { chartKey, eventKey: 'night' }))
  const season = { head: { eventKey: 'season' }, details: {} }
  must(await createSeason(context, { chartKey, season, eventKeys: ['match-0'] }))
  const options = { transactionItemsMax: TRANSACTION_ITEMS_MAX }
  const writer = stepped(holdfast.another('writer', options))
  const dice = diceOf(seed)
  const run: Run = { dice, holdfast, chartKey, writer, truths: [], reads: [], changes: 0 }
  run.truths.push(await truthOf(run))
  return run
}

/** The change that is under way makes a call, or another begins. */
async function goOn(run: Run): Promise<void> {
  const { writer, dice, chartKey } = run
  if (!writer.isBusy()) {
    run.changes += 1
    writer.begin((context) => change(context, { chartKey, kind: dice(6), number: run.changes }))
  }
  await writer.step()
  if (!writer.isBusy()) run.truths.push(await truthOf(run))
}

async function change(
  context: Context,
  { chartKey, kind, number }: { chartKey: string; kind: number; number: number },
): Promise<void> {
  const item = { label: `A-${1 + (number % 9)}` }
  const sale = { forSale: [], notForSale: [item] }
  switch (kind) {
    case 0:
      await updateEvent(context, { eventKey: 'night', name: `Night ${number}` })
      return
    case 1:
      await editSale(context, 'match-0', sale)
      return
    case 2:
      await editSale(context, 'season', sale)
      return
    case 3: {
      const drawing = rowDrawing({ seatsPerRow: 10 + number })
      must(await updateChart(context, { chartKey, drawing }))
      must(await publishChart(context, chartKey))
      return
    }
    case 4: {
      // It goes, or comes back under the same key.
      const gone = await deleteEvent(context, { eventKey: 'night', ifUnbooked: false })
      if (!gone.ok) must(await createEvent(context, { chartKey, eventKey: 'night' }))
      return
    }
    default: {
      const eventKeys = [1, 2, 3, 4].map((at) => `match-${number}-${at}`)
      must(await createSeasonEvents(context, { seasonKey: 'season', eventKeys }))
    }
  }
}

/** What a process sees that remembers nothing. */
async function truthOf({ holdfast }: Run): Promise<Truth> {
  const seen: Partial<Record<EventKey, Seen>> = {}
  for (const key of EVENT_KEYS) seen[key] = await look(holdfast.another('truth').context, key)
  return seen as Truth
}

/** A process that asks for seats. */
function readerOf(run: Run, name: string): () => Promise<void> {
  const { dice, holdfast, reads, truths, writer } = run
  const { context } = holdfast.another(name)
  let [asking, pace] = [0, 1]
  const ask = async () => {
    const eventKey = EVENT_KEYS[dice(EVENT_KEYS.length)] ?? 'night'
    const from = truths.length - 1
    // A change may all but stand still meanwhile.
    if (asking === 0) pace = 2 + dice(2) * dice(40)
    asking += 1
    const seen = await look(context, eventKey)
    asking -= 1
    reads.push({ eventKey, seen, from, to: truths.length - (writer.isBusy() ? 0 : 1) })
  }
  around(context, async (call) => {
    if (dice(pace) === 0) await goOn(run)
    if (asking === 1 && dice(4) === 0) await ask()
    return call()
  })
  return ask
}

async function look({ store }: Context, eventKey: EventKey): Promise<Seen> {
  const parts = [{ eventKey, labels: ['A-1'] }]
  const { events } = await readSeats(store, { workspaceId: 'one', parts })
  const [read] = events ?? []
  if (read === undefined) return ['no event']
  const { event, chart, season } = read
  return [
    `${event.eventId} ${event.version}`,
    String(season?.head.version),
    String(chart?.published?.drawingId),
  ]
}

function faultOf({ truths }: Run, { eventKey, seen, from, to }: Read): string | undefined {
  const possible = truths.slice(from, to + 1).map((truth) => truth[eventKey])
  const isWrong = seen.some((word, at) => possible.every((truth) => truth[at] !== word))
  if (!isWrong) return undefined
  const since = possible.map((truth) => truth.join(', ')).join(' or ')
  return `${eventKey} is ${seen.join(', ')} where there was ${since}`
}

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal))
  return outcome.value
}
