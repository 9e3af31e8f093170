import { contentTag } from '../../content-tag.ts'
import { defined } from '../../defined.ts'
import type { EventHead } from '../../records/records.ts'
import { placesTaken } from '../../rules/seat.ts'
import { shownState } from '../../rules/season/shown-state.ts'
import { encodeHall, type KeptHall } from '../../rules/snapshot/encode-hall.ts'
import { hallOf, type EventSeen } from '../../rules/snapshot/hall-of.ts'
import { atRestBy, changedBetween, withRevision } from '../../rules/snapshot/revisions.ts'
import type { Hall } from '../../rules/snapshot/hall.ts'
import type { SeatsRead } from '../../store/seats/read-seats.ts'
import { rememberChart } from '../../store/snapshots/chart-looks.ts'
import { countersOf, readCounter } from '../../store/snapshots/counters.ts'
import { findHall, keepHall, slotAfter } from '../../store/snapshots/halls.ts'
import {
  dropHead,
  redeemClaim,
  type Reading,
  type SnapshotHead,
} from '../../store/snapshots/heads.ts'
import type { Context } from '../context.ts'
import { readWholeEvent, type WholeEvent } from '../seats/whole-event.ts'

// One reading of a whole event, for everybody who polls it. The counters are read before the rows: what changed between the two is
// counted beyond what the reading says, and so is read again.

/** A reading with what it found. */
export interface HallRead {
  readonly reading: Reading
  readonly kept: KeptHall
}

/** What a reading is made under. */
interface Claimed {
  readonly event: EventHead
  readonly claim: number
  /** As it was before. */
  readonly head: SnapshotHead | undefined
}

/** Reads an event under a claim, and keeps what it finds. Answers 'gone' where there is no such event any more, 'overtaken' where a later claim won. */
export async function readAnew(
  context: Context,
  { event: { eventId, eventKey, season }, claim, head }: Claimed,
): Promise<HallRead | 'gone' | 'overtaken'> {
  const { store } = context
  const at = context.now()
  const counters = countersOf({ eventId, ...defined({ season }) })
  const counted = await Promise.all(counters.map((counter) => readCounter(store, counter)))
  const whole = await readWholeEvent(context, eventKey)
  if (!whole.ok || whole.value.event.eventId !== eventId) {
    await dropHead(store, { eventId, claim })
    return 'gone'
  }
  const { chart } = whole.value.read
  if (chart !== undefined) rememberChart(store, chart)
  const hall = hallOf(seeEvent(whole.value), whole.value.at)
  const facts = { at, counted, ...factsOf(whole.value.read, hall) }
  const former = await formerHall(store, eventId, head?.reading)
  const { reading, kept } = numbered({ hall, facts, claim, former, last: head?.reading })
  if (kept !== former?.kept) {
    const parts = await keepHall(store, { eventId, ...reading }, kept)
    if (parts === undefined) return 'overtaken'
    const whole = { ...reading, parts }
    return (await redeemClaim(store, { eventId, claim }, whole))
      ? { reading: whole, kept }
      : 'overtaken'
  }
  return (await redeemClaim(store, { eventId, claim }, reading)) ? { reading, kept } : 'overtaken'
}

type Facts = Omit<Reading, 'number' | 'slot' | 'parts'>

function factsOf(
  { event, chart, season }: SeatsRead,
  { letters, holds }: Hall,
): Omit<Facts, 'at' | 'counted'> {
  const own = chart?.chartId === event.chartId ? chart : undefined
  const published = own?.published
  const drawing = published && {
    drawingId: published.drawingId,
    parts: published.parts,
    version: published.number,
  }
  const { eventKey, chartKey } = event
  const nextEnd = holds[0]?.until
  const heads = season === undefined || season.head.eventId === event.eventId ? [] : [season.head]
  const terms = termsFacts([event, ...heads])
  const seen = own && { chartId: own.chartId, version: own.version }
  const facts = { eventKey, chartKey, ...terms, objects: letters.length }
  return { ...facts, ...defined({ chart: seen, drawing, nextEnd }) }
}

/** Characters of a digest that tell terms apart. */
const TERMS_VERSION_LENGTH = 16

/** Every change of terms is a new text, or another way to sell tables. */
function termsFacts(heads: readonly EventHead[]): Pick<Facts, 'termsVersion' | 'speakers'> {
  const words = heads.map(({ details, tableBooking }) => [details?.textId, tableBooking])
  return {
    termsVersion: contentTag(JSON.stringify(words)).slice(0, TERMS_VERSION_LENGTH),
    speakers: heads.map(({ eventId, details }) => ({ eventId, ...defined({ details }) })),
  }
}

async function formerHall(store: Context['store'], eventId: string, reading: Reading | undefined) {
  const kept = reading && (await findHall(store, eventId, reading))
  return reading && kept && { reading, kept }
}

/** What was found is kept under the claim's number, or is what the last reading found. */
function numbered(found: {
  readonly hall: Hall
  readonly facts: Facts
  readonly claim: number
  readonly former: HallRead | undefined
  readonly last: Reading | undefined
}): HallRead {
  const { hall, facts, claim: number, former, last } = found
  const anew = { ...facts, number, slot: slotAfter(last), parts: 0 }
  const isSameDrawing = former?.reading.drawing?.drawingId === facts.drawing?.drawingId
  if (former === undefined || !isSameDrawing)
    return { reading: anew, kept: { hall, revisions: [] } }
  const before = former.kept.hall
  const isOnSameTerms = former.reading.termsVersion === facts.termsVersion
  if (isOnSameTerms && isSame(atRestBy(before, facts.at), hall)) {
    const { number, slot, parts } = former.reading
    return { reading: { ...facts, number, slot, parts }, kept: former.kept }
  }
  const changed = changedBetween(before, hall)
  const newest = { from: former.reading.number, number, changed }
  const revisions = withRevision(former.kept.revisions, newest)
  return { reading: anew, kept: { hall, revisions } }
}

function isSame(one: Hall, other: Hall): boolean {
  const text = (hall: Hall) => encodeHall({ hall, revisions: [] })
  return text(one) === text(other)
}

function seeEvent({ terms, labels, targetOf, blocks, areaOf }: WholeEvent): EventSeen {
  return {
    terms,
    labels,
    blocks,
    areaOf,
    stateAt: (label, at) => {
      const target = targetOf(label)
      const { state, of } = shownState(target, at)
      // What is not on sale here any more is told where it was sold.
      if (target.offer === undefined && of !== 'own') return { status: 'free' }
      // What its season has put up for resale is bought in the season: here it is taken.
      return of === 'season' ? (placesTaken(state) ?? state) : state
    },
  }
}
