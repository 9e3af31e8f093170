import { send } from '../../support/http.ts'
import type { KnownEvent } from './memory.ts'
import { areaOf } from './places.ts'
import { surfaces } from './surfaces.ts'
import type { Workspace, World } from './world.ts'

// Both surfaces show the same seats, and the log tells how they came to be so.

/** An event, and what a lane knows of it; nothing where many lanes fight for it. */
export interface Viewed {
  readonly world: World
  readonly workspace: Workspace
  readonly eventKey: string
  readonly known: KnownEvent | undefined
}

interface Shown {
  readonly objectLabel: string
  readonly status: 'held' | 'booked'
  readonly holdToken: string | null
  /** Of areas that are sold by places, which are shown once for each hold. */
  readonly quantity?: number
}

interface Info {
  readonly status: string
  readonly holdToken?: string
  readonly areaType?: string
  readonly capacity?: number
  readonly numBooked?: number
  readonly numHeld?: number
  readonly numFree?: number
  /** Places by token and ticket type. */
  readonly holds?: Readonly<Record<string, Readonly<Record<string, number>>>>
}

interface Line {
  readonly id: number
  readonly status: string
  readonly objectLabel: string
  readonly date: string
  readonly quantity: number
  readonly isPresentOnChart: boolean
  readonly origin: { readonly type: string }
}

/** Lines on one page of the log. */
const LINES = 7

/** Pages that are read of one log, before it counts as endless. */
const PAGES_MAX = 2_000

/** Reads an event through both surfaces, and its log; says where they do not agree, or not with what was told. */
export async function viewFaults(viewed: Viewed): Promise<string[]> {
  const { eventKey, known } = viewed
  const lines = await readLog(viewed)
  const { objects } = (await read(viewed, 'seatbuilder', 'status')) as { objects: Shown[] }
  const shownAs = (label: string) => objects.filter((it) => it.objectLabel === label)
  const labels = new Set([
    ...objects.map(({ objectLabel }) => objectLabel),
    ...lines.map(({ objectLabel }) => objectLabel),
    ...(known?.taken.keys() ?? []),
  ])
  const infos = await readInfos(viewed, [...labels])
  const faults = [...labels].flatMap((label) => {
    const info = infos.get(label)
    const mine = lines.filter(({ objectLabel }) => objectLabel === label)
    if (info === undefined) return unknownFaults(label, mine)
    if (areaOf(label) !== undefined) return areaDiffers(label, shownAs(label), info)
    const isOther = takenAsAnother(label, info, infos)
    const logged = isOther ? [] : logDiffers(label, mine, info)
    return [...differs(label, shownAs(label)[0], info), ...logged]
  })
  return [...faults, ...logFaults(lines), ...toldFaults(viewed, infos, lines)].map(
    (fault) => `${eventKey}: ${fault}`,
  )
}

/** Only what a newer chart lost is not told of, and its lines say so. */
function unknownFaults(label: string, lines: readonly Line[]): string[] {
  const isLost = lines.length > 0 && lines.every(({ isPresentOnChart }) => !isPresentOnChart)
  return isLost ? [] : [`${label} has no information`]
}

/** What one surface shows as held or booked, the other one must say in its own words. */
function differs(label: string, shown: Shown | undefined, info: Info): string[] {
  const isTaken = info.status !== 'free' && info.status !== 'resale'
  const isHeld = info.status === 'reservedByToken'
  const wanted = isTaken ? (isHeld ? 'held' : 'booked') : undefined
  // Of an area that is sold as a whole the token is where those of places are.
  const holdToken = info.holdToken ?? Object.keys(info.holds ?? {})[0]
  const isSame = shown?.status === wanted && (shown?.holdToken ?? undefined) === holdToken
  return isSame
    ? []
    : [`${label} is ${info.status} here, and there ${JSON.stringify(shown ?? 'free')}`]
}

/** Of an area both tell the same places, by status and by token; what is taken and what is free is all that there is. Of one that the chart has lost no places are counted. */
function areaDiffers(label: string, shown: readonly Shown[], info: Info): string[] {
  const { capacity = 0, numBooked = 0, numHeld = 0, numFree = 0, holds = {} } = info
  const isWhole = numFree === Math.max(0, capacity - numBooked - numHeld)
  const isFree = info.status === 'free'
  const isLost = info.areaType === undefined
  const count = (isMeant: (it: Shown) => boolean) =>
    shown.filter(isMeant).reduce((all, { quantity = 0 }) => all + quantity, 0)
  const tokens = new Set([...Object.keys(holds), ...shown.flatMap((it) => it.holdToken ?? [])])
  const isSame =
    count(({ status }) => status === 'booked') === numBooked &&
    count(({ status }) => status === 'held') === numHeld &&
    [...tokens].every((token) => {
      const held = Object.values(holds[token] ?? {}).reduce((all, it) => all + it, 0)
      return held === count(({ holdToken }) => holdToken === token)
    })
  const isRight = isLost
    ? isFree === (shown.length === 0)
    : isSame && isWhole && isFree === (numFree > 0 || capacity === 0)
  return isRight
    ? []
    : [`${label} is ${JSON.stringify(info)} here, and there ${JSON.stringify(shown)}`]
}

/** A table is taken as a seat at it is, and the other way round: of that its own log knows nothing. */
function takenAsAnother(
  label: string,
  { status }: Info,
  infos: ReadonlyMap<string, Info>,
): boolean {
  const isTaken = status !== 'free' && status !== 'resale'
  const areTogether = (other: string) =>
    other.startsWith(`${label}-`) || label.startsWith(`${other}-`)
  const keeps = (other: string) => other === status || (other === 'resale' && status === 'booked')
  return isTaken && [...infos].some(([other, info]) => areTogether(other) && keeps(info.status))
}

/** The last line tells the status, unless a hold lapsed; lines of one moment may be in any order. */
function logDiffers(label: string, lines: readonly Line[], { status }: Info): string[] {
  const [newest] = lines
  const last = lines.filter(({ date }) => date === newest?.date).map((line) => line.status)
  const isSelectable = status === 'free' || status === 'resale'
  const fits = newest === undefined ? status === 'free' : last.includes(status)
  const mayHaveLapsed = isSelectable && last.includes('reservedByToken')
  return fits || mayHaveLapsed ? [] : [`${label} is ${status}, its last line says ${last.join()}`]
}

function logFaults(lines: readonly Line[]): string[] {
  const isSorted = lines.every(({ id }, index) => index === 0 || id < (lines[index - 1]?.id ?? 0))
  return isSorted ? [] : ['the log is not in the order of its ids']
}

/** Lines of as many places as were changed, and every seat in the status that was told. */
function toldFaults(
  { known, world }: Viewed,
  infos: ReadonlyMap<string, Info>,
  lines: readonly Line[],
): string[] {
  if (known === undefined) return []
  const asked = lines
    .filter(({ origin }) => origin.type === 'API_CALL')
    .reduce((places, { quantity }) => places + quantity, 0)
  const statuses = [...known.taken].flatMap(([label, { until, token, status }]) => {
    if (until <= world.now()) return []
    const wanted = status ?? (token === undefined ? 'booked' : 'reservedByToken')
    const found = infos.get(label)?.status ?? wanted
    return found === wanted ? [] : [`${label} is ${found}, told was ${wanted}`]
  })
  const count = `${asked} places in lines, and ${known.changes} changes were told`
  return [...(asked === known.changes ? [] : [count]), ...statuses]
}

async function readLog(viewed: Viewed): Promise<Line[]> {
  const lines: Line[] = []
  let after = ''
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const asked = `status-changes?limit=${LINES}&start_after_id=${after}`
    const { items, next_page_starts_after: next } = (await read(viewed, 'seatsio', asked)) as {
      items: Line[]
      next_page_starts_after?: string
    }
    lines.push(...items)
    if (next === undefined) return lines
    after = next
  }
  throw new Error('an endless log')
}

async function readInfos(viewed: Viewed, labels: readonly string[]): Promise<Map<string, Info>> {
  if (labels.length === 0) return new Map()
  const query = labels.map((label) => `label=${encodeURIComponent(label)}`).join('&')
  const infos = (await read(viewed, 'seatsio', `objects?${query}`)) as Record<string, Info>
  return new Map(Object.entries(infos))
}

const places = { seatbuilder: '/api/v1/events', seatsio: '/events' }

async function read(
  { world, workspace, eventKey }: Viewed,
  surface: keyof typeof places,
  what: string,
): Promise<unknown> {
  const path = `${places[surface]}/${encodeURIComponent(eventKey)}/${what}`
  const headers = [
    'Host',
    new URL(world.url).host,
    ...surfaces[surface].credentials(workspace.secret, 0),
  ]
  const reply = await send(world.url, path, { headers })
  if (reply.status !== 200)
    throw new Error(`${path} answers ${reply.status} ${reply.body.toString()}`)
  return JSON.parse(reply.body.toString('utf8')) as unknown
}
