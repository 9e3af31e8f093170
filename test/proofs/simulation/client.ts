import { fingerprintOf } from './handler.ts'
import type { Fronts } from './fronts.ts'
import type { World } from './processes.ts'
import type { Random } from './random.ts'
import type { Answer, Asked, AskedPart, Reply } from './requests.ts'
import { TABLE, type Venue, type VenueEvent } from './venue.ts'

// How clients ask. They know what they were told and nothing else; what they get no answer to they ask again under the same
// idempotency key.

/** What clients live in. */
export interface Street {
  readonly world: World
  readonly venue: Venue
  readonly fronts: Fronts
  /** What is hung out of the events: those that sell their table as a whole. It may be out of date. */
  readonly hung: Map<string, boolean>
}

/** Times that a request is sent before its client gives up. */
const TRIES = 6

/** How often clients do odd things. */
const odds = { keyless: 0.15, twiceAtOnce: 0.06, again: 0.08, otherBody: 0.04 } as const

/** A client's way to ask. */
export interface Client {
  readonly name: string
  readonly random: Random
  readonly street: Street
  readonly ask: (asked: Omit<Asked, 'id' | 'key'>) => Promise<Reply | undefined>
  readonly sleep: (low: number, high: number) => Promise<void>
}

/** A client that gives each of its requests an idempotency key, mostly, and asks again until there is an answer. */
export function clientOf(street: Street, name: string, random: Random): Client {
  let number = 0
  const { world, fronts } = street
  const sleep = (low: number, high: number) => world.scheduler.sleep(random.between(low, high))
  const repeats = () => !world.weather().off.has('repeats')

  async function sendOften(asked: Asked): Promise<Answer | undefined> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const isTwice = random.chance(odds.twiceAtOnce) && asked.key !== undefined && repeats()
      const sent = [fronts.send(asked), ...(isTwice ? [fronts.send(asked)] : [])]
      const answers = await Promise.all(sent)
      const final = answers.find(isFinal)
      if (final !== undefined || asked.key === undefined) return final ?? answers[0]
      await sleep(50, 3_000)
    }
    return undefined
  }

  return {
    name,
    random,
    street,
    sleep,
    async ask(wanted) {
      number += 1
      const id = `${name}/${number}`
      const isKeyless = random.chance(odds.keyless)
      const asked: Asked = { ...wanted, id, ...(isKeyless ? {} : { key: `key-of-${id}` }) }
      const answer = await sendOften(asked)
      if (!isKeyless && repeats()) {
        if (random.chance(odds.again)) await fronts.send(asked)
        if (random.chance(odds.otherBody)) await fronts.send(otherBody(asked))
      }
      return answer?.kind === 'done' ? (JSON.parse(answer.body) as Reply) : undefined
    },
  }
}

function isFinal(answer: Answer | undefined): boolean {
  return answer?.kind === 'done' || answer?.kind === 'refused'
}

function otherBody(asked: Asked): Asked {
  const other = { ...asked, id: `${asked.id}-other`, holdToken: `${asked.holdToken ?? ''}-other` }
  if (fingerprintOf(other) === fingerprintOf(asked)) throw new Error('The body is the same')
  return other
}

/** Some labels of one event. */
export function somePart({ random, street }: Client, count: number): AskedPart {
  const event = random.pick(street.venue.events)
  const labels = labelsOf(street, event)
  return { ...event, labels: shuffled(random, labels).slice(0, count) }
}

/** What an event sells, as is hung out. */
export function labelsOf({ venue, hung }: Street, { eventId }: VenueEvent): readonly string[] {
  const isWhole = hung.get(eventId) === true
  const out = isWhole ? TABLE.seats : [TABLE.label]
  return venue.labels.filter((label) => !out.includes(label))
}

/** The same in another order. */
export function shuffled<Value>(random: Random, values: readonly Value[]): Value[] {
  const left = [...values]
  const taken: Value[] = []
  while (left.length > 0) taken.push(...left.splice(random.below(left.length), 1))
  return taken
}

/** A look at what is taken in each event, as a back office has it on its screen: it may be out of date in a moment. */
export function takenLabels({ venue }: Street): Map<string, string[]> {
  const taken = new Map<string, string[]>()
  const note = (eventId: string, label: string, { s }: { readonly s?: unknown }) => {
    const status = String(s)
    if (status !== 'booked' && status !== 'held' && !status.startsWith('=')) return
    taken.set(eventId, [...(taken.get(eventId) ?? []), label])
  }
  for (const item of venue.table.items()) {
    note(String(item['pk']).split('#')[1] ?? '', String(item['sk']), item)
    const label = String(item['sk']).split(SEASON_MARK)[0] ?? ''
    for (const [partId, part] of Object.entries(item['p'] ?? {}))
      note(partId, label, part as object)
  }
  return taken
}

/** What stands behind the label that a row of a season tells of. */
const SEASON_MARK = '\uffffS'
