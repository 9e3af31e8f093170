import { isByTable, resetTables } from './banquet.ts'
import { clientOf, shuffled, type Client, type Street } from './client.ts'
import type { Random } from './random.ts'
import type { AskedChannel, Opening, TermsEdit } from './requests.ts'

// Whoever says what events sell and to whom, while others buy: channels, and what is for sale.

/** Keys of the channels that there are from time to time. */
const channelKeys = ['vip', 'club', 'press'] as const

/** Which channels a buyer opens: none by a word of its own, mostly. */
export function openingOf(random: Random): Opening {
  const fate = random.next()
  if (fate < 0.6) return {}
  if (fate < 0.8) return { ignoreChannels: true }
  const some = shuffled(random, [...channelKeys, 'NO_CHANNEL', 'nobody'])
  return { channelKeys: some.slice(0, random.between(0, 3)) }
}

/** Changes terms again and again, of one event or of several at once. */
export async function salesDesk(
  street: Street,
  { name, random, rounds }: { name: string; random: Random; rounds: number },
): Promise<void> {
  const client = clientOf(street, name, random)
  for (let round = 1; round <= rounds; round += 1) {
    await client.sleep(100, 5_000)
    const edit = random.pick(edits)(client)
    const isForMany = edit.to === 'edit-sale' && random.chance(0.7)
    const events = shuffled(random, street.venue.events)
    const parts = events
      .slice(0, isForMany ? random.between(2, 3) : 1)
      .map((event) => ({ ...event, labels: [] }))
    const done = await client.ask({ verb: 'terms', parts, edit })
    const [event] = parts
    if (done !== undefined && event !== undefined && edit.to === 'tables') {
      street.hung.set(event.eventId, isByTable(edit.tables))
    }
  }
}

function someLabels({ random, street }: Client, most: number): string[] {
  return shuffled(random, street.venue.labels).slice(0, random.between(1, most))
}

/** Few objects each, none of them in two. */
function newChannels(client: Client): AskedChannel[] {
  const { random } = client
  const labels = someLabels(client, 3)
  return shuffled(random, channelKeys)
    .slice(0, random.between(1, 2))
    .map((key) => ({ key, name: `For ${key}`, objects: labels.splice(0, random.between(0, 2)) }))
}

const edits: readonly ((client: Client) => TermsEdit)[] = [
  (client) => ({ to: 'add', channels: newChannels(client) }),
  (client) => ({ to: 'replace', channels: newChannels(client) }),
  (client) => ({ to: 'replace', channels: newChannels(client) }),
  (client) => ({
    to: 'edit',
    channelKey: client.random.pick(channelKeys),
    change: client.random.chance(0.3)
      ? { name: client.random.pick(['For vip', 'Friends']) }
      : { objects: someLabels(client, 2) },
  }),
  ({ random }) => ({ to: 'remove', channelKey: random.pick(channelKeys) }),
  move,
  move,
  (client) => resetTables(client),
  (client) => resetTables(client),
  ({ random }) => ({ to: 'sell', rules: random.pick(closings) }),
  () => ({ to: 'sell-all' }),
  (client) => ({ to: 'edit-sale', forSale: [], notForSale: someLabels(client, 3) }),
  (client) => ({ to: 'edit-sale', forSale: someLabels(client, 5), notForSale: [] }),
  (client) => ({
    to: 'edit-sale',
    forSale: someLabels(client, 2),
    notForSale: someLabels(client, 1),
  }),
]

function move(client: Client): TermsEdit {
  const { random } = client
  const to = random.pick(['put', 'put', 'take'] as const)
  return { to, channelKey: random.pick(channelKeys), objects: someLabels(client, 2) }
}

/** All but a few things, a few things only, nothing. */
const closings = [
  { isListForSale: false, objects: ['A-1', 'T'], categories: [] },
  { isListForSale: true, objects: ['A-1', 'A-2', 'B-1', 'B-2', 'B-3', 'T', 'T-1'], categories: [] },
  { isListForSale: true, objects: ['A-3'], categories: ['Standard'] },
  { isListForSale: false, objects: [], categories: ['1'] },
] as const
