import type { Item } from '../../../lib/store/table/items.ts'
import type { Street } from './client.ts'
import type { Asked, AskedPart } from './requests.ts'
import { TABLE, type VenueEvent } from './venue.ts'

// After everything: every hold has ended by the clock, so whatever is not booked, nor in a custom status, can be held by a
// stranger at once, and the rest cannot.

/** The longest hold of a run. */
const HOLDS_END_MS = 15 * 60_000

/** Asks for all seats of each event that should be free, and for one that should not; tells where the answer is another. */
export async function probe(street: Street): Promise<string[]> {
  const { scheduler } = street.world
  await scheduler.runUntil(scheduler.now() + HOLDS_END_MS)
  const complaints: string[] = []
  for (const event of street.venue.events) {
    await sellAll(street, event)
    const booked = bookedLabels(street, event)
    // The table is sold by seat by now; where somebody has it as a whole, also to sell it again, its seats are taken.
    const isTableTaken = [...booked, ...inResale(street, event)].includes(TABLE.label)
    const free = street.venue.labels.filter(
      (label) =>
        label !== TABLE.label &&
        !booked.includes(label) &&
        !(isTableTaken && TABLE.seats.includes(label)),
    )
    const parts = [
      { labels: free, isFree: true },
      { labels: booked.slice(0, 1), isFree: false },
    ].filter(({ labels }) => labels.length > 0)
    for (const { labels, isFree } of parts) {
      const answer = await holdFor(street, { ...event, labels })
      if (answer?.kind === (isFree ? 'done' : 'refused')) continue
      const expected = isFree ? 'free' : 'booked'
      const seats = `${event.eventKey} ${labels.join(' ')}`
      complaints.push(`in the end ${seats} should be ${expected}: ${JSON.stringify(answer)}`)
    }
  }
  return complaints
}

async function sellAll(street: Street, event: VenueEvent): Promise<void> {
  const id = `probe/${event.eventKey}/sale`
  const parts = [{ ...event, labels: [] }]
  await ask(street, { id, verb: 'terms', parts, edit: { to: 'sell-all' } })
  const edit = { to: 'tables', tables: { mode: 'ALL_BY_SEAT' } } as const
  await ask(street, { id: `${id}/tables`, verb: 'terms', parts, edit })
}

async function ask({ world, fronts }: Street, asked: Asked) {
  const sent = fronts.send(asked)
  await world.scheduler.runDry(60_000)
  return sent
}

function holdFor(street: Street, part: AskedPart) {
  const id = `probe/${part.eventKey}/${part.labels.length}`
  const holdToken = 'token-stranger'
  const hold = { verb: 'hold', holdToken, holdMs: 1_000, ignoreChannels: true } as const
  return ask(street, { id, parts: [part], ...hold })
}

function bookedLabels({ venue }: Street, event: VenueEvent): string[] {
  const isBooked = ({ s: status }: Item) => status === 'booked' || String(status).startsWith('=')
  return labelsOf(event, venue.table.items().filter(isBooked))
}

/** What is held goes back to where it came from when the hold ends. */
function inResale({ venue }: Street, event: VenueEvent): string[] {
  const isOffered = ({ s: status, b: returnsTo }: Item) =>
    status === 'resale' || returnsTo === 'resale'
  return labelsOf(event, venue.table.items().filter(isOffered))
}

function labelsOf({ eventId }: VenueEvent, items: readonly Item[]): string[] {
  return items
    .filter(({ pk }) => String(pk).startsWith(`S#${eventId}#`))
    .map((item) => String(item['sk']))
}
