import { defined } from '../../lib/defined.ts'
import type { MapObject, Pricing, Settings } from '../element/public.ts'
import { categoryTexts, eventOf, keyOf, sessionOf, type Config } from './config.ts'
import { isOffered, objectOf, type Core } from './core.ts'
import { totalLimit } from './limits.ts'
import { messagesOf } from './messages.ts'
import { bookableOf, sectionOf } from './objects.ts'
import { typesOf, type Price } from './prices.ts'

/** What the page has configured, as the map is told it. `server` is where the script came from, `token` that of a session that begins. */
export function settingsOf(
  core: Core,
  { server, token }: { readonly server: string; readonly token: string | undefined },
): Partial<Settings> {
  const config = core.config()
  const session = sessionOf(config)
  return {
    server: config.apiUrl ?? server,
    key: keyOf(config),
    event: eventOf(config),
    hold: session === 'none' ? 'checkout' : 'selection',
    holdToken: session === 'manual' ? config.holdToken : token,
    admissionToken: () => {
      const { admissionToken: token } = core.config()
      return typeof token === 'function' ? token() : token
    },
    channels: config.channels ?? [],
    language: config.language ?? 'en',
    mode: config.mode === 'static' || config.mode === 'print' ? 'static' : 'normal',
    messages: messagesOf(config.messages),
    showBasket: false,
    showLegend: config.showLegend === true || config.categoryFilter?.enabled === true,
    maxSeats: config.numberOfPlacesToSelect ?? totalLimit(config.maxSelectedObjects),
    formatPrice: core.prices().format,
    prices: pricesOf(core),
    availableCategories: categoryTexts(config.availableCategories),
    unavailableCategories: categoryTexts(config.unavailableCategories),
    filteredCategories: categoryTexts(config.filteredCategories),
    ...callbacksOf(core, config),
  }
}

/** What the page decides object by object; wrappers replace the functions with each rendering, so that each is looked up when it is asked. */
function callbacksOf(core: Core, config: Config): Partial<Settings> {
  const now = core.config
  const extra = () => now().extraConfig ?? {}
  const available = config.colors?.availableObjectColor
  const hasInfo = config.popoverInfo !== undefined || config.tooltipInfo !== undefined
  const ask = <Answer>(
    { label }: MapObject,
    call: (object: ReturnType<typeof bookableOf>) => Answer,
  ): Answer | undefined => {
    const object = objectOf(core, label)
    return object && call(bookableOf(core, object))
  }
  return {
    isObjectSelectable: (object, isSelectable) => isSelectable && isSelectableHere(core, object),
    objectColor:
      config.objectColor || available !== undefined
        ? (object, color) => {
            const own = available ?? color
            return ask(object, (each) => now().objectColor?.(each, own, extra())) ?? own
          }
        : undefined,
    objectLabel:
      config.objectLabel &&
      ((object, label) => ask(object, (each) => now().objectLabel?.(each, label, extra()))),
    isObjectVisible:
      config.isObjectVisible &&
      ((object) => ask(object, (each) => now().isObjectVisible?.(each, extra())) !== false),
    objectInfo: hasInfo
      ? (object) => ask(object, (each) => (now().popoverInfo ?? now().tooltipInfo)?.(each))
      : undefined,
    sectionColor:
      config.sectionColor &&
      (({ index }, color) => {
        const section = core.map.scene?.sections[index]
        return section && now().sectionColor?.(sectionOf(core, section), color, extra())
      }),
  }
}

function isSelectableHere(core: Core, { label }: MapObject): boolean {
  const object = objectOf(core, label)
  if (object === undefined || !isOffered(core, object)) return false
  const { isObjectSelectable } = core.config()
  return !isObjectSelectable || isObjectSelectable(bookableOf(core, object))
}

function pricesOf(core: Core): Pricing[] {
  const { ofCategories, ofObjects } = core.prices()
  return [
    ...ofCategories.map(({ category, ...price }) => ({ category, ...priced(price) })),
    ...ofObjects.map(({ objects, ...price }) => ({ objects, ...priced(price) })),
  ]
}

function priced(cost: Price): Pick<Pricing, 'price' | 'ticketTypes'> {
  const { price } = cost
  if (cost.ticketTypes === undefined) return defined({ price })
  const ticketTypes = typesOf(cost).map((type) => ({
    id: type.ticketType,
    price: type.price,
    ...defined({ label: type.label }),
  }))
  return { ticketTypes, ...defined({ price }) }
}
