import { clientOf, labelsOf, shuffled, takenLabels, type Client, type Street } from './client.ts'
import type { Random } from './random.ts'
import { openingOf } from './sales-desk.ts'
import { NO_SUCH_LABEL, type AskedPart, type AskedStep, type Reply } from './requests.ts'
import { TABLE } from './venue.ts'

// Clients that speak the other surface's language: tokens that the product issues, and ordered steps over several events.

/** A deadline that a token is given, in minutes: most are over soon. */
const lives = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 2, 10]

/** More than a token may live. */
const TOO_LONG = 121

interface Options {
  readonly name: string
  readonly random: Random
  readonly rounds: number
}

/** Holds under tokens that it was given, moves their deadlines while it holds more, and then books, releases or ends them. */
export async function agent(street: Street, { name, random, rounds }: Options): Promise<void> {
  const client = clientOf(street, name, random)
  for (let round = 1; round <= rounds; round += 1) {
    await client.sleep(10, 1_000)
    const holdToken = await newToken(client, random.pick(lives))
    if (holdToken === undefined) continue
    const steps = [holdStep(client, holdToken)]
    if ((await change(client, steps)) === undefined) steps.pop()
    const moves = random.between(0, 2)
    for (let move = 1; move <= moves; move += 1) {
      const more = holdStep(client, holdToken)
      const [, held] = await Promise.all([
        moveToken(client, holdToken),
        client.sleep(0, 90).then(() => change(client, [more])),
        random.chance(0.2) ? moveToken(client, holdToken) : undefined,
      ])
      if (held !== undefined) steps.push(more)
      await client.sleep(10, random.chance(0.3) ? 4_000 : 500)
    }
    await settle(client, holdToken, steps)
  }
}

async function newToken({ ask }: Client, minutes: number): Promise<string | undefined> {
  const made = await ask({ verb: 'create-token', parts: [], minutes })
  return made?.token?.holdToken
}

function moveToken({ ask, random }: Client, holdToken: string): Promise<Reply | undefined> {
  const minutes = random.chance(0.04) ? TOO_LONG : random.pick(lives)
  return ask({ verb: 'move-token', parts: [], holdToken, minutes })
}

/** One to three seats of one event, or of two at once. */
function holdStep({ random, street }: Client, holdToken: string): AskedStep {
  const { events } = street.venue
  const [first, second] = shuffled(random, events)
  const labels = first === undefined ? [] : labelsOf(street, first)
  const taken = takenLabels(street).get(first?.eventId ?? '') ?? []
  const looks = random.chance(0.6)
  const some = labels.filter((label) => !looks || !taken.includes(label))
  return {
    events: [first, random.chance(0.2) ? second : undefined].flatMap((event) => event ?? []),
    labels: shuffled(random, some.length > 0 ? some : labels).slice(
      0,
      random.pick([1, 1, 1, 2, 3]),
    ),
    to: 'held',
    holdToken,
    ...(random.chance(0.3) ? { orderId: `cart-${random.below(100)}` } : {}),
  }
}

/** Asks for the steps as they are at this moment. */
async function change(
  { ask, random }: Client,
  wanted: readonly AskedStep[],
): Promise<Reply | undefined> {
  // Back offices open all channels, mostly: their steps are many, and one that is refused refuses all.
  const opening = random.chance(0.6) ? ({ ignoreChannels: true } as const) : openingOf(random)
  const steps = wanted.map((step) => ({ ...step, ...opening }))
  return steps.length === 0 ? undefined : ask({ verb: 'change', parts: partsOf(steps), steps })
}

/** Every object of the steps once. */
function partsOf(steps: readonly AskedStep[]): AskedPart[] {
  const parts = new Map<string, AskedPart>()
  for (const { events, labels } of steps) {
    for (const event of events) {
      const former = parts.get(event.eventId)?.labels ?? []
      parts.set(event.eventId, { ...event, labels: [...new Set([...former, ...labels])] })
    }
  }
  return [...parts.values()]
}

async function settle(client: Client, holdToken: string, held: AskedStep[]): Promise<void> {
  const { random, ask, sleep } = client
  const fate = random.next()
  const orderId = `order-${random.below(1_000)}`
  const parts = partsOf(held)
  if (fate < 0.35) {
    await change(
      client,
      held.map((step) => ({ ...step, to: 'booked', orderId })),
    )
  } else if (fate < 0.5) {
    const to = random.pick(['back', 'free', 'resale', '=guest'] as const)
    await change(
      client,
      held.map((step) => ({ ...step, to })),
    )
  } else if (fate < 0.75) {
    await Promise.all([
      ask({ verb: 'move-token', parts: [], holdToken, minutes: 0 }),
      sleep(0, 90).then(() => change(client, [holdStep(client, holdToken)])),
    ])
    if (random.chance(0.3)) await change(client, [holdStep(client, holdToken)])
  } else if (parts.length > 0 && fate < 0.9) {
    await ask({ verb: random.pick(['book-held', 'release-held']), parts, holdToken })
  }
}

/** Sends batches: swaps, releases and holds again, lists in resale, over several events and some objects several times. */
export async function desk(street: Street, { name, random, rounds }: Options): Promise<void> {
  const client = clientOf(street, name, random)
  let holdToken: string | undefined
  for (let round = 1; round <= rounds; round += 1) {
    await client.sleep(50, 1_200)
    if (holdToken === undefined || random.chance(0.1)) {
      holdToken = await newToken(client, random.pick(lives))
    }
    if (holdToken === undefined) continue
    const batch = random.pick(batches)(client, holdToken)
    const steps = random.chance(0.2) ? [...batch, ...jumble(client, holdToken)] : batch
    if ((await change(client, steps)) === undefined && random.chance(0.5)) holdToken = undefined
  }
}

/** One object of one event; of those that are taken, mostly. */
function one({ random, street }: Client): Pick<AskedStep, 'events' | 'labels'> {
  const event = random.pick(street.venue.events)
  const labels = labelsOf(street, event)
  const taken = takenLabels(street).get(event.eventId) ?? []
  const isTaken = taken.length > 0 && random.chance(0.6)
  return { events: [event], labels: [random.pick(isTaken ? taken : labels)] }
}

function orderOf({ random }: Client): string {
  return `order-${random.below(1_000)}`
}

type Batch = (client: Client, holdToken: string) => AskedStep[]

const batches: readonly Batch[] = [jumble, releaseThenHold, swap, often, resell, reseat]

/** What one customer gives back, another gets at once. */
function releaseThenHold(client: Client, holdToken: string): AskedStep[] {
  const [left, right] = [one(client), one(client)]
  return [
    { ...left, to: 'back' },
    { ...left, to: 'held', holdToken },
    ...(client.random.chance(0.5) ? [{ ...right, to: 'back' } as const] : []),
    ...(client.random.chance(0.5) ? [{ ...left, to: 'booked', holdToken } as const] : []),
  ]
}

/** Two customers change places. */
function swap(client: Client): AskedStep[] {
  const [left, right] = [one(client), one(client)]
  return [
    { ...left, to: 'free' },
    { ...right, to: 'back', orderId: orderOf(client) },
    { ...left, to: 'booked', orderId: orderOf(client) },
    { ...right, to: 'booked', orderId: orderOf(client), rejected: ['booked'] },
  ]
}

/** One object again and again, with what is said of it kept and not kept. */
function often(client: Client, holdToken: string): AskedStep[] {
  const it = one(client)
  return [
    { ...it, to: 'free', extraData: '{"gate":1}' },
    { ...it, to: 'booked', keepsData: true, ticketType: 'adult' },
    { ...it, to: '=checked-in', keepsData: true },
    { ...it, to: 'back', keepsData: client.random.chance(0.5) },
    { ...it, to: 'held', holdToken, allowed: ['free', 'resale'] },
  ]
}

/** Into resale, taken from there, and back there; mostly out of it again. */
function resell(client: Client, holdToken: string): AskedStep[] {
  const it = one(client)
  const listing = { to: 'resale', listingId: `listing-${client.random.below(100)}` } as const
  const taken = client.random.chance(0.5)
    ? ({ to: 'booked' } as const)
    : ({ to: 'held', holdToken } as const)
  const all: AskedStep[] = [
    { ...it, ...listing },
    { ...it, ...taken },
    { ...it, to: 'back' },
    { ...it, to: 'back' },
  ]
  return all.slice(0, client.random.between(2, 4))
}

/** Gives back what a table and its seats were sold as, and takes them as what they are sold as now. */
function reseat({ random, street }: Client, holdToken: string): AskedStep[] {
  const event = random.pick(street.venue.events)
  const taken = takenLabels(street).get(event.eventId) ?? []
  const family = [TABLE.label, ...TABLE.seats]
  const given = family.filter((label) => taken.includes(label) && random.chance(0.9))
  const sold = labelsOf(street, event).filter((label) => family.includes(label))
  const events = [event]
  const back = { events, labels: given, to: random.pick(['back', 'free'] as const) }
  const to = random.pick(['booked', 'held', '=guest'] as const)
  const mine = to === 'held' ? { holdToken } : {}
  const labels = random.chance(0.5) ? sold : sold.slice(-1)
  return [...(given.length === 0 ? [] : [back]), { events, labels, to, ...mine }]
}

/** Anything, over a few objects of one event or two. */
function jumble(client: Client, holdToken: string): AskedStep[] {
  const { random, street } = client
  const events = shuffled(random, street.venue.events).slice(0, 2)
  const [first] = events
  const labels = shuffled(random, first === undefined ? [] : labelsOf(street, first)).slice(0, 2)
  return Array.from({ length: random.between(2, 4) }, () => {
    const to = random.pick(['back', 'back', 'free', 'booked', 'held', 'resale', '=staff'] as const)
    const isMine = to === 'held' || random.chance(0.08)
    return {
      events: random.chance(0.3) ? events : [random.pick(events)],
      labels: random.chance(0.03) ? [NO_SUCH_LABEL] : [random.pick(labels)],
      to,
      ...(isMine ? { holdToken } : {}),
      ...(random.chance(0.4) ? { orderId: orderOf(client) } : {}),
      ...(random.chance(0.3) ? { extraData: `{"row":${random.below(9)}}` } : {}),
      ...(random.chance(0.3) ? { keepsData: true } : {}),
      ...(random.chance(0.1) ? { allowed: ['free', 'held', 'booked'] } : {}),
      ...(random.chance(0.1) ? { rejected: ['=staff', 'resale'] } : {}),
    }
  })
}
