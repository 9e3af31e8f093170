import type * as z from 'zod'
import { toIso, type Instant } from '../clock.ts'
import {
  areasAfter,
  isTakenLetter,
  letters,
  lettersAfter,
  type Hall,
} from '../rules/snapshot/hall.ts'
import { categoryKeys } from '../rules/snapshot/hall-of.ts'
import type { statusReply } from './status-shapes.ts'

type Entries = z.output<typeof statusReply>['objects']
type Entry = Entries[number]

/** An event as it was read a moment ago, with what has ended since. */
export interface HallNow {
  readonly hall: Hall
  readonly now: Instant
  /** How many of its holds are over. */
  readonly ended: number
  /** Of all of its objects, in their order. */
  readonly labels: readonly string[]
}

/** Everything of an event that is not free, as buyers may see it: first what is sold as one, then places of areas. */
export function toBuyersStatus(seen: HallNow): Entries {
  return [...wholes(seen).sort(byLabel), ...places(seen).sort(byLabel)]
}

function byLabel(a: Entry, b: Entry): number {
  if (a.objectLabel === b.objectLabel) return 0
  return a.objectLabel < b.objectLabel ? -1 : 1
}

function wholes({ hall, now, ended, labels }: HallNow): Entry[] {
  const shown = lettersAfter(hall, ended)
  const categories = categoryKeys(hall)
  const ends = hall.holds.slice(ended).filter(({ ofPool }) => ofPool === undefined)
  const endOf = new Map(ends.map(({ index, until }) => [index, until]))
  const here = labels.flatMap((objectLabel, index): Entry[] => {
    if (!isTakenLetter(shown[index])) return []
    const until = shown[index] === letters.held ? endOf.get(index) : undefined
    return [entryOf(objectLabel, { until, categoryKey: categories[index] })]
  })
  const lost = hall.lost.filter((it) => it.places === undefined && !isOver(it.until, now))
  return [...here, ...lost.map(({ label, until }) => entryOf(label, { until }))]
}

function isOver(until: Instant | undefined, now: Instant): boolean {
  return until !== undefined && until <= now
}

function entryOf(
  objectLabel: string,
  {
    until,
    categoryKey = null,
  }: { until: Instant | undefined; categoryKey?: string | null | undefined },
): Entry {
  return {
    objectLabel,
    status: until === undefined ? 'booked' : 'held',
    holdToken: null,
    holdExpiresAt: until === undefined ? null : toIso(until),
    categoryKey,
  }
}

function places(seen: HallNow): Entry[] {
  const { hall, now, ended, labels } = seen
  const categories = categoryKeys(hall)
  const here = areasAfter(hall, ended).flatMap(({ index, held, booked }): Entry[] => {
    const until = hall.holds.slice(ended).find((hold) => hold.index === index && hold.ofPool)?.until
    const of = { categoryKey: categories[index] }
    return placesOf(labels[index] ?? '', { ...of, held, booked, until })
  })
  const lost = hall.lost.filter((it) => it.places !== undefined && !isOver(it.until, now))
  const gone = [...new Set(lost.map(({ label }) => label))].flatMap((label): Entry[] => {
    const parts = lost.filter((it) => it.label === label)
    const sum = (some: typeof parts) => some.reduce((all, part) => all + (part.places ?? 0), 0)
    const holds = parts.filter((part) => part.until !== undefined)
    const booked = sum(parts.filter((part) => part.until === undefined))
    const [until] = holds.map((part) => part.until ?? now).sort((a, b) => a - b)
    return placesOf(label, { held: sum(holds), booked, until })
  })
  return [...here, ...gone]
}

/** All that is held as one, until the first of the deadlines, and all that is booked. */
function placesOf(
  label: string,
  taken: {
    readonly held: number
    readonly booked: number
    readonly until: Instant | undefined
    readonly categoryKey?: string | undefined
  },
): Entry[] {
  const { held, booked, until, categoryKey } = taken
  const objectType = 'generalAdmission' as const
  const entry = (end: Instant | undefined, quantity: number): Entry[] =>
    quantity === 0 ? [] : [{ ...entryOf(label, { until: end, categoryKey }), objectType, quantity }]
  return [...entry(until, held), ...entry(undefined, booked)]
}
