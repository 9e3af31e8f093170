import { defined } from '../../lib/defined.ts'
import { SECOND_MS } from '../../lib/limits/durations.ts'
import { byLabel, firstEnd, placesOf, tellItem, type Item } from './basket.ts'
import type { Changes, Outcome, Sent } from './changes.ts'
import { shiftArea, show, toldLetter, unshow, type Hall } from './hall.ts'
import { readHeld, readRefused, type HeldAnswer } from './read-answers.ts'
import type { BestWish, Held, Letter, Refused, SaleOptions } from './sale.ts'
import type { ServerClock } from './server-clock.ts'
import { SETTLED_MS } from './times.ts'

// Holds objects, all or none. The API takes seats together and each area by itself: so of several requests, what the first ones held is
// given back where a later one is refused.

/** What a hold needs. */
export interface Holding {
  readonly options: SaleOptions
  readonly changes: Changes
  readonly hall: Hall
  readonly clock: ServerClock
  readonly token: () => string
  readonly items: () => readonly Item[]
  /** Tells what looks different now. */
  readonly tell: () => void
}

/** What came of a hold. */
export interface HoldResult {
  readonly items: readonly Item[]
  readonly refused: readonly Refused[]
}

/** One request's share of what is wanted. */
interface Part {
  readonly lines: readonly Held[]
  readonly labels: readonly string[]
  /** Of an area. */
  readonly quantity?: number
}

/** Holds all of these or none; what this buyer holds already counts as held. */
export async function holdAll(holding: Holding, wanted: readonly Held[]): Promise<HoldResult> {
  const { hall, changes, clock, tell } = holding
  const parts = toParts(holding, wanted)
  const takeBack = parts.map((part) => showTaken(hall, part))
  tell()
  const items: Item[] = []
  const sent: Sent[] = []
  for (const part of parts) {
    const change = changes.name('/seats/hold', holdBody(holding, part))
    const outcome = await changes.send(change)
    const answer = outcome.kind === 'done' ? readHeld(outcome.body) : undefined
    if (answer !== undefined) {
      sent.push(change)
      items.push(...part.lines.map((line) => toItem(line, answer, clock.now())))
      continue
    }
    for (const back of takeBack) back()
    if (outcome.kind !== 'refused') undo(holding, change, part)
    for (const [index] of sent.entries()) await giveBack(holding, parts[index])
    const refused = refusedOf(outcome, part.labels)
    showRefused(holding, refused)
    tell()
    return { items: [], refused }
  }
  for (const back of takeBack) back()
  for (const part of parts) showSettling(holding, part)
  return { items, refused: [] }
}

/** Seats together, each area by itself; a seat that is wanted twice, or held already, once. */
function toParts({ hall, items }: Holding, wanted: readonly Held[]): readonly Part[] {
  const isArea = ({ label }: Held) => toldLetter(hall, label) === 'a'
  const mine = new Set(items().map(({ label }) => label))
  const seats = new Map(
    wanted.filter((line) => !isArea(line) && !mine.has(line.label)).map((it) => [it.label, it]),
  )
  const areas = byLabel(wanted.filter(isArea))
  const together = { lines: [...seats.values()], labels: [...seats.keys()] }
  return [
    ...(seats.size === 0 ? [] : [together]),
    ...[...areas].map(([label, lines]) => ({
      ...{ lines, labels: [label] },
      quantity: placesOf(lines),
    })),
  ]
}

function holdBody(holding: Holding, { labels, quantity }: Part): object {
  const what =
    quantity === undefined
      ? { objectLabels: labels }
      : { objectLabel: labels[0], objectType: 'generalAdmission', quantity }
  return { ...what, ...commonBody(holding) }
}

/** Everything in a basket ends together: what comes later is held for what is left of the first. */
function commonBody({ options, clock, token, items }: Holding): object {
  const end = firstEnd(items())
  const left = end === undefined ? undefined : Math.ceil((end - clock.now()) / SECOND_MS)
  const ttlSeconds = left === undefined ? options.holdSeconds : Math.max(1, left)
  const channelKeys = options.channels?.length === 0 ? undefined : options.channels
  return { holdToken: token(), ...defined({ ttlSeconds, channelKeys }) }
}

function toItem(line: Held, { expiresAt }: HeldAnswer, heldAt: number): Item {
  return { ...tellItem(line), expiresAt, heldAt, isSeen: false }
}

/** Shows a part as taken while that is asked; answers the end of it. */
function showTaken(hall: Hall, { labels, quantity }: Part): () => void {
  if (quantity !== undefined) {
    return shiftArea(hall, { label: labels[0] ?? '', places: quantity, until: Infinity })
  }
  for (const label of labels) show(hall, label, { letter: 'h', until: Infinity })
  return () => {
    for (const label of labels) unshow(hall, label)
  }
}

/** Places that were held are fewer until the snapshot says so itself. */
function showSettling({ hall, clock }: Holding, { labels, quantity }: Part): void {
  if (quantity === undefined) return
  const until = clock.now() + SETTLED_MS
  shiftArea(hall, { label: labels[0] ?? '', places: quantity, until })
}

/** What a refused object is, by the API's reason. */
const letterByReason: ReadonlyMap<string, Letter> = new Map([
  ['held', 'h'],
  ['booked', 'b'],
  ['not_for_sale', 'n'],
  ['not_found', '-'],
])

function showRefused({ hall, clock }: Holding, refused: readonly Refused[]): void {
  for (const { label, reason } of refused) {
    const letter = letterByReason.get(reason)
    if (letter === undefined || toldLetter(hall, label) === 'a') continue
    show(hall, label, { letter, until: clock.now() + SETTLED_MS })
  }
}

function refusedOf(outcome: Outcome, labels: readonly string[]): readonly Refused[] {
  if (outcome.kind === 'refused') return readRefused(outcome, labels)
  return labels.map((label) => ({ label, reason: 'offline' }))
}

/** Once it is known what became of a hold that nobody may count on, what it held is given back. */
function undo(holding: Holding, change: Sent, part: Part): void {
  holding.changes.owe(async () => {
    const outcome = await holding.changes.send(change)
    if (outcome.kind === 'open') return false
    if (outcome.kind === 'done') await giveBack(holding, part, tokenOf(change))
    return true
  })
}

function tokenOf({ body }: Sent): string {
  return (body as { holdToken: string }).holdToken
}

/** Gives back what a part held, now or as soon as that is possible. */
async function giveBack(
  { changes, token }: Holding,
  part: Part | undefined,
  holdToken = token(),
): Promise<void> {
  if (part === undefined) return
  const { labels: objectLabels, quantity } = part
  const body = { objectLabels, holdToken, ...defined({ quantity }) }
  const change = changes.name('/seats/release', body)
  const run = async () => (await changes.send(change)).kind !== 'open'
  if (!(await run())) changes.owe(run)
}

/** Holds the best that there is. */
export async function holdBest(holding: Holding, wish: BestWish): Promise<HoldResult> {
  const { changes, clock } = holding
  const change = changes.name('/seats/best-available', { ...wish, ...commonBody(holding) })
  const outcome = await changes.send(change)
  const answer = outcome.kind === 'done' ? readHeld(outcome.body) : undefined
  if (answer !== undefined) {
    for (const { label, quantity } of answer.held) {
      const isArea = toldLetter(holding.hall, label) === 'a'
      if (isArea) showSettling(holding, { lines: [], labels: [label], quantity })
    }
    return { items: answer.held.map((line) => toItem(line, answer, clock.now())), refused: [] }
  }
  if (outcome.kind !== 'refused') undoBest(holding, change)
  return { items: [], refused: refusedOf(outcome, ['']) }
}

function undoBest(holding: Holding, change: Sent): void {
  holding.changes.owe(async () => {
    const outcome = await holding.changes.send(change)
    if (outcome.kind === 'open') return false
    const { held = [] } = (outcome.kind === 'done' ? readHeld(outcome.body) : undefined) ?? {}
    for (const { label, quantity } of held) {
      const isArea = toldLetter(holding.hall, label) === 'a'
      const part = { lines: [], labels: [label], ...(isArea ? { quantity } : {}) }
      await giveBack(holding, part, tokenOf(change))
    }
    return true
  })
}
