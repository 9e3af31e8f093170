import { defined } from '../../lib/defined.ts'
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
  const own =
    label === undefined ? undefined : prices.find(({ objects }) => objects?.includes(label))
  const found = own ?? (category && (named(category.key) ?? named(category.label)))
  return { price: found?.price, ticketTypes: found?.ticketTypes ?? [] }
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

/** Prices as a page writes them: what is no price counts as none, and so does what is no entry. */
export function readPrices(entries: readonly unknown[]): readonly Pricing[] {
  return entries.flatMap((entry) => {
    const { category, objects, price, ticketTypes } = fieldsOf(entry)
    const name = typeof category === 'string' || typeof category === 'number' ? category : undefined
    const labels = listOf(objects).filter((label) => typeof label === 'string')
    const types = listOf(ticketTypes).flatMap(readTicketType)
    return [
      defined({
        category: name,
        objects: labels.length > 0 ? labels : undefined,
        price: readPrice(price),
        ticketTypes: types.length > 0 ? types : undefined,
      }),
    ]
  })
}

function readTicketType(entry: unknown): TicketType[] {
  const { id, label, price } = fieldsOf(entry)
  const cost = readPrice(price)
  if ((typeof id !== 'string' && typeof id !== 'number') || cost === undefined) return []
  const name = typeof label === 'string' ? label : undefined
  return [{ id: String(id), price: cost, ...defined({ label: name }) }]
}

function readPrice(price: unknown): number | undefined {
  return typeof price === 'number' && Number.isFinite(price) ? price : undefined
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
