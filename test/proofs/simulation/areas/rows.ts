import type { PlacesChange } from '../judge/places.ts'
import type { Fields } from '../judge/timeline.ts'
import type { Asked, Opening, Sending } from '../requests.ts'
import { AREAS } from '../venue.ts'
import { NO_CHANNEL, opens, quotasOf, WITHHELD, type Pools } from './pools.ts'
import {
  bookedIn,
  holdsOf,
  placesIn,
  poolsOf,
  statesOf,
  takenIn,
  type AreaState,
  type Hold,
} from './block-rows.ts'
import { during, lineName, type AreaCommit, type Lawn, type PlacesLine } from './reading.ts'

// Judging the rows of areas, commit after commit: by what they were before and after, and by what history says of them.

/** Tells everything that is wrong with the rows of areas. */
export function judgeRows(lawn: Lawn): string[] {
  const faults = [...lawn.faults]
  const used = new Set<string>()
  for (const [name, commits] of lawn.commits) {
    const states = statesOf(commits)
    for (const [at, commit] of commits.entries()) {
      const state = states[at] ?? { plan: undefined, blocks: new Map() }
      const found = [
        ...divisionFaults(commit, { state, before: states[at - 1] }),
        ...planFaults(lawn, commit, { state, before: states[at - 1] }),
        ...commit.changes.flatMap((change) => blockFaults(lawn, change, { state, used })),
      ]
      faults.push(...found.map((fault) => `${name} at ${commit.order}: ${fault}`))
    }
  }
  const untrue = [...lawn.lines.keys()].filter((name) => !used.has(name))
  return [...faults, ...untrue.map((name) => `history says, and it is not so: ${name}`)]
}

interface Around {
  readonly state: AreaState
  readonly before: AreaState | undefined
}

const numberOf = ({ plan }: Pick<AreaState, 'plan'>) => Number(plan?.['v'] ?? 0)

/** All blocks are of one plan, which gives each pool what the blocks have; and none has more taken than it has. */
function divisionFaults({ label }: AreaCommit, { state, before }: Around): string[] {
  const { plan, blocks } = state
  const faults: string[] = []
  const quotas = new Map<string, number>((plan?.['q'] ?? []) as [string, number][])
  const count = Number(plan?.['b'] ?? blocksFor(capacityOf(label)))
  if (count < Number(before?.plan?.['b'] ?? 0)) faults.push('it has fewer blocks than before')
  const sums = new Map<string, number>()
  for (let block = 0; block < count; block += 1) {
    const row = blocks.get(block)
    if (row === undefined && plan === undefined) continue
    if (row?.['pl'] !== numberOf(state)) {
      faults.push(`block ${block} is of plan ${String(row?.['pl'])} and not ${numberOf(state)}`)
    }
    for (const [pool, places, booked] of poolsOf(row)) {
      sums.set(pool, (sums.get(pool) ?? 0) + places)
      const held = holdsOf(row).reduce((sum, hold) => sum + (hold[1] === pool ? hold[2] : 0), 0)
      if (booked + held > places && plan?.['over'] !== true) {
        faults.push(`block ${block} has ${places} of ${pool}, and ${booked} and ${held} are taken`)
      }
    }
  }
  const sum = [...sums.values()].reduce((all, places) => all + places, 0)
  if (plan === undefined)
    return sum > capacityOf(label) ? [...faults, `it has ${sum} places`] : faults
  for (const [pool, places] of quotas) {
    const has = sums.get(pool) ?? 0
    const isFine = plan['over'] === true ? has <= places : has === places
    if (pool !== WITHHELD && !isFine)
      faults.push(`its blocks have ${has} of ${pool}, not ${places}`)
  }
  return faults
}

function capacityOf(label: string): number {
  return AREAS.find((area) => area.label === label)?.capacity ?? 0
}

function blocksFor(capacity: number): number {
  return Math.max(1, Math.ceil(capacity / 50))
}

/** Whoever sells places does so by what terms and chart gave them at some moment while it was asked. */
function planFaults(lawn: Lawn, commit: AreaCommit, { state, before }: Around): string[] {
  const { eventId, label, time, changes } = commit
  const isPlanned = changes.some(({ block }) => block === undefined)
  const sending = sendingOf(lawn, changes)
  const looks = sending !== undefined && !['extend', 'move-token'].includes(sending.asked.verb)
  if (!looks && !isPlanned) return []
  if (!isPlanned && before?.plan?.['over'] === true)
    return ['it was over, and nobody planned it again']
  const span = { from: sending?.startedAt ?? time, to: time }
  const says = during(lawn.terms.get(eventId) ?? [], span)
  const has = during(lawn.capacities, span)
  const plan = (state.plan?.['q'] ?? [[NO_CHANNEL, capacityOf(label)]]) as [string, number][]
  const isTrue = says.some(({ value: terms }) =>
    has.some(({ value }) => isSame(quotasOf(terms, { label, capacity: value[label] ?? 0 }), plan)),
  )
  const faults = isTrue ? [] : [`it is divided as nobody said: ${JSON.stringify(plan)}`]
  const at = changes.find(({ block }) => block !== undefined)?.decidedAt ?? 0
  const isOver = isTakenOver(before?.blocks.values() ?? [], { quotas: new Map(plan), now: at })
  if (isPlanned && isOver !== (state.plan?.['over'] === true)) {
    faults.push(`it is ${isOver ? '' : 'not '}over, and says otherwise`)
  }
  if (isPlanned) faults.push(...roomFaults({ state, before }, { quotas: new Map(plan), now: at }))
  return faults
}

/** What is taken beyond the places of one pool, others must not have: so it is when places are divided, before any are moved. */
function roomFaults({ state, before }: Around, { quotas, now }: Under): string[] {
  let [taken, filled] = [0, 0]
  for (const [number, row] of state.blocks) {
    const former = before?.blocks.get(number)
    const own = takenUnder(former === undefined ? [] : [former], { quotas, now })
    const places = new Map(poolsOf(row).map(([pool, has]) => [pool, has]))
    for (const pool of new Set([...own.keys(), ...places.keys()])) {
      taken += own.get(pool) ?? 0
      filled += Math.max(own.get(pool) ?? 0, places.get(pool) ?? 0)
    }
  }
  const sold = [...quotas].reduce((sum, [pool, has]) => sum + (pool === WITHHELD ? 0 : has), 0)
  return filled > Math.max(taken, sold) ? [`it would sell ${filled} places, and has ${sold}`] : []
}

function isSame(quotas: Pools, plan: readonly (readonly [string, number])[]): boolean {
  const found = new Map(plan)
  return (
    found.size === quotas.size && [...quotas].every(([pool, places]) => found.get(pool) === places)
  )
}

interface Under {
  readonly quotas: Pools
  readonly now: number
}

/** What is taken by pool, where what was taken in one that there is no more counts as taken in that of no channel. */
function takenUnder(blocks: Iterable<Fields>, { quotas, now }: Under): Map<string, number> {
  const taken = new Map<string, number>()
  for (const [pool, places] of takenIn(blocks, now)) {
    const known = quotas.has(pool) ? pool : NO_CHANNEL
    taken.set(known, (taken.get(known) ?? 0) + places)
  }
  return taken
}

function isTakenOver(blocks: Iterable<Fields>, under: Under): boolean {
  return [...takenUnder(blocks, under)].some(
    ([pool, places]) => places > (under.quotas.get(pool) ?? 0),
  )
}

/** Who asked for it; undefined where time did. */
export function sendingOf(
  { record }: Pick<Lawn, 'record'>,
  changes: readonly PlacesChange[],
): Sending | undefined {
  const operations = changes.flatMap(({ after }) =>
    typeof after['op'] === 'string' ? after['op'] : [],
  )
  return record.draws.get(operations[0] ?? '')?.sending
}

const isBooked = (word: string) => word === 'booked' || word.startsWith('=')

/** What became of a block is what history says, and nothing else: places neither come nor go. */
function blockFaults(
  lawn: Lawn,
  change: PlacesChange,
  { used }: { state: AreaState; used: Set<string> },
): string[] {
  const { block, before, after, decidedAt: at } = change
  if (block === undefined) return []
  const live = holdsOf(before).filter(([, , , until]) => until > at)
  const lapsed = new Set(holdsOf(before).flatMap(([token, , , until]) => (until > at ? [] : token)))
  const faults: string[] = []
  const first = Number(before?.['v'] ?? 0)
  const isPlanned = after['pl'] !== (before?.['pl'] ?? 0)
  const lines: PlacesLine[] = []
  for (let version = first + 1; version <= Number(after['v']); version += 1) {
    const name = lineName({ ...change, block, version })
    const line = lawn.lines.get(name)
    const isQuiet = isPlanned && version === first + lapsed.size + 1
    if (isQuiet !== (line === undefined)) faults.push(`history and version ${version} do not agree`)
    if (line === undefined) continue
    used.add(name)
    if (version > first + lapsed.size) lines.push(line)
    else if (!lapsed.has(line.token ?? '')) faults.push(`nothing of ${String(line.token)} was over`)
    else {
      const over = holdsOf(before).filter(
        ([token, , , until]) => token === line.token && until <= at,
      )
      if (line.places !== placesIn(over))
        faults.push(`${line.places} places were not what was over`)
    }
  }
  const held = lines.reduce(
    (sum, { from, to, places }) => sum + places * (Number(to === 'held') - Number(from === 'held')),
    0,
  )
  const booked = lines.reduce(
    (sum, { from, to, places }) => sum + places * (Number(isBooked(to)) - Number(isBooked(from))),
    0,
  )
  if (placesIn(holdsOf(after)) !== placesIn(live) + held)
    faults.push(`${placesIn(live)} were held, and ${held} more are ${placesIn(holdsOf(after))}`)
  if (bookedIn(after) !== bookedIn(before) + booked)
    faults.push(`${bookedIn(before)} were booked, and ${booked} more are ${bookedIn(after)}`)
  // Whoever was slow may come to hold what is over by then: it is free.
  const former = new Set(holdsOf(before).map(([token, , , until]) => `${until} ${token}`))
  const isKept = ([token, , , until]: Hold) => until <= at && former.has(`${until} ${token}`)
  if (holdsOf(after).some(isKept)) faults.push('it keeps a hold that was over')
  const tokens = new Set(lines.map(({ token }) => token))
  const others = (holds: readonly Hold[]) =>
    holds
      .filter(([token]) => !tokens.has(token))
      .map(([token, pool, places, until, type]) => {
        return JSON.stringify([token, isPlanned ? '' : pool, places, until, type])
      })
      .sort()
      .join()
  if (!isPlanned && others(live) !== others(holdsOf(after)))
    faults.push('what others hold has changed')
  if (!isPlanned) faults.push(...poolFaults(lawn, change, { lines, live }))
  return faults.map((fault) => `${fault}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`)
}

/** Where nothing was planned, each pool keeps its places; what was held is booked in its own pool, and what is opened is taken. */
function poolFaults(
  lawn: Lawn,
  { before, after, label }: PlacesChange,
  { lines, live }: { lines: readonly PlacesLine[]; live: readonly Hold[] },
): string[] {
  const faults: string[] = []
  for (const [pool, places] of poolsOf(before)) {
    const has = poolsOf(after).find(([of]) => of === pool)?.[1] ?? 0
    if (has !== places) faults.push(`pool ${pool} had ${places} places and has ${has}`)
  }
  const [line] = lines
  if (line === undefined || lines.length > 1) return faults
  const asked = lawn.record.draws.get(line.operationId)?.sending?.asked
  const opening = asked && openingFor(asked, line)
  const pools = new Set([...poolsOf(before), ...poolsOf(after)].map(([pool]) => pool))
  for (const pool of pools) {
    const held = placesIn(holdsOf(after), pool) - placesIn(live, pool)
    const booked = bookedIn(after, pool) - bookedIn(before, pool)
    if (line.from === 'held' && isBooked(line.to) && held !== -booked) {
      faults.push(`of ${pool} ${-held} places left their holds, and ${booked} were booked`)
    }
    if (line.from !== 'free' || held + booked <= 0 || opening === undefined) continue
    const { partition } = opening
    if (pool === NO_CHANNEL && isInChannel(lawn, label)) continue
    if (!opens(opening, { pool, key: lawn.channelKeys.get(pool), partition })) {
      faults.push(`places of ${pool} were taken, which was not opened`)
    }
  }
  return faults
}

/** What the one step or part that names places of an area in an event opens; undefined where there is not one alone. */
function openingFor(
  { verb, parts, steps = [], ...opening }: Asked,
  { eventId, label }: PlacesLine,
): (Opening & { readonly partition: string | undefined }) | undefined {
  const isOfArea = (name: string) => name.split('##')[0] === label
  const named =
    verb === 'change'
      ? steps
          .filter(({ events }) => events.some((event) => event.eventId === eventId))
          .flatMap(({ labels, ...step }) =>
            labels.filter(isOfArea).map((name) => ({ ...step, name })),
          )
      : parts
          .filter((part) => part.eventId === eventId)
          .flatMap(({ labels }) => labels.filter(isOfArea).map((name) => ({ ...opening, name })))
  const [only] = named
  if (only === undefined || named.length > 1) return undefined
  return { ...only, partition: only.name.split('##')[1] }
}

/** Whether a whole area was in a channel at any time: it is asked then whether that is opened. */
export function isInChannel({ terms }: Lawn, label: string): boolean {
  return [...terms.values()]
    .flat()
    .some(({ value }) => value.channels.some(({ objects }) => objects.includes(label)))
}
