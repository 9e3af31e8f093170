import { instant } from '../../lib/clock.ts'
import type { Order, Part, Seller, Verb } from '../sellers/seller.ts'
import type { World } from '../world.ts'

/** Milliseconds that holds of the bench last: longer than the bench. */
const HOLD_MS = 15 * 60 * 1000

/** The first seats of as many events as it takes. */
export function partsOf({ events, labels }: World, objects: number, perEvent: number): Part[] {
  return [...events.keys()]
    .map((eventKey, index) => {
      const left = Math.max(0, objects - index * perEvent)
      return { eventKey, labels: labels.slice(0, Math.min(left, perEvent)) }
    })
    .filter((part) => part.labels.length > 0)
}

/** An order by a buyer of that name. */
export function orderOf(
  { port }: World,
  { verb, token, parts }: { verb: Verb; token: string; parts: readonly Part[] },
): Order {
  return { verb, token, parts, until: instant(port.clock.now() + HOLD_MS) }
}

/** Sends an order that nothing stands in the way of. */
export async function mustSend(seller: Seller, order: Order): Promise<void> {
  const answer = await seller.send(order)
  if (answer === 'done') return
  throw new Error(`${seller.name} answered ${answer} to a ${order.verb} that it had to do`)
}
