import {
  clientOf,
  labelsOf,
  shuffled,
  somePart,
  takenLabels,
  type Client,
  type Street,
} from './client.ts'
import type { Random } from './random.ts'
import type { AskedPart } from './requests.ts'
import { openingOf } from './sales-desk.ts'

// Buyers and back offices with tokens of their own making.

/** One to three seats of one event, or a basket over several. */
function basket(client: Client): AskedPart[] {
  const { random, street } = client
  const isWide = random.chance(0.35)
  const events = shuffled(random, street.venue.events).slice(0, isWide ? random.between(2, 3) : 1)
  return events.map((event) => ({
    ...event,
    labels: shuffled(random, labelsOf(street, event)).slice(0, random.between(1, 3)),
  }))
}

const holdTimes = [2_000, 5_000, 15_000, 60_000, 600_000]

/** Holds, and then books, extends, releases or forgets, again and again. */
export async function buyer(
  street: Street,
  { name, random, rounds }: { name: string; random: Random; rounds: number },
): Promise<void> {
  const client = clientOf(street, name, random)
  await client.sleep(0, 3_000)
  for (let round = 1; round <= rounds; round += 1) {
    const holdToken = `token-${name}-${random.chance(0.5) ? 'a' : 'b'}`
    const parts = basket(client)
    const holdMs = random.pick(holdTimes)
    const opening = openingOf(random)
    const held = await client.ask({ verb: 'hold', parts, holdToken, holdMs, ...opening })
    const anyway = random.chance(0.15)
    if (held === undefined && !anyway) continue
    await client.sleep(10, random.chance(0.2) ? 10_000 : 1_500)
    await follow(client, { parts, holdToken })
    await client.sleep(10, 1_000)
  }
}

interface Held {
  readonly parts: readonly AskedPart[]
  readonly holdToken: string
}

async function follow(client: Client, held: Held): Promise<void> {
  const { random, sleep } = client
  const isExtending = random.chance(0.35)
  // In two windows of the same browser, now and then.
  if (isExtending && random.chance(0.4)) {
    await Promise.all([extend(client, held), sleep(0, 60).then(() => settle(client, held))])
    return
  }
  if (isExtending) {
    await extend(client, held)
    await sleep(10, 1_500)
  }
  await settle(client, held)
}

async function extend(client: Client, { parts, holdToken }: Held): Promise<void> {
  const { random } = client
  const part = random.pick(parts)
  const isAll = random.chance(0.4)
  const some = random.chance(0.5) ? part.labels.slice(0, 1) : part.labels
  const labels = [...some, ...(random.chance(0.3) ? somePart(client, 1).labels : [])]
  await client.ask({
    verb: 'extend',
    parts: [{ ...part, labels: isAll ? [] : [...new Set(labels)] }],
    ...(isAll ? { isAll: true as const } : {}),
    holdToken,
    holdMs: random.pick(holdTimes),
  })
}

async function settle({ random, ask }: Client, { parts, holdToken }: Held): Promise<void> {
  const fate = random.next()
  const some = random.chance(0.7) ? parts : parts.slice(0, 1)
  if (fate < 0.5) await ask({ verb: 'book-held', parts: some, holdToken })
  else if (fate < 0.75) await ask({ verb: 'release-held', parts: some, holdToken })
}

/** Frees what is taken, so that there is something to sell: objects of its own choice, whoever has them. */
export async function backOffice(
  street: Street,
  { name, random, rounds }: { name: string; random: Random; rounds: number },
): Promise<void> {
  const client = clientOf(street, name, random)
  for (let round = 1; round <= rounds; round += 1) {
    await client.sleep(200, 3_000)
    const parts = takenParts(client)
    if (parts.length > 0) await client.ask({ verb: 'release', parts })
  }
}

function takenParts({ random, street }: Client): AskedPart[] {
  const taken = takenLabels(street)
  const count = random.between(1, 3)
  return shuffled(random, street.venue.events)
    .slice(0, random.between(1, 2))
    .map((event) => ({
      ...event,
      labels: shuffled(random, taken.get(event.eventId) ?? []).slice(0, count),
    }))
    .filter(({ labels }) => labels.length > 0)
}

/** Books for a whole class at once, over two events, until it worked: so every run has large commits. */
export async function school(street: Street, random: Random): Promise<void> {
  const client = clientOf(street, 'school', random)
  for (let round = 1; round <= 20; round += 1) {
    await client.sleep(300, 2_500)
    const holdToken = `token-school-${round}`
    const parts = freeParts(client)
    if (parts.length < 2) continue
    const held = await client.ask({
      verb: 'hold',
      parts,
      holdToken,
      holdMs: 20_000,
      ignoreChannels: true,
    })
    if (held === undefined) continue
    if ((await client.ask({ verb: 'book-held', parts, holdToken })) !== undefined) return
  }
}

/** Three free seats of each of two events, if there are that many. */
function freeParts({ random, street }: Client): AskedPart[] {
  const taken = takenLabels(street)
  return shuffled(random, street.venue.events)
    .map((event) => ({
      ...event,
      labels: shuffled(random, labelsOf(street, event))
        .filter((label) => taken.get(event.eventId)?.includes(label) !== true)
        .slice(0, 3),
    }))
    .filter(({ labels }) => labels.length === 3)
    .slice(0, 2)
}

/** Holds something for a short time, and comes back when that is over, or as good as over. */
export async function latecomer(street: Street, random: Random): Promise<void> {
  const client = clientOf(street, 'late', random)
  for (let round = 1; round <= LATE_ROUNDS; round += 1) {
    await client.sleep(10, 1_000)
    const holdToken = `token-late-${round}`
    const parts = [somePart(client, random.pick([1, 1, 3, 4]))]
    const held = await client.ask({
      verb: 'hold',
      parts,
      holdToken,
      holdMs: 1_500,
      ignoreChannels: true,
    })
    const at = held?.changed[0]?.until
    if (at === undefined) continue
    const labels = parts.flatMap((part) => part.labels)
    if (labels.length > 1 && random.chance(0.4)) await inTwoWindows(client, { parts, holdToken })
    else {
      const before = labels.length > 1 ? random.between(40, 200) : random.between(2, 24)
      const verb = random.pick(['book-held', 'book-held', 'release-held', 'extend'] as const)
      const more = verb === 'extend' ? { holdMs: 2_000 } : {}
      const rushed: Promise<void>[] = []
      const onStart = () => {
        if (labels.length > 1 && rushed.length < 3) rushed.push(rush(client, parts))
      }
      await client.ask({ verb, parts, holdToken, aim: { at, before, onStart }, ...more })
      await Promise.all(rushed)
    }
  }
}

/** Somebody else comes in the middle of that, with a clock that may be ahead. */
async function rush({ random, sleep, ask }: Client, parts: readonly AskedPart[]): Promise<void> {
  const some = parts.map((part) => ({ ...part, labels: shuffled(random, part.labels).slice(0, 2) }))
  await sleep(20, 90)
  await ask({ verb: 'hold', parts: some, holdToken: 'token-rush', holdMs: 2_000 })
}

/** Books all, and extends one of them in the middle of that. */
async function inTwoWindows({ ask, sleep }: Client, { parts, holdToken }: Held): Promise<void> {
  const one = parts.slice(0, 1).map((part) => ({ ...part, labels: part.labels.slice(0, 1) }))
  const extension = { verb: 'extend', parts: one, holdToken, holdMs: 5_000 } as const
  await Promise.all([
    ask({ verb: 'book-held', parts, holdToken }),
    sleep(0, 120).then(() => ask(extension)),
  ])
}

const LATE_ROUNDS = 7

/** Holds something for a moment and never comes back: so every run has a hold that ends by itself. */
export async function dreamer(street: Street, random: Random): Promise<void> {
  const client = clientOf(street, 'dreamer', random)
  for (let round = 1; round <= 12; round += 1) {
    await client.sleep(100, 2_000)
    const holdToken = `token-dreamer-${round}`
    const parts = [somePart(client, 1)]
    await client.ask({ verb: 'hold', parts, holdToken, holdMs: 2_000, ignoreChannels: true })
    await client.sleep(4_500, 5_000)
    if (street.venue.table.items().some((item) => hasLapsed(item, holdToken))) return
  }
}

/** Whether an item says that a token's hold is over and nobody has freed it: a row, or history of its end. */
function hasLapsed(item: Record<string, unknown>, holdToken: string): boolean {
  const isEnd = item['o'] === 'HOLD_EXPIRED' && String(item['c']).includes(`"${holdToken}"`)
  return isEnd || (item['t'] === holdToken && 's' in item)
}
