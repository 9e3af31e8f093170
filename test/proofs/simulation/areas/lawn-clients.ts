import { clientOf, shuffled, type Client, type Street } from '../client.ts'
import type { Random } from '../random.ts'
import type { AskedPart, AskedStep, Opening, TermsEdit } from '../requests.ts'
import { AREAS, TABLE, type VenueEvent } from '../venue.ts'

// Who buys places of areas, by both surfaces' words, and who changes what may be sold of them meanwhile.

interface Options {
  readonly name: string
  readonly random: Random
  readonly rounds: number
}

type Client1 = (street: Street, options: Options) => Promise<void>

const channelKeys = ['vip', 'club'] as const

const holdTimes = [1_500, 4_000, 15_000, 60_000, 600_000]

/** Channels of an event as they are at this moment: only who looks knows their ids. */
export type Channels = (event: VenueEvent) => readonly { readonly id: string }[]

function openingOf(random: Random): Opening {
  const fate = random.next()
  if (fate < 0.45) return {}
  if (fate < 0.75) return { ignoreChannels: true }
  const some = shuffled(random, [...channelKeys, 'NO_CHANNEL'])
  return { channelKeys: some.slice(0, random.between(1, 3)) }
}

/** An area, mostly the large one; now and then the places of a channel. */
function areaOf({ random }: Client, event: VenueEvent, channels: Channels): string {
  const [large, small] = AREAS.map(({ label }) => label)
  const label = (random.chance(0.7) ? large : small) ?? ''
  const some = channels(event)
  return some.length > 0 && random.chance(0.12) ? `${label}##${random.pick(some).id}` : label
}

const seats = ['A-1', 'A-2', 'B-1', ...TABLE.seats]

/** Holds places, with seats now and then, and then books, extends, gives back or forgets them. */
export function lawnBuyer(channels: Channels): Client1 {
  return async (street, { name, random, rounds }) => {
    const client = clientOf(street, name, random)
    for (let round = 1; round <= rounds; round += 1) {
      await client.sleep(10, 1_500)
      const event = random.pick(street.venue.events)
      const isMixed = random.chance(0.25)
      const more = isMixed ? [random.pick(seats)] : []
      const labels = [areaOf(client, event, channels), ...more]
      const parts: AskedPart[] = [{ ...event, labels }]
      const other = random.pick(street.venue.events)
      if (random.chance(0.15) && other !== event) parts.push({ ...other, labels: ['P'] })
      const places = isMixed ? {} : { places: random.between(1, 4) }
      const holdToken = `token-${name}-${random.chance(0.5) ? 'a' : 'b'}`
      const holdMs = random.pick(holdTimes)
      const held = {
        verb: 'hold',
        parts,
        holdToken,
        holdMs,
        ...places,
        ...openingOf(random),
      } as const
      if ((await client.ask(held)) === undefined && random.chance(0.8)) continue
      await client.sleep(10, random.chance(0.2) ? 8_000 : 800)
      await follow(client, { parts, holdToken, ...places })
    }
  }
}

async function follow(
  client: Client,
  held: { parts: readonly AskedPart[]; holdToken: string; places?: number },
): Promise<void> {
  const { random, ask } = client
  const { parts, holdToken, places } = held
  // Who booked everything names a number seldom.
  const some =
    places !== undefined && random.chance(0.4) ? { places: random.between(1, places) } : {}
  const fate = random.next()
  if (fate < 0.25) {
    const [part] = parts
    const isAll = random.chance(0.5)
    if (part === undefined) return
    const extended = [{ ...part, labels: isAll ? [] : part.labels }]
    const holdMs = random.pick(holdTimes)
    await ask({ verb: 'extend', parts: extended, ...(isAll ? { isAll } : {}), holdToken, holdMs })
  }
  if (fate < 0.6) await ask({ verb: 'book-held', parts, holdToken, ...some })
  else if (fate < 0.8) await ask({ verb: 'release-held', parts, holdToken, ...some })
}

/** Holds under tokens that the product issues, in ordered steps over one event or two; moves their deadline, and books. */
export function lawnAgent(channels: Channels): Client1 {
  return async (street, { name, random, rounds }) => {
    const client = clientOf(street, name, random)
    for (let round = 1; round <= rounds; round += 1) {
      await client.sleep(10, 1_000)
      const minutes = random.pick([1 / 16, 1 / 8, 1 / 2, 10])
      const made = await client.ask({ verb: 'create-token', parts: [], minutes })
      const holdToken = made?.token?.holdToken
      if (holdToken === undefined) continue
      const some = Array.from({ length: random.between(1, 2) }, () =>
        stepOf(client, channels, 'held'),
      )
      const steps = some.map((step) => ({ ...step, holdToken }))
      if ((await change(client, steps)) === undefined) continue
      await client.sleep(10, 2_000)
      const fate = random.next()
      if (fate < 0.35) {
        const move = { verb: 'move-token', parts: [], holdToken } as const
        await client.ask({ ...move, minutes: random.pick([0, 0, 1 / 16, 10]) })
      }
      const to = random.pick(['booked', 'booked', 'back', '=guest'] as const)
      if (fate < 0.8) {
        const next = steps.slice(0, random.between(1, steps.length))
        await change(
          client,
          next.map(({ places = 1, ...step }) => ({
            ...step,
            to,
            places: random.between(1, places),
          })),
        )
      }
    }
  }
}

function stepOf(client: Client, channels: Channels, to: AskedStep['to']): AskedStep {
  const { random, street } = client
  const events = shuffled(random, street.venue.events).slice(0, random.chance(0.2) ? 2 : 1)
  const [event = random.pick(street.venue.events)] = events
  const label = areaOf(client, event, channels)
  const isWide = events.length > 1
  const named = isWide ? (label.split('##')[0] ?? '') : label
  const more = random.chance(0.15) ? [random.pick(seats)] : []
  return {
    events,
    labels: [named, ...more],
    to,
    places: random.between(1, 4),
    ...openingOf(random),
    ...(random.chance(0.3) ? { ticketType: random.pick(['adult', 'child']) } : {}),
    ...(random.chance(0.2) ? { extraData: `{"gate":${random.below(9)}}` } : {}),
    ...(random.chance(0.3) ? { orderId: `order-${random.below(100)}` } : {}),
  }
}

function change({ ask }: Client, steps: readonly AskedStep[]) {
  const parts = new Map<string, AskedPart>()
  for (const { events, labels } of steps) {
    for (const event of events) {
      const former = parts.get(event.eventId)?.labels ?? []
      parts.set(event.eventId, { ...event, labels: [...new Set([...former, ...labels])] })
    }
  }
  return ask({ verb: 'change', parts: [...parts.values()], steps })
}

/** Sells and takes back many places at once, and several times in one batch. */
export function lawnDesk(channels: Channels): Client1 {
  return async (street, { name, random, rounds }) => {
    const client = clientOf(street, name, random)
    for (let round = 1; round <= rounds; round += 1) {
      await client.sleep(50, 1_200)
      const fate = random.next()
      const many = { ...stepOf(client, channels, 'booked'), places: random.between(8, 25) }
      const few = stepOf(client, channels, random.pick(['booked', '=guest', 'booked']))
      const back = stepOf(client, channels, random.pick(['free', 'back', 'resale']))
      if (fate < 0.4) await change(client, [many])
      else if (fate < 0.6) await change(client, [{ ...few, ignoreChannels: true }])
      else if (fate < 0.8) await change(client, [{ ...back, ignoreChannels: true }, few])
      else await change(client, [few, { ...few, to: 'back' }, { ...few, to: '=guest' }])
    }
  }
}

/** Gives back what is booked. */
export function lawnOffice(channels: Channels): Client1 {
  return async (street, { name, random, rounds }) => {
    const client = clientOf(street, name, random)
    for (let round = 1; round <= rounds; round += 1) {
      await client.sleep(200, 1_500)
      const event = random.pick(street.venue.events)
      const parts = [{ ...event, labels: [areaOf(client, event, channels)] }]
      await client.ask({ verb: 'release', parts, places: random.between(1, 12) })
    }
  }
}

/** Gives places to channels and takes them back, puts them on and off sale, and publishes more and fewer of them. */
export function lawnStaff(): Client1 {
  return async (street, { name, random, rounds }) => {
    const client = clientOf(street, name, random)
    for (let round = 1; round <= rounds; round += 1) {
      await client.sleep(500, 4_000)
      const parts = [{ ...random.pick(street.venue.events), labels: [] }]
      await client.ask({ verb: 'terms', parts, edit: editOf(random) })
    }
  }
}

function placesGiven(random: Random): Record<string, number> {
  return {
    ...(random.chance(0.8) ? { G: random.pick([5, 10, 20]) } : {}),
    ...(random.chance(0.4) ? { P: 1 } : {}),
  }
}

function editOf(random: Random): TermsEdit {
  const fate = random.next()
  if (fate < 0.35) {
    const keys = shuffled(random, channelKeys).slice(0, random.between(0, 2))
    const channels = keys.map((key) => ({
      key,
      name: `For ${key}`,
      objects: random.chance(0.2) ? ['A-1'].slice(0, key === 'vip' ? 1 : 0) : [],
      areaPlaces: placesGiven(random),
    }))
    return { to: 'replace', channels }
  }
  if (fate < 0.6) {
    const areaPlaces = { G: random.pick([3, 20, 45]), ...(random.chance(0.3) ? { P: 2 } : {}) }
    const objects = random.chance(0.1) ? ['G'] : []
    return { to: 'sell', rules: { isListForSale: false, objects, categories: [], areaPlaces } }
  }
  if (fate < 0.75) return { to: 'sell-all' }
  const capacities = { G: random.pick([60, 60, 30, 110]), P: random.pick([3, 2, 5]) }
  return { to: 'publish', capacities }
}
