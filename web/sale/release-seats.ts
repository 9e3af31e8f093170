import { defined } from '../../lib/defined.ts'
import { byLabel, placesOf, type Item } from './basket.ts'
import type { Changes } from './changes.ts'
import { shiftArea, show, toldLetter, type Hall } from './hall.ts'
import { readRefused } from './read-answers.ts'
import type { ServerClock } from './server-clock.ts'
import { SETTLED_MS } from './times.ts'

/** What a release needs. */
export interface Releasing {
  readonly changes: Changes
  readonly hall: Hall
  readonly clock: ServerClock
  readonly token: string
  /** Else it is sent as soon as the server is reached. */
  readonly isReached: boolean
}

/** What leaves a basket, and what stays. */
export interface Parted {
  readonly released: readonly Item[]
  readonly left: readonly Item[]
}

/** One request: whole labels together, or some places of an area. */
interface Part {
  readonly items: readonly Item[]
  readonly quantity?: number
}

/** Gives back what has left a basket: now, or what cannot be sent now, as soon as that is possible. */
export async function releaseItems(releasing: Releasing, parted: Parted): Promise<void> {
  for (const part of toParts(parted)) {
    const run = releaseOf(releasing, part)
    if (!releasing.isReached || !(await run())) releasing.changes.owe(run)
    else showFree(releasing, part)
  }
}

function toParts({ released, left }: Parted): readonly Part[] {
  const isLeft = new Set(left.map(({ label }) => label))
  const whole = released.filter(({ label }) => !isLeft.has(label))
  const partly = byLabel(released.filter(({ label }) => isLeft.has(label)))
  return [
    ...(whole.length === 0 ? [] : [{ items: whole }]),
    ...[...partly.values()].map((items) => ({ items, quantity: placesOf(items) })),
  ]
}

/** Releases a part; answers whether it is known to be done, and is run again under the same name where it is not. */
function releaseOf({ changes, token }: Releasing, { items, quantity }: Part) {
  const nameFor = (labels: readonly string[]) => {
    const body = { objectLabels: labels, holdToken: token, ...defined({ quantity }) }
    return { labels, change: changes.name('/seats/release', body) }
  }
  let open = nameFor([...byLabel(items).keys()])
  return async () => {
    for (;;) {
      const outcome = await changes.send(open.change)
      if (outcome.kind !== 'refused') return outcome.kind === 'done'
      // What is refused is not held any more; the rest is sent without it.
      const refused = new Set(readRefused(outcome, open.labels).map(({ label }) => label))
      const rest = open.labels.filter((label) => !refused.has(label))
      if (rest.length === 0 || rest.length === open.labels.length) return true
      open = nameFor(rest)
    }
  }
}

/** Until the snapshot shows it by itself. */
function showFree({ hall, clock }: Releasing, { items }: Part): void {
  const until = clock.now() + SETTLED_MS
  for (const { label, quantity } of items) {
    if (toldLetter(hall, label) === 'a') shiftArea(hall, { label, places: -quantity, until })
    else show(hall, label, { letter: 'f', until })
  }
}
