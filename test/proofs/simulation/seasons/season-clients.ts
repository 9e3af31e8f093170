import { backOffice } from '../clients.ts'
import { clientOf, shuffled, type Client, type Street } from '../client.ts'
import type { Random } from '../random.ts'
import type { AskedPart, AskedStep, SeasonEdit } from '../requests.ts'
import type { VenueEvent } from '../venue.ts'
import { MATCHES, PARTS, SEASON } from './season-venue.ts'

// Who wants seats in a season and in its events, and who changes the season meanwhile.

interface Options {
  readonly name: string
  readonly random: Random
  readonly rounds: number
}

/** What everybody wants. */
const wanted = ['A-1', 'A-2', 'A-3', 'T-1', 'T-2'] as const

const holdTimes = [1_500, 4_000, 15_000, 60_000, 600_000]

const isSeason = ({ eventKey }: VenueEvent) =>
  eventKey === SEASON || (PARTS as readonly string[]).includes(eventKey)

/** Buys single events: holds the same seats in one or two of them, and then books, extends, gives back or forgets. */
export async function fan(street: Street, { name, random, rounds }: Options): Promise<void> {
  const client = clientOf(street, name, random)
  for (let round = 1; round <= rounds; round += 1) {
    await client.sleep(10, 1_500)
    const matches = street.venue.events.filter((event) => !isSeason(event))
    // The newest most: that is where something may have slipped through.
    const newest = random.chance(0.3) ? matches.slice(-1) : []
    const some = [...new Set([...newest, ...shuffled(random, matches)])]
    const labels = shuffled(random, wanted).slice(0, random.between(1, 3))
    const count = random.chance(0.3) ? 2 : 1
    const parts = some.slice(0, count).map((event) => ({ ...event, labels }))
    await holdAndFollow(client, parts)
  }
}

/** Buys the season or a part of it; then stays out of some event, sells the seat there to somebody else, and comes back. */
export async function holder(street: Street, { name, random, rounds }: Options): Promise<void> {
  const client = clientOf(street, name, random)
  for (let round = 1; round <= rounds; round += 1) {
    await client.sleep(10, 1_500)
    const season = random.pick(street.venue.events.filter(isSeason))
    const labels = shuffled(random, wanted).slice(0, random.between(1, 3))
    const parts = [{ ...season, labels }]
    // Now and then together with seats of single events.
    const matches = street.venue.events.filter((event) => !isSeason(event))
    const more = { ...random.pick(matches), labels: ['B-1', 'B-2'].slice(0, random.between(1, 2)) }
    if (random.chance(0.5))
      await holdAndFollow(client, random.chance(0.3) ? [...parts, more] : parts)
    else await buyAndStayOut(client, { season, labels, matches })
  }
}

async function holdAndFollow(client: Client, parts: readonly AskedPart[]): Promise<void> {
  const { random, ask, sleep, name } = client
  const holdToken = `token-${name}-${random.chance(0.5) ? 'a' : 'b'}`
  const holdMs = random.pick(holdTimes)
  const held = await ask({ verb: 'hold', parts, holdToken, holdMs })
  if (held === undefined && random.chance(0.8)) return
  await sleep(10, random.chance(0.2) ? 6_000 : 900)
  const fate = random.next()
  if (fate < 0.2) {
    const [part] = parts
    if (part === undefined) return
    const isAll = random.chance(0.5)
    const extended = [{ ...part, labels: isAll ? [] : part.labels }]
    const all = isAll ? { isAll: true as const } : {}
    await ask({
      verb: 'extend',
      parts: extended,
      ...all,
      holdToken,
      holdMs: random.pick(holdTimes),
    })
  }
  if (fate < 0.55) await ask({ verb: 'book-held', parts, holdToken })
  else if (fate < 0.75) await ask({ verb: 'release-held', parts, holdToken })
}

interface Ticket {
  readonly season: VenueEvent
  readonly labels: readonly string[]
  readonly matches: readonly VenueEvent[]
}

async function buyAndStayOut(client: Client, { season, labels, matches }: Ticket): Promise<void> {
  const { random, ask, sleep } = client
  const step = (event: VenueEvent, to: AskedStep['to']) => ({ events: [event], labels, to })
  const bought = await change(client, [step(season, random.chance(0.8) ? 'booked' : '=guest')])
  if (bought === undefined && random.chance(0.7)) return
  await sleep(10, 800)
  const match = random.pick(matches)
  const then: AskedStep[] = random.chance(0.5)
    ? [step(match, random.pick(['resale', 'booked'] as const))]
    : []
  const edit = { eventKey: match.eventKey, labels, then }
  const named = random.chance(0.6) ? { seasonKey: season.eventKey } : {}
  await changeSeason(client, match, { to: 'override', ...edit, ...named })
  await sleep(10, 1_200)
  if (random.chance(0.5)) await change(client, [step(match, 'back')])
  const back: SeasonEdit = { to: 'use', ...edit, then: [], ...named }
  if (random.chance(0.6)) await changeSeason(client, match, back)
  if (random.chance(0.6)) await ask({ verb: 'release', parts: [{ ...season, labels }] })
}

function change({ ask }: Client, steps: readonly AskedStep[]) {
  const parts = steps.flatMap(({ events, labels }) => events.map((event) => ({ ...event, labels })))
  return ask({ verb: 'change', parts, steps })
}

function changeSeason({ ask }: Client, event: VenueEvent, season: SeasonEdit) {
  const labels = 'labels' in season ? season.labels : []
  return ask({ verb: 'season', parts: [{ ...event, labels }], season })
}

/** Gives back whatever is taken, in events and in the season. */
export async function ticketOffice(street: Street, options: Options): Promise<void> {
  await backOffice(street, options)
}

const CREATED_MAX = 3

/** An event that is to be created, and where it goes to then. */
interface Premiere {
  readonly eventKey: string
  readonly events: VenueEvent[]
}

/** Whoever wants the season and whoever wants the new event want the same seats, before it is there and as soon as it is. */
async function premiere(client: Client, { eventKey, events }: Premiere): Promise<void> {
  const { random, ask, sleep, street } = client
  const season = street.venue.events.filter(isSeason).slice(0, 1)
  const labels = shuffled(random, ['B-1', 'B-2', 'B-3']).slice(0, random.between(1, 3))
  const wantSeason = async () => {
    await sleep(0, 150)
    return change(
      client,
      season.map((it) => ({ events: [it], labels, to: 'booked' as const })),
    )
  }
  const create = async () => {
    const edit: SeasonEdit = { to: 'create-events', seasonKey: SEASON, eventKeys: [eventKey] }
    const [made] =
      (await changeSeason(client, season[0] ?? { eventKey, eventId: '' }, edit))?.made ?? []
    if (made === undefined) return
    events.push(made)
    const parts = [{ ...made, labels }]
    await ask({ verb: 'hold', parts, holdToken: `token-of-${eventKey}`, holdMs: 4_000 })
  }
  const wanting = Array.from({ length: random.between(1, 4) }, wantSeason)
  await Promise.all([create(), ...wanting])
  if (random.chance(0.8))
    await ask({ verb: 'release', parts: season.map((it) => ({ ...it, labels })) })
}

/** Adds events while the season is on sale, has one be over, and moves events into the parts and out of them. */
export async function organizer(
  street: Street,
  { name, random, rounds, events }: Options & { readonly events: VenueEvent[] },
): Promise<void> {
  const client = clientOf(street, name, random)
  let created = 0
  for (let round = 1; round <= rounds; round += 1) {
    await client.sleep(500, 4_000)
    const fate = random.next()
    const match = random.pick(street.venue.events.filter((event) => !isSeason(event)))
    const part = { seasonKey: SEASON, partialKey: random.pick(PARTS), eventKey: match.eventKey }
    if (fate < 0.5 && created < CREATED_MAX) {
      created += 1
      await premiere(client, { eventKey: `${MATCHES[0]}-again-${created}`, events })
    } else if (fate < 0.7) {
      await changeSeason(client, match, { to: 'past', eventKey: match.eventKey })
    } else await changeSeason(client, match, { ...part, to: random.pick(['add', 'remove']) })
  }
}
