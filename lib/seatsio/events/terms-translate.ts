import type * as z from 'zod'
import { instant, toIso } from '../../clock.ts'
import { defined } from '../../defined.ts'
import type { Channel, SaleRules } from '../../records/records.ts'
import type { NewChannel } from '../../venue/channels.ts'
import type { SaleEdit, SaleQuota } from '../../venue/sale-rules.ts'
import type { channel, channelInput, updateChannelRequest } from './channel-shapes.ts'
import type { editSaleRequest, saleListsRequest, saleQuota, saleRules } from './sale-shapes.ts'

/** A channel as it is wanted, in the words of the core. */
export function toNewChannel({ color, index, ...rest }: z.output<typeof channelInput>): NewChannel {
  return {
    ...rest,
    ...defined({ color, index }),
  }
}

/** What to change of a channel; what was not sent stays. */
export function toChannelEdit({
  name,
  color,
  objects,
  areaPlaces,
}: z.output<typeof updateChannelRequest>) {
  return {
    ...defined({ name, color, objects, areaPlaces }),
  }
}

/** A channel in this API's words. */
export function toChannel(told: Channel): z.output<typeof channel> {
  const { id, key, name, color, index, objects, areaPlaces } = told
  return {
    id,
    key,
    name,
    ...defined({ color, index }),
    objects: [...objects],
    areaPlaces: { ...areaPlaces },
  }
}

/** Sale rules in the words of the core. */
export function toSaleRules(
  isListForSale: boolean,
  { objects, areaPlaces, categories }: z.output<typeof saleListsRequest>,
): SaleRules {
  return { isListForSale, objects, areaPlaces, categories }
}

/** An edit of sale rules in the words of the core. */
export function toSaleEdit({
  forSale = [],
  notForSale = [],
}: z.output<typeof editSaleRequest>): SaleEdit {
  return { forSale: forSale.map(toItem), notForSale: notForSale.map(toItem) }
}

type SentItem = NonNullable<z.output<typeof editSaleRequest>['forSale']>[number]

function toItem({ object: label, quantity }: SentItem) {
  return { label, ...defined({ quantity }) }
}

/** Sale rules in this API's words. */
export function toForSaleConfig(rules: SaleRules): z.output<typeof saleRules> {
  return {
    forSale: rules.isListForSale,
    objects: [...rules.objects],
    areaPlaces: { ...rules.areaPlaces },
    categories: [...rules.categories],
  }
}

/** How often what is for sale may be changed still. */
export function toRateLimit({ remaining, resetsAt }: SaleQuota): z.output<typeof saleQuota> {
  return {
    rateLimitRemainingCalls: remaining,
    rateLimitResetDate: toIso(instant(resetsAt)),
  }
}

/** Sale rules after an edit, with what is left of the window. */
export function toEditedSale({ rules, quota }: { rules: SaleRules; quota: SaleQuota }) {
  return { forSaleConfig: toForSaleConfig(rules), rateLimitInfo: toRateLimit(quota) }
}
