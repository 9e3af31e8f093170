import type {
  ChannelPricing,
  Pricing,
  PricingJson,
  TicketType,
  TicketTypeJson,
} from '@seatsio/seatsio-types'
import { defined } from '../../lib/defined.ts'
import type { SceneCategory, SceneObject } from '../scene/scene.ts'
import type { Config } from './config.ts'

/** What objects cost: one price, or one for each type of ticket. */
export interface Price {
  readonly price?: number
  readonly ticketTypes?: readonly TicketType[]
}

/** What a page has said of prices. */
export interface Prices {
  readonly ofCategories: readonly (Price & { readonly category: string })[]
  readonly ofObjects: readonly (Price & { readonly objects: readonly string[] })[]
  /** The first price of each object that has one of its own. */
  readonly byLabel: ReadonlyMap<string, Price>
  readonly format: (price: number) => string
}

const NO_CHANNEL = 'NO_CHANNEL'

/** Reads prices in all the forms that pages write them in. */
export function readPrices(config: Config): Prices {
  const { pricing } = config
  const entries = entriesOf(config)
  const channel = onlyChannel(config)
  const ofObjects = entries.flatMap((entry) =>
    Array.isArray(entry.objects) ? [{ objects: entry.objects, ...priceIn(entry, channel) }] : [],
  )
  const labels = ofObjects.flatMap((each) => each.objects.map((label) => [label, each] as const))
  return {
    ofObjects,
    byLabel: new Map(labels.toReversed()),
    ofCategories: entries.flatMap((entry) =>
      entry.category === undefined
        ? []
        : [{ category: String(entry.category), ...priceIn(entry, channel) }],
    ),
    format: formatterOf(config, Array.isArray(pricing) ? undefined : pricing),
  }
}

/** What an object costs: by its own label before that of its category. */
export function priceOf(
  prices: Prices,
  { label }: Pick<SceneObject, 'label'>,
  category: SceneCategory | undefined,
): Price | undefined {
  const own = prices.byLabel.get(label)
  return own ?? (category && priceOfCategory(prices, category))
}

/** What a category costs: it may be named by its key or by its label. */
export function priceOfCategory(
  { ofCategories }: Prices,
  { key, label }: Pick<SceneCategory, 'key' | 'label'>,
): Price | undefined {
  const named = (name: string) => ofCategories.find(({ category }) => category === name)
  return named(key) ?? named(label)
}

/** Ticket types that may be chosen. */
export function typesOf(price: Price | undefined): readonly TicketType[] {
  return (price?.ticketTypes ?? []).filter(({ unavailable }) => unavailable !== true)
}

/** Prices as callbacks get them: thousands of seats have the same. */
const made = new WeakMap<Price, PricingJson>()

/** A price as callbacks get it. */
export function pricingJson(prices: Prices, price: Price | undefined): PricingJson {
  if (price === undefined) return {}
  const json = made.get(price) ?? makePricing(prices, price)
  made.set(price, json)
  return json
}

function makePricing({ format }: Prices, { price, ticketTypes }: Price): PricingJson {
  if (ticketTypes) return { ticketTypes: ticketTypes.map((type) => typeJson(format, type)) }
  return price === undefined ? {} : { price, formattedPrice: format(price) }
}

/** A ticket type as callbacks get it. */
export function typeJson(
  format: Prices['format'],
  { ticketType, price, fee, originalPrice, label, description }: TicketType,
): TicketTypeJson {
  const formattedOriginalPrice = originalPrice === undefined ? undefined : format(originalPrice)
  return {
    ticketType,
    price,
    formattedPrice: format(price),
    ...defined({ fee, originalPrice, label, description, formattedOriginalPrice }),
  }
}

/** One of the prices that a page gives, in whichever form. */
export interface Entry {
  readonly category?: string | number
  readonly objects?: readonly string[]
  readonly listing?: string
  readonly price?: number
  readonly fee?: number
  readonly ticketTypes?: readonly TicketType[]
  readonly channels?: readonly ChannelPricing[]
}

function priceIn(entry: Entry, channel: string | undefined): Price {
  const own = entry.channels?.find((each) => each.channel === channel)
  const { price, ticketTypes } = (own ?? entry) as Price
  return defined({ price, ticketTypes: Array.isArray(ticketTypes) ? ticketTypes : undefined })
}

/** All prices of a page. */
export function entriesOf({ pricing }: Config): Entry[] {
  const list: unknown = Array.isArray(pricing) ? pricing : pricing?.prices
  return (Array.isArray(list) ? list : []).map((entry) => (entry ?? {}) as Entry)
}

/** Nobody here knows which object is in which channel; where one alone is open, all that can be bought is in it. */
export function onlyChannel({ channels }: Config): string | undefined {
  return channels?.length === 1 && channels[0] !== NO_CHANNEL ? channels[0] : undefined
}

function formatterOf(
  { priceFormatter }: Config,
  pricing: Exclude<Pricing, readonly unknown[]> | undefined,
): (price: number) => string {
  const format = pricing?.priceFormatter ?? priceFormatter
  return typeof format === 'function' ? format : String
}
