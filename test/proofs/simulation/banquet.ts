import { clientOf, shuffled, takenLabels, type Client, type Street } from './client.ts'
import type { Random } from './random.ts'
import type { AskedTables, TermsEdit } from './requests.ts'
import { TABLE, type VenueEvent } from './venue.ts'

// Parties that want one table, some of them all of it and some a seat, while it is being decided how it is sold.

const ways: readonly AskedTables[] = [
  { mode: 'INHERIT' },
  { mode: 'ALL_BY_TABLE' },
  { mode: 'ALL_BY_TABLE' },
  { mode: 'ALL_BY_SEAT' },
  { mode: 'CUSTOM', named: { [TABLE.label]: 'BY_TABLE' } },
  { mode: 'CUSTOM', named: { [TABLE.label]: 'BY_SEAT' } },
]

/** The chart sells its table by seat. */
export function isByTable(tables: AskedTables): boolean {
  if (tables.mode === 'CUSTOM') return tables.named[TABLE.label] === 'BY_TABLE'
  return tables.mode === 'ALL_BY_TABLE'
}

/** Any way, or one that sells the table as a whole or does not. */
export function resetTables({ random }: Client, isWhole?: boolean): TermsEdit {
  const fitting = ways.filter((way) => isWhole === undefined || isByTable(way) === isWhole)
  return { to: 'tables', tables: random.pick(fitting) }
}

/** Takes places as what they are sold as, has them sold as something else, and tries to take them as that too. */
export async function banquet(
  street: Street,
  { name, random, rounds }: { name: string; random: Random; rounds: number },
): Promise<void> {
  const client = clientOf(street, name, random)
  for (let round = 1; round <= rounds; round += 1) {
    await client.sleep(10, 1_500)
    const event = random.pick(street.venue.events)
    const isWhole = street.hung.get(event.eventId) === true
    const seats = shuffled(random, TABLE.seats).slice(0, random.between(1, 2))
    const [first, second] = isWhole ? [[TABLE.label], seats] : [seats, [TABLE.label]]
    const token = `token-${name}-${round}`
    const other = random.chance(0.4) ? token : `${token}-other`
    const inTurn = random.chance(0.4)
    const held = take(client, { event, labels: first, holdToken: token })
    if (inTurn) await held
    const parts = [{ ...event, labels: [] }]
    const reset = client
      .sleep(0, 40)
      .then(() => client.ask({ verb: 'terms', parts, edit: resetTables(client, !isWhole) }))
    if (inTurn) await reset
    await client.sleep(0, 120)
    const [was, is] = await Promise.all([
      held,
      take(client, { event, labels: second, holdToken: other }),
    ])
    if ((await reset) !== undefined) street.hung.set(event.eventId, !isWhole)
    if (was !== undefined) await settle(client, { event, labels: first, holdToken: token })
    if (is !== undefined) await settle(client, { event, labels: second, holdToken: other })
    if (random.chance(0.7)) await clear(client, event)
  }
}

interface Places {
  readonly event: VenueEvent
  readonly labels: readonly string[]
  readonly holdToken: string
}

function take({ random, ask }: Client, { event, labels, holdToken }: Places) {
  const more = random.chance(0.2) ? ['A-1', 'A-2', 'B-3'].slice(0, random.between(1, 3)) : []
  const parts = [{ ...event, labels: [...labels, ...more] }]
  const holdMs = random.pick([800, 1_500, 5_000, 60_000])
  return ask({ verb: 'hold', parts, holdToken, holdMs, ignoreChannels: true })
}

async function settle({ random, ask, sleep }: Client, places: Places): Promise<void> {
  const { event, labels, holdToken } = places
  const parts = [{ ...event, labels }]
  const fate = random.next()
  if (fate < 0.3) await ask({ verb: 'book-held', parts, holdToken })
  else if (fate < 0.5) await ask({ verb: 'extend', parts, holdToken, holdMs: 2_000 })
  else if (fate < 0.7) await sleep(500, 2_500)
}

/** Has everything that the table or its seats were taken as given back. */
async function clear({ ask, street }: Client, event: VenueEvent): Promise<void> {
  const taken = takenLabels(street).get(event.eventId) ?? []
  const labels = [TABLE.label, ...TABLE.seats].filter((label) => taken.includes(label))
  if (labels.length > 0) await ask({ verb: 'release', parts: [{ ...event, labels }] })
}
