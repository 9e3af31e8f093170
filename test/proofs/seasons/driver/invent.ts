import type { Random } from '../../simulation/random.ts'
import { isSold, seasonsOf } from '../model/effective.ts'
import { ask } from '../model/model.ts'
import type { Entry, Request, SeatRequest, Step } from '../model/requests.ts'
import { NO_CHANNEL, labels, seats, type Show, type World } from '../model/state.ts'
import { inventStructure } from './invent-structure.ts'
import { CHANNEL, type Inventor } from './inventor.ts'

/** Of what is drawn in vain, so many are drawn anew: most requests are to come to something. */
const TRIES = 4

/** The next request of a history; `world` is how things stand by the model. */
export function invent(inventor: Inventor, world: World): Request {
  const { random } = inventor
  for (let left = TRIES; ; left -= 1) {
    const request = draw(inventor, world)
    const isGood = ask(world, request).verdict.isOk
    if (isGood || left === 0 || random.chance(0.25)) return request
  }
}

function draw(inventor: Inventor, world: World): Request {
  const { random } = inventor
  const dice = random.next()
  if (world.tokens.size === 0 || dice < 0.05) {
    return { kind: 'create-token', minutes: random.pick([1, 2, 2, 5, 30]) }
  }
  if (dice < 0.07) {
    const token = random.pick([...world.tokens.keys()])
    return { kind: 'move-token', token, minutes: random.pick([0, 1, 3, 10, 119]) }
  }
  if (dice < 0.15) return { kind: 'wait', ms: waitOf(random, world) }
  if (dice < 0.3) return inventStructure(inventor, world) ?? drawSeats(inventor, world)
  return drawSeats(inventor, world)
}

/** Some time; often until a hold ends, or one millisecond less. */
function waitOf(random: Random, world: World): number {
  const held = [...world.shows.values()].flatMap(({ own }) =>
    [...own.values()].flatMap(({ until }) => (until === undefined ? [] : [until - world.now])),
  )
  const ends = held.filter((ms) => ms > 1)
  if (ends.length > 0 && random.chance(0.6)) {
    const ms = random.pick(ends)
    return random.chance(0.3) ? ms - 1 : ms
  }
  return random.pick([1, 1_000, 20_000, 61_000])
}

function drawSeats(inventor: Inventor, world: World): SeatRequest {
  const { random } = inventor
  const shows = [...world.shows.values()]
  const show = random.pick(shows)
  const dice = random.next()
  if (dice < 0.12) return nativeOf(inventor, world, show)
  if (dice < 0.17) {
    inventor.count += 1
    const data = `note-${inventor.count}`
    return { kind: 'annotate', event: show.key, label: random.pick(labels), data }
  }
  const events = shows.filter(({ role }) => role === 'event')
  if (dice < 0.32 && events.length > 0) {
    const change = overrideOf(random, world, random.pick(events))
    return { kind: 'override', change }
  }
  if (dice < 0.6) {
    const some = shows.filter(() => random.chance(0.3)).slice(0, 3)
    const chosen = new Set([show, ...some].map(({ key }) => key))
    const step = stepOf(inventor, world, show)
    return { kind: 'group', events: random.chance(0.5) ? [show.key] : [...chosen], step }
  }
  const count = random.pick([1, 1, 2, 2, 3, 4])
  const entries = Array.from({ length: count }, (): Entry => {
    const other = random.chance(0.4) ? show : random.pick(shows)
    if (other.role === 'event' && random.chance(0.25)) return overrideOf(random, world, other)
    return { event: other.key, ...stepOf(inventor, world, other) }
  })
  return { kind: 'batch', entries }
}

function labelsFor(random: Random, world: World, show: Show): string[] {
  const sold = labels.filter((label) => isSold(world, show, label) || random.chance(0.04))
  // Few seats, so that everybody wants the same ones.
  const few = sold.filter((label) => !['A-3', 'A-4'].includes(label) || random.chance(0.4))
  const first = random.pick(few)
  const second = random.pick(sold)
  return random.chance(0.3) && second !== first ? [first, second] : [first]
}

function overrideOf(random: Random, world: World, event: Show) {
  const seasons = seasonsOf(world, event)
  const everyOther = [...world.shows.values()]
  const to = random.chance(0.7) ? ('override' as const) : ('use' as const)
  const isNamed = random.chance(0.5)
  const season = random.chance(0.95) ? random.pick(seasons) : random.pick(everyOther)
  return {
    event: event.key,
    to,
    labels: labelsFor(random, world, event),
    ...(isNamed ? { season: season.key } : {}),
  }
}

function stepOf(inventor: Inventor, world: World, show: Show): Step {
  const { random } = inventor
  inventor.count += 1
  const number = inventor.count
  const maybe = <Value>(chance: number, value: Value) => (random.chance(chance) ? value : undefined)
  const to = random.pick([
    ...['booked', 'booked', 'booked', 'reservedByToken', 'reservedByToken', 'RELEASE'],
    ...['RELEASE', 'RELEASE', 'resale', 'free', '=guest', '=guest', '=staff'],
  ] as Step['to'][])
  const token = random.chance(0.97) ? random.pick([...world.tokens.keys()]) : 'no-such-token'
  const isWithToken = to === 'reservedByToken' || random.chance(0.2)
  return {
    to,
    labels: labelsFor(random, world, show),
    token: isWithToken ? token : undefined,
    order: maybe(0.4, `order-${number}`),
    ticket: maybe(0.2, `ticket-${number}`),
    data: maybe(0.25, `data-${number}`),
    keepsData: random.chance(0.3),
    listing: to === 'resale' ? maybe(0.5, `listing-${number}`) : undefined,
    ...openingOf(inventor),
    ...guardsOf(random),
  }
}

function openingOf({ random, hasTerms }: Inventor): Pick<Step, 'channels' | 'ignoresChannels'> {
  const dice = random.next()
  if (!hasTerms || dice < 0.5) return {}
  if (dice < 0.7) return { ignoresChannels: true }
  return { channels: random.pick([[CHANNEL], [CHANNEL, NO_CHANNEL], [NO_CHANNEL]]) }
}

const words = ['free', 'booked', 'reservedByToken', 'resale', 'guest']

function guardsOf(random: Random): Pick<Step, 'allowed' | 'rejected'> {
  const dice = random.next()
  const some = () => words.filter(() => random.chance(0.5))
  if (dice < 0.08) return { allowed: ['free', ...some()] }
  return dice < 0.14 ? { rejected: [random.pick(words)] } : {}
}

function nativeOf({ random }: Inventor, world: World, show: Show): SeatRequest {
  const verb = random.pick(['hold', 'hold', 'hold', 'book', 'release', 'extend'] as const)
  const token = random.pick(['basket-ada', 'basket-bob'])
  const some = labelsFor(random, world, show)
  // What is not sold is unknown to one verb and not taken for another: other proofs are about that.
  const sold = some.filter((label) => isSold(world, show, label))
  return {
    kind: 'native',
    verb,
    event: show.key,
    labels: sold.length === 0 ? [seats[0]] : sold,
    token: verb === 'release' && random.chance(0.5) ? undefined : token,
    seconds: random.pick([5, 30, 90, 600]),
  }
}
