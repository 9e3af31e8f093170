import type { SceneCategory } from '../scene/scene.ts'
import type { Pricing, TicketType } from './public.ts'

/** What one category costs: nothing is known of it where both are empty. */
export interface Price {
  readonly price: number | undefined
  readonly ticketTypes: readonly TicketType[]
}

/** What an object costs: what is said of it counts before what is said of its category, which may be named by its key or by its label. */
export function priceFor(
  prices: readonly Pricing[],
  category: Pick<SceneCategory, 'key' | 'label'> | undefined,
  label?: string,
): Price {
  const named = (name: string) =>
    prices.find(({ category: each }) => each !== undefined && String(each) === name)
  const own = label !== undefined && prices.find(({ objects }) => objects?.includes(label))
  const found = own || (category && (named(category.key) ?? named(category.label)))
  const ticketTypes = (found?.ticketTypes ?? []).filter(({ price }) => isPrice(price))
  return { price: isPrice(found?.price) ? found?.price : undefined, ticketTypes }
}

/** What one ticket of that type costs; without a type, or with one that is unknown, the first. */
export function priceOfTicket({ price, ticketTypes }: Price, id?: string): number | undefined {
  const chosen = ticketTypes.find((type) => type.id === id) ?? ticketTypes[0]
  return chosen?.price ?? price
}

/** The lowest price, and whether there are others. */
export function lowestPrice({
  price,
  ticketTypes,
}: Price): { lowest: number; isOne: boolean } | undefined {
  const all = ticketTypes.length > 0 ? ticketTypes.map((type) => type.price) : [price ?? NaN]
  const lowest = Math.min(...all)
  if (Number.isNaN(lowest)) return undefined
  return { lowest, isOne: all.every((each) => each === lowest) }
}

/** What all cost together; undefined where the price of one is not known. */
export function totalOf(
  items: readonly { readonly price?: number; readonly quantity: number }[],
): number | undefined {
  let cents = 0
  for (const { price, quantity } of items) {
    if (price === undefined) return undefined
    // Thousandths are whole numbers, whose sum is exact: some currencies have three decimals.
    cents += Math.round(price * 1_000) * quantity
  }
  return items.length === 0 ? undefined : cents / 1_000
}

/** Writes prices as people of that language do, or as the page wants them; a callback that fails is not asked. */
export function priceWriter(options: {
  readonly language: string
  readonly currency: string | undefined
  readonly formatPrice: ((price: number) => string) | undefined
}): (price: number) => string {
  const { language, currency, formatPrice } = options
  const style = currency === undefined ? {} : { style: 'currency' as const, currency }
  const whole = new Intl.NumberFormat(language, style)
  const round = new Intl.NumberFormat(language, { ...style, maximumFractionDigits: 0 })
  return (price) => {
    try {
      if (formatPrice !== undefined) return formatPrice(price)
    } catch {
      // What the page cannot write is written as if it had not offered to.
    }
    return (Number.isInteger(price) ? round : whole).format(price)
  }
}

function isPrice(price: unknown): price is number {
  return typeof price === 'number' && Number.isFinite(price)
}
