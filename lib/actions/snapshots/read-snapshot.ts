import type { Instant } from '../../clock.ts'
import { inRounds } from '../../in-rounds.ts'
import { defined } from '../../defined.ts'
import { MINUTE_MS, SECOND_MS } from '../../limits/durations.ts'
import type { EventDetails, EventHead } from '../../records/records.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import { toldAt, type Told } from '../../rules/snapshot/show-hall.ts'
import { readEventDetails } from '../../store/events/event-details.ts'
import { findEvent, forgetEvent } from '../../store/seats/find-events.ts'
import { readInventoryOf } from '../../store/seats/read-seats.ts'
import { lookAtChart } from '../../store/snapshots/chart-looks.ts'
import { findHall } from '../../store/snapshots/halls.ts'
import { claimReading, type Reading, type SnapshotHead } from '../../store/snapshots/heads.ts'
import { lookAgain, lookAt, rememberLook, type Look } from '../../store/snapshots/look.ts'
import { detailsInSeason } from '../../venue/season-terms.ts'
import { nothingForSale, type Inventory } from '../../venue/terms.ts'
import { toldTerms, type ToldTerms } from '../../rules/snapshot/told-terms.ts'
import type { Context } from '../context.ts'
import { readAnew, type HallRead } from './read-anew.ts'

// What ten thousand browsers poll:
//
// 1. A poll looks at the head of the event's snapshot and at its counters, in one read that need not be consistent.
// 2. Where more was counted than at the last reading, and that is a second old, the event is due: one of those who find that claims
//    the next reading, reads the event and serves what it found; the others serve what there is.
// 3. What a minute ago was found is read anew, whatever was counted: so a change that could not be counted is told all the same.
// 4. Once in two seconds a process looks at the head of a chart whose events are polled: where another drawing is published than that
//    which was read, the event is due, as if that had been counted.
// 5. Where nothing was ever read, the others wait for whoever reads.
// 6. Deadlines are applied when it is served: a hold that ends needs no reading.

/** Milliseconds from the beginning of a reading until the next may begin. */
const READING_MS_MIN = SECOND_MS

/** Milliseconds after which an event that is polled is read anew, whatever is known of changes. */
const READING_MS_MAX = MINUTE_MS

/** Looks of a poll that finds nothing to serve yet. */
const LOOKS_MAX = 8

/** Seconds after which somebody will have read what nobody had. */
const AGAIN_SECONDS = 1

/** What of an event is to be told. */
interface Wanted {
  readonly eventKey: string
  /** The labels of its objects too, or these and what it says of them. */
  readonly along?: 'labels' | 'terms'
}

/** An event as it was read a moment ago, with what has ended since. */
export interface SnapshotNow extends HallRead {
  readonly now: Instant
  readonly told: Told
  /** In the order of the drawing; none where they were not asked for. */
  readonly labels: readonly string[]
  /** Where they were asked for. */
  readonly terms?: ToldTerms
}

/** The snapshot of an event; refuses an unknown one, and where it is not read in time. */
export async function readSnapshot(
  context: Context,
  wanted: Wanted,
): Promise<Outcome<SnapshotNow>> {
  const settled = await inRounds(context.backOff, () => poll(context, wanted), LOOKS_MAX)
  return settled ?? refuse({ code: 'store-slow', retryAfterSeconds: AGAIN_SECONDS })
}

async function poll(context: Context, wanted: Wanted): Promise<Outcome<SnapshotNow> | undefined> {
  const { store, caller, now } = context
  const name = { workspaceId: caller.workspaceId, eventKey: wanted.eventKey }
  const event = await findEvent(store, name)
  if (event === undefined) return refuse({ code: 'event-not-found', eventKey: wanted.eventKey })
  const look = await lookAt(store, event)
  const reading = look.head?.reading
  if (reading !== undefined && reading.eventKey !== wanted.eventKey) {
    // It was called otherwise when it was read last, or is by now.
    forgetEvent(store, name)
    const current = await findEvent(store, name)
    if (current?.eventId !== event.eventId) return undefined
    return serve(context, wanted, await claimAndRead(context, current, look))
  }
  const isRedrawn = reading !== undefined && (await isDrawnAnew(context, reading))
  if (isDue(look, now(), isRedrawn)) {
    const read = await claimAndRead(context, event, look)
    if (read !== 'claimed') return serve(context, wanted, read)
  }
  if (reading === undefined) return undefined
  const kept = await findHall(store, event.eventId, reading)
  const served = await serve(context, wanted, kept && { reading, kept })
  if (served !== undefined) return served
  // What was found is lost, or the chart was published anew since and tells no labels of before: that is read anew at once.
  return serve(context, wanted, await claimAndRead(context, event, look))
}

/** Whether an event is to be read anew, as far as was seen. */
function isDue({ head, counted }: Look, now: Instant, isRedrawn: boolean): boolean {
  const reading = head?.reading
  if (reading === undefined) return true
  const ageMs = now - reading.at
  const isChanged = counted.some((count, at) => {
    return count === undefined || count > (reading.counted[at] ?? -1)
  })
  return ageMs >= (isChanged || isRedrawn ? READING_MS_MIN : READING_MS_MAX)
}

/** Whether another drawing is published than was read. What is seen of the chart may be older than the reading: that says nothing. */
async function isDrawnAnew(
  { store, caller: { workspaceId } }: Context,
  { chartKey, chart: read, drawing }: Reading,
): Promise<boolean> {
  const chart = await lookAtChart(store, { workspaceId, chartKey })
  if (chart === undefined || read === undefined || chart.chartId !== read.chartId) return false
  return chart.version > read.version && chart.published?.drawingId !== drawing?.drawingId
}

function isClaimed({ claimedUntil }: SnapshotHead, now: Instant): boolean {
  return claimedUntil !== undefined && claimedUntil > now
}

/** Reads an event anew. 'claimed' where somebody else does; undefined where it has gone, or somebody else was faster. */
async function claimAndRead(
  context: Context,
  event: EventHead,
  { head }: Look,
): Promise<HallRead | 'claimed' | undefined> {
  const { store } = context
  if (head !== undefined && isClaimed(head, context.now())) {
    lookAgain(store, event)
    return 'claimed'
  }
  const claim = await claimReading(store, event, head)
  lookAgain(store, event)
  if (claim === undefined) return 'claimed'
  const read = await readAnew(context, { event, claim, head })
  if (read === 'gone' || read === 'overtaken') return undefined
  const seen = { head: { claim, reading: read.reading }, counted: [...read.reading.counted] }
  rememberLook(store, event, Promise.resolve(seen))
  return read
}

/** Undefined where there is nothing, or nothing whose labels and terms are known. */
async function serve(
  context: Context,
  { along }: Wanted,
  read: HallRead | 'claimed' | undefined,
): Promise<Outcome<SnapshotNow> | undefined> {
  if (read === undefined || read === 'claimed') return undefined
  const { reading, kept } = read
  const inventory = along === undefined ? nothing : await inventoryOf(context, reading)
  const details = along === 'terms' ? await detailsOf(context.store, reading) : {}
  if (inventory === undefined || details === undefined) return undefined
  const at = context.now()
  const told = toldAt(kept.hall, reading.number, at)
  const withChannels = context.caller.settings.publishableMayOpenChannels === true
  const terms = along === 'terms' ? toldTerms(inventory, details, { withChannels }) : undefined
  return succeed({
    ...read,
    now: at,
    told,
    labels: [...inventory.named.keys()],
    ...defined({ terms }),
  })
}

const { inventory: nothing } = nothingForSale

async function inventoryOf(
  { store, caller: { workspaceId } }: Context,
  { chartKey, drawing }: Reading,
): Promise<Inventory | undefined> {
  if (drawing === undefined) return nothing
  return readInventoryOf(store, { address: { workspaceId, chartKey }, drawing })
}

/** What the event said when it was read; undefined where that has been replaced. */
async function detailsOf(
  store: Context['store'],
  { speakers }: Reading,
): Promise<EventDetails | undefined> {
  const said = await readEventDetails(store, speakers)
  const texts = speakers.flatMap(({ eventId }) => said.get(eventId) ?? [])
  const [own, season = {}] = texts
  return own === undefined || texts.length < speakers.length
    ? undefined
    : detailsInSeason(season, own)
}
