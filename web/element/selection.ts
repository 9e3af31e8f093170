import { defined } from '../../lib/defined.ts'
import type { Item } from './choice.ts'
import type { Hall } from './hall.ts'
import { priceFor, priceOfTicket } from './prices.ts'
import type { Pricing, Selected } from './public.ts'

/** Lines of a basket as the page sees them; of what the drawing does not have, the label is all that is known. */
export function selectionOf(
  items: readonly Item[],
  hall: Hall | undefined,
  prices: readonly Pricing[],
): readonly Selected[] {
  return items.map((item) => {
    const object = hall?.object(item.label)
    const category = object && hall?.categoryOf(object)
    const section = object?.section === undefined ? undefined : hall?.scene.sections[object.section]
    const parent = object?.parent
    return {
      label: item.label,
      quantity: item.quantity,
      kind: object?.kind ?? 'seat',
      isHeld: item.isHeld,
      ...defined({
        ticketType: item.ticketType,
        price: priceOfTicket(priceFor(prices, category, item.label), item.ticketType),
        category: category?.key,
        categoryLabel: category?.label,
        section: section?.label,
        sectionName: section?.display,
        row: parent?.type === 'row' ? parent.label : undefined,
        table: parent?.type === 'table' ? parent.label : undefined,
        seat: object?.kind === 'seat' ? object.own : undefined,
        entrance: object?.entrance,
      }),
    }
  })
}
