import { addItems, takeFrom, tellItem, type Item } from './basket.ts'
import type { Changes } from './changes.ts'
import type { Events } from './events.ts'
import type { Follow } from './follow.ts'
import { show, toldLetter, type Hall } from './hall.ts'
import { holdAll, holdBest, type HoldResult, type Holding } from './hold-seats.ts'
import type { Purse } from './purse.ts'
import { releaseItems } from './release-seats.ts'
import type { Connection, Held, Refused, Sale, SaleOptions } from './sale.ts'
import type { ServerClock } from './server-clock.ts'
import { SETTLED_MS } from './times.ts'

/** What a person asks of a sale, one after the other. */
export type Till = Pick<
  Sale,
  'hold' | 'release' | 'bestAvailable' | 'forget' | 'keptUntil' | 'startAnew'
>

interface Needs {
  readonly options: SaleOptions
  readonly changes: Changes
  readonly hall: Hall
  readonly clock: ServerClock
  readonly purse: Purse
  readonly events: Events
  readonly follow: Follow
  /** Tells what looks different. */
  readonly tell: () => void
  /** Lets happen what the clock brings. */
  readonly pass: () => void
}

/** Why nothing can be held. */
const blocked: Readonly<Record<Exclude<Connection, 'live'>, string>> = {
  loading: 'offline',
  offline: 'offline',
  refused: 'key_invalid',
  gone: 'event_not_found',
}

/** Opens it. */
export function openTill(needs: Needs): Till {
  const { options, changes, hall, clock, purse, tell } = needs
  const holding: Holding = {
    ...{ options, changes, hall, clock, tell },
    token: () => purse.token,
    items: () => purse.items(),
  }
  return {
    hold: (wanted) =>
      changes.inTurn(async () => {
        if (wanted.length === 0) return { held: [], refused: [] }
        const labels = wanted.map(({ label }) => label)
        const result = await tryTo(needs, labels, () => holdAll(holding, wanted))
        if (result.refused.length > 0) return { held: [], refused: result.refused }
        setLines(needs, wanted)
        return { held: wanted.map(tellItem), refused: [] }
      }),
    bestAvailable: (wish) =>
      changes.inTurn(async () => {
        const { items, refused } = await tryTo(needs, [''], () => holdBest(holding, wish))
        return { held: items.map(tellItem), refused }
      }),
    release: (what) => changes.inTurn(() => release(needs, what)),
    forget() {
      const until = clock.now() + SETTLED_MS
      for (const { label } of purse.items()) {
        if (toldLetter(hall, label) !== 'a') show(hall, label, { letter: 'b', until })
      }
      setItems(needs, [])
    },
    keptUntil(expiresAt) {
      if (!Number.isFinite(expiresAt)) return
      setItems(
        needs,
        purse.items().map((item) => ({ ...item, expiresAt })),
      )
    },
    startAnew: () =>
      changes.inTurn(async () => {
        await release(
          needs,
          purse.items().map(({ label }) => label),
        )
        await purse.renew()
      }),
  }
}

/** Holds if the server is reached, and tells what came of it. */
async function tryTo(
  needs: Needs,
  labels: readonly string[],
  hold: () => Promise<HoldResult>,
): Promise<HoldResult> {
  const { purse, follow, changes, events } = needs
  await purse.ready()
  await follow.ready()
  const { connection } = follow
  if (connection !== 'live') {
    return refuse(
      needs,
      labels.map((label) => ({ label, reason: blocked[connection] })),
    )
  }
  await changes.settle()
  const result = await hold()
  if (result.refused.length > 0) {
    // Whoever was refused has seen something old, or can no more.
    follow.look()
    return refuse(needs, result.refused)
  }
  if (result.items.length === 0) return result
  setItems(needs, addItems(purse.items(), result.items))
  events.emit('held', result.items.map(tellItem))
  return result
}

function refuse({ events }: Needs, refused: readonly Refused[]): HoldResult {
  events.emit('refused', refused)
  return { items: [], refused }
}

async function release(needs: Needs, what: readonly (string | Held)[]): Promise<void> {
  const { purse, events, follow, changes, hall, clock } = needs
  await purse.ready()
  const before = purse.items()
  let left = before
  const released: Item[] = []
  for (const one of what) {
    const isPart = typeof one !== 'string' && toldLetter(hall, one.label) === 'a'
    const parted = takeFrom(left, typeof one === 'string' || isPart ? one : one.label)
    left = parted.left
    released.push(...parted.taken)
  }
  if (released.length === 0) return
  const { token } = purse
  setItems(needs, left)
  const isReached = follow.connection === 'live'
  if (isReached) await changes.settle()
  await releaseItems({ changes, hall, clock, token, isReached }, { released, left })
  needs.pass()
  events.emit('released', released.map(tellItem))
}

/** Who holds a seat once more has another ticket type in mind, or another number of people. */
function setLines(needs: Needs, wanted: readonly Held[]): void {
  const { hall, purse } = needs
  const lines = new Map(wanted.map((line) => [line.label, tellItem(line)]))
  const isOther = ({ label, quantity, ticketType }: Item) => {
    const line = toldLetter(hall, label) === 'a' ? undefined : lines.get(label)
    return line && (line.quantity !== quantity || line.ticketType !== ticketType)
  }
  if (!purse.items().some(isOther)) return
  const setLine = (item: Item) => {
    const { expiresAt, heldAt, isSeen } = item
    return isOther(item) ? { ...(lines.get(item.label) ?? item), expiresAt, heldAt, isSeen } : item
  }
  setItems(needs, purse.items().map(setLine))
}

function setItems({ purse, pass }: Needs, items: readonly Item[]): void {
  purse.set(items)
  pass()
}
