import {
  NO_SUCH_LABEL,
  type AskedChannel,
  type AskedSale,
  type AskedTables,
  type Opening,
  type TermsEdit,
} from '../requests.ts'
import { TABLE } from '../venue.ts'

// What events say of selling, and what comes of it: the contract's rules of channels, of what is for sale and of tables, written
// anew here.

/** What an event says of selling its objects. */
export interface Terms {
  /** In the order in which they were added. */
  readonly channels: readonly AskedChannel[]
  /** Without it everything is for sale. */
  readonly sale: AskedSale | undefined
  readonly tables: AskedTables
}

/** The terms of events at one moment, by event id. */
export type Epoch = ReadonlyMap<string, Terms>

/** Terms that say nothing. */
export const noTerms: Terms = { channels: [], sale: undefined, tables: { mode: 'INHERIT' } }

/** What is in the way of one object besides its status. */
export interface Offered {
  /** Whether the event has such an object: of the table and its seats, one or the other. */
  readonly isKnown: boolean
  readonly isOpened: boolean
  readonly isForSale: boolean
}

/** The category of all objects of the hall, by key and by label. */
const CATEGORY = ['1', 'Standard'] as const

/** How an object looks to whoever opens these channels, where one step changes it in all these events alike. */
export function offeredTo(
  epoch: Epoch,
  { object, eventIds }: { object: string; eventIds: readonly string[] },
  opening: Opening,
): Offered {
  const at = object.indexOf(' ')
  const [eventId, label] = [object.slice(0, at), object.slice(at + 1)]
  const terms = eventIds.map((id) => epoch.get(id) ?? noTerms).filter((of) => isKnown(of, label))
  const channels = new Set(terms.map((of) => channelOf(of, label)))
  return {
    isKnown: isKnown(epoch.get(eventId) ?? noTerms, label),
    isOpened: isOpened([...channels], opening),
    isForSale: isForSale(epoch.get(eventId) ?? noTerms, label),
  }
}

function isKnown({ tables }: Terms, label: string): boolean {
  if (label === NO_SUCH_LABEL) return false
  const isSeat = TABLE.seats.includes(label)
  if (label !== TABLE.label && !isSeat) return true
  return isSeat !== isSoldWhole(tables)
}

/** The chart sells its table by seat. */
function isSoldWhole(tables: AskedTables): boolean {
  if (tables.mode === 'CUSTOM') return tables.named[TABLE.label] === 'BY_TABLE'
  return tables.mode === 'ALL_BY_TABLE'
}

/** The place of objects that are in no channel. */
const NO_CHANNEL = 'NO_CHANNEL'

function channelOf({ channels }: Terms, label: string): string {
  return channels.find(({ objects }) => objects.includes(label))?.key ?? NO_CHANNEL
}

/** What events put in different places, no key opens. */
function isOpened(
  channels: readonly string[],
  { channelKeys = [], ignoreChannels }: Opening,
): boolean {
  if (ignoreChannels === true) return true
  const [channel = NO_CHANNEL] = channels
  if (channels.length > 1) return false
  return channelKeys.length === 0 ? channel === NO_CHANNEL : channelKeys.includes(channel)
}

function isForSale({ sale }: Terms, label: string): boolean {
  if (sale === undefined) return true
  const { objects, categories, isListForSale } = sale
  const isListed =
    objects.includes(label) ||
    (TABLE.seats.includes(label) && objects.includes(TABLE.label)) ||
    CATEGORY.some((category) => categories.includes(category))
  return isListed === isListForSale
}

/** Why an edit is refused, as far as the terms tell. */
export type TermsRefusal = 'channel-not-found' | 'channel-taken'

/** What an edit makes of terms. */
export function edited(terms: Terms, edit: TermsEdit): Terms | TermsRefusal {
  if (edit.to === 'sell') return { ...terms, sale: edit.rules }
  if (edit.to === 'tables') return { ...terms, tables: edit.tables }
  if (edit.to === 'sell-all') return { ...terms, sale: undefined }
  if (edit.to === 'publish') return terms
  if (edit.to === 'edit-sale') return { ...terms, sale: resold(terms.sale, edit) }
  const channels = rechanneled(terms.channels, edit)
  return typeof channels === 'string' ? channels : { ...terms, channels }
}

type ChannelEdit = Extract<TermsEdit, { channels: unknown } | { channelKey: string }>
type OneChannelEdit = Extract<ChannelEdit, { channelKey: string }>
type Channels = readonly AskedChannel[]

function rechanneled(channels: Channels, edit: ChannelEdit): Channels | TermsRefusal {
  if (!('channels' in edit)) return changed(channels, edit)
  if (edit.to === 'replace') return checked(edit.channels)
  const moved = edit.channels.flatMap(({ objects }) => objects)
  return checked([...less(channels, moved), ...edit.channels])
}

function changed(channels: Channels, edit: OneChannelEdit): Channels | TermsRefusal {
  const { channelKey } = edit
  if (!channels.some(({ key }) => key === channelKey)) return 'channel-not-found'
  const change = (of: Channels, to: (channel: AskedChannel) => AskedChannel) =>
    of.map((channel) => (channel.key === channelKey ? to(channel) : channel))
  switch (edit.to) {
    case 'remove':
      return channels.filter(({ key }) => key !== channelKey)
    case 'take':
      return change(channels, (channel) => less([channel], edit.objects)[0] ?? channel)
    case 'put': {
      const own = channels.find(({ key }) => key === channelKey)?.objects ?? []
      const added = edit.objects.filter((label) => !own.includes(label))
      const objects = [...own, ...added]
      return change(less(channels, edit.objects), (channel) => ({ ...channel, objects }))
    }
    case 'edit': {
      const others = less(channels, edit.change.objects ?? [])
      const own = channels.find(({ key }) => key === channelKey)?.objects ?? []
      const to = { objects: own, ...edit.change }
      return checked(change(others, (channel) => ({ ...channel, ...to })))
    }
  }
}

function less(channels: Channels, labels: readonly string[]): Channels {
  return channels.map((channel) => ({
    ...channel,
    objects: channel.objects.filter((label) => !labels.includes(label)),
  }))
}

/** Keys and names are each there once. */
function checked(channels: Channels): Channels | TermsRefusal {
  const count = (of: (channel: AskedChannel) => string) => new Set(channels.map(of)).size
  const isFine = count(({ key }) => key) === channels.length
  return isFine && count(({ name }) => name) === channels.length ? channels : 'channel-taken'
}

function resold(
  sale: AskedSale = { isListForSale: false, objects: [], categories: [] },
  { forSale, notForSale }: Extract<TermsEdit, { to: 'edit-sale' }>,
): AskedSale {
  const { isListForSale } = sale
  const list = (objects: readonly string[], labels: readonly string[]) => [
    ...objects,
    ...labels.filter((label) => !objects.includes(label)),
  ]
  const unlist = (objects: readonly string[], labels: readonly string[]) =>
    objects.filter((label) => !labels.includes(label))
  const [open, close] = isListForSale ? [list, unlist] : [unlist, list]
  return { ...sale, objects: close(open(sale.objects, forSale), notForSale) }
}
