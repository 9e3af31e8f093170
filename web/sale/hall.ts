import type { Letter } from './sale.ts'
import type { AreaTold, Changes, ChannelTold, End, Snapshot } from './read-answers.ts'

// How every object is: as the snapshot told it, with what has ended since, and over that what this browser has just done or was told,
// until the snapshot can be expected to show it.

interface Shown {
  readonly letter: Letter
  /** By the server's clock. */
  readonly until: number
}

interface Shift {
  readonly label: string
  readonly places: number
  readonly until: number
}

interface Coming extends End {
  readonly at: number
}

/** What is known of a hall. */
export interface Hall {
  /** Those that this buyer may buy from; undefined for what is in none. */
  readonly ownChannels: readonly string[] | undefined
  /** Undefined where the server tells none. */
  channels: readonly ChannelTold[] | undefined
  /** Positions of what is in a channel of this buyer. */
  inOwnChannels: ReadonlySet<number>
  labels: readonly string[]
  indexes: ReadonlyMap<string, number>
  letters: Letter[]
  readonly areas: Map<number, AreaTold>
  /** When the server read what is told here; undefined where it does not say so. */
  readAt: number | undefined
  coming: readonly Coming[]
  readonly shown: Map<string, Shown>
  shifts: readonly Shift[]
  /** Labels that look different since they were told last. */
  readonly changed: Set<string>
}

/** What is in no channel, among channels. */
const NO_CHANNEL = 'NO_CHANNEL'

/** An empty hall, for a buyer of these channels. */
export function openHall(channels: readonly string[] = []): Hall {
  return {
    ownChannels: channels.length === 0 ? undefined : channels,
    channels: undefined,
    inOwnChannels: new Set(),
    labels: [],
    indexes: new Map(),
    letters: [],
    areas: new Map(),
    readAt: undefined,
    coming: [],
    shown: new Map(),
    shifts: [],
    changed: new Set(),
  }
}

/** Takes a snapshot for the whole truth; answers false, and does nothing, where it is not whole. */
export function loadHall(hall: Hall, snapshot: Snapshot): boolean {
  const { labels, states } = snapshot
  if (labels === undefined || states?.length !== labels.length) return false
  hall.labels = labels
  hall.indexes = new Map(labels.map((label, index) => [label, index]))
  hall.letters = [...states]
  hall.channels = snapshot.channels
  const own = snapshot.channels?.filter(({ key }) => hall.ownChannels?.includes(key))
  hall.inOwnChannels = new Set(own?.flatMap(({ objects }) => objects))
  hall.areas.clear()
  hall.shifts = hall.shifts.filter(({ until }) => until === Infinity)
  takeRest(hall, snapshot)
  hall.changed.clear()
  return true
}

/** Takes what has changed; answers false, and does nothing, where it does not fit. */
export function takeChanges(hall: Hall, snapshot: Snapshot): boolean {
  const { states } = snapshot
  if (states !== undefined && states.length !== hall.labels.length) return false
  states?.forEach((letter, index) => {
    paint(hall, letter, index)
  })
  takeRest(hall, snapshot)
  return true
}

function takeRest(hall: Hall, { changes, areas, ends, serverTime, readAt }: Snapshot): void {
  hall.readAt = readAt
  apply(hall, changes, areas)
  const told = new Set(areas.map(({ index }) => hall.labels[index]))
  hall.shifts = hall.shifts.filter(({ label, until }) => until === Infinity || !told.has(label))
  hall.coming = ends
    .map((end) => ({ ...end, at: serverTime + end.afterMs }))
    .sort((one, other) => one.at - other.at)
}

function apply(hall: Hall, changes: Changes, areas: readonly AreaTold[]): void {
  for (const [letter, indexes] of changes) {
    for (const index of indexes) paint(hall, letter, index)
  }
  for (const area of areas) {
    const label = hall.labels[area.index]
    if (label === undefined) continue
    hall.areas.set(area.index, area)
    hall.changed.add(label)
  }
}

function paint(hall: Hall, letter: Letter, index: number): void {
  const label = hall.labels[index]
  if (label === undefined || hall.letters[index] === letter) return
  hall.letters[index] = letter
  hall.changed.add(label)
}

/** Applies what has ended by then, and forgets what was to be shown until then. */
export function passTime(hall: Hall, now: number): void {
  for (const { changes, areas } of hall.coming.filter(({ at }) => at <= now)) {
    apply(hall, changes, areas)
  }
  hall.coming = hall.coming.filter(({ at }) => at > now)
  for (const [label, { until }] of hall.shown) if (until <= now) unshow(hall, label)
  for (const { label, until } of hall.shifts) if (until <= now) hall.changed.add(label)
  hall.shifts = hall.shifts.filter(({ until }) => until > now)
}

/** The next moment at which something changes by itself; Infinity where nothing does. */
export function nextInHall(hall: Hall): number {
  const shown = [...hall.shown.values(), ...hall.shifts].map(({ until }) => until)
  return Math.min(hall.coming[0]?.at ?? Infinity, ...shown)
}

/** As the snapshot has it; `-` for a label that it does not know. */
export function toldLetter(hall: Hall, label: string): Letter {
  return hall.letters[hall.indexes.get(label) ?? -1] ?? '-'
}

/** As it is shown to this buyer. */
export function shownLetter(hall: Hall, label: string): Letter {
  return hall.shown.get(label)?.letter ?? ownLetter(hall, label)
}

/** Whoever buys from channels gets what is in them, and what is in none if that is named among them. */
function ownLetter(hall: Hall, label: string): Letter {
  const letter = toldLetter(hall, label)
  if (hall.ownChannels === undefined || hall.channels === undefined) return letter
  if (letter === 'c' && hall.inOwnChannels.has(hall.indexes.get(label) ?? -1)) return 'f'
  return letter === 'f' && !hall.ownChannels.includes(NO_CHANNEL) ? 'n' : letter
}

/** Shows an object as something until then, whatever the snapshot says. */
export function show(hall: Hall, label: string, shown: Shown): void {
  hall.shown.set(label, shown)
  hall.changed.add(label)
}

/** Shows an object as the snapshot does. */
export function unshow(hall: Hall, label: string): void {
  if (hall.shown.delete(label)) hall.changed.add(label)
}

/** Counts so many places of an area as taken, or with less than none as given back, until the snapshot tells the area anew; answers the end of that. */
export function shiftArea(hall: Hall, shift: Shift): () => void {
  hall.shifts = [...hall.shifts, shift]
  hall.changed.add(shift.label)
  return () => {
    hall.shifts = hall.shifts.filter((other) => other !== shift)
    hall.changed.add(shift.label)
  }
}

/** Places of an area that are left for this buyer; 0 for everything else. */
export function placesLeft(hall: Hall, label: string): number {
  const area = hall.areas.get(hall.indexes.get(label) ?? -1)
  if (area === undefined || toldLetter(hall, label) !== 'a') return 0
  return hall.shifts
    .filter((shift) => shift.label === label)
    .reduce((left, { places }) => Math.max(0, left - places), ownPlaces(hall, area))
}

function ownPlaces({ ownChannels, channels }: Hall, { free, freeByChannel }: AreaTold): number {
  if (ownChannels === undefined || channels === undefined) return free
  return channels.reduce(
    (sum, { key }, index) =>
      sum + (ownChannels.includes(key) ? (freeByChannel.get(index) ?? 0) : 0),
    ownChannels.includes(NO_CHANNEL) ? free : 0,
  )
}
