import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { Channel, EventDetails } from '../../records/records.ts'
import {
  addChannels,
  addToChannel,
  editChannel,
  removeChannel,
  replaceChannels,
  takeFromChannel,
  type ChannelContents,
  type ChannelEdit,
  type NewChannel,
} from '../../venue/channels.ts'
import type { Context } from '../context.ts'
import { CHANNEL_ID_PREFIX } from '../../venue/pools.ts'
import { channelsInEvent, putInEvent, takeInEvent } from '../../venue/own-channels.ts'
import { refuseAreaPlaces } from '../../venue/channel-places.ts'
import { changeTermsOf, type TermsEdit } from './change-terms.ts'
import type { TermsNow } from './read-terms.ts'

/** What to do with the channels of an event. */
export type ChannelChange =
  | { readonly verb: 'add' | 'replace'; readonly channels: readonly NewChannel[] }
  | { readonly verb: 'edit'; readonly channelKey: string; readonly edit: ChannelEdit }
  | { readonly verb: 'remove'; readonly channelKey: string }
  | {
      readonly verb: 'put' | 'take'
      readonly channelKey: string
      readonly contents: ChannelContents
    }

/** Hexadecimal characters of a channel's id: no two are ever the same. */
const ID_LENGTH = 16

/**
 * Changes the channels of an event, or what one event of a season has in them; refuses what `lib/venue/channels.ts`, `own-channels.ts`
 * and `channel-places.ts` refuse, an unknown event, and other changes of channels that are those of a season.
 */
export function changeChannels(
  context: Context,
  eventKey: string,
  change: ChannelChange,
): Promise<Outcome<undefined>> {
  const newId = () => newChannelId(context)
  const edit: TermsEdit<undefined> = (now) => {
    const { details, areas, season } = now
    const changed =
      season === undefined
        ? ownerAfter(details, change, newId)
        : memberAfter(now, season.details, change)
    if (!changed.ok) return changed
    const shown = (of: EventDetails) =>
      channelsInEvent((season?.details ?? of).channels ?? [], of.ownChannels)
    const refused = refuseAreaPlaces(shown(details), shown(changed.value), areas)
    return refused ?? succeed({ details: changed.value, result: undefined })
  }
  return changeTermsOf(context, eventKey, { edit, needs: { areas: isAboutPlaces(change) } })
}

function ownerAfter(
  details: EventDetails,
  change: ChannelChange,
  newId: () => string,
): Outcome<EventDetails> {
  const channels = apply(details.channels ?? [], change, newId)
  return channels.ok ? succeed({ ...details, channels: channels.value }) : channels
}

/** An event of a season has the season's channels, and may have objects in others of them; a partial season has them as they are. */
function memberAfter(
  { head: { eventKey, season: place }, details }: TermsNow,
  season: EventDetails,
  change: ChannelChange,
): Outcome<EventDetails> {
  const { verb } = change
  if (place?.role !== 'event' || (verb !== 'put' && verb !== 'take')) {
    return refuse({ code: 'channels-of-season', eventKey })
  }
  const { ownChannels: former = [], ...others } = details
  const { channelKey, contents } = change
  const changeOwn = verb === 'put' ? putInEvent : takeInEvent
  const own = changeOwn(season.channels ?? [], former, { channelKey, ...contents })
  if (!own.ok) return own
  return succeed({ ...others, ...(own.value.length === 0 ? {} : { ownChannels: own.value }) })
}

/** Whether channels may come to have more places of areas by it. */
function isAboutPlaces(change: ChannelChange): boolean {
  switch (change.verb) {
    case 'add':
    case 'replace':
      return change.channels.some(({ areaPlaces }) => hasAny(areaPlaces))
    case 'edit':
      return hasAny(change.edit.areaPlaces ?? {})
    case 'put':
      return hasAny(change.contents.areaPlaces)
    case 'remove':
    case 'take':
      return false
  }
}

function hasAny(places: Channel['areaPlaces']): boolean {
  return Object.keys(places).length > 0
}

/** An id for a channel. */
export function newChannelId({ ids }: Pick<Context, 'ids'>): string {
  return CHANNEL_ID_PREFIX + ids.hex(ID_LENGTH)
}

function apply(
  channels: readonly Channel[],
  change: ChannelChange,
  newId: () => string,
): Outcome<readonly Channel[]> {
  switch (change.verb) {
    case 'add':
      return addChannels(channels, change.channels, newId)
    case 'replace':
      return replaceChannels(channels, change.channels, newId)
    case 'edit':
      return editChannel(channels, change.channelKey, change.edit)
    case 'remove':
      return removeChannel(channels, change.channelKey)
    case 'put':
      return addToChannel(channels, change.channelKey, change.contents)
    case 'take':
      return takeFromChannel(channels, change.channelKey, change.contents)
  }
}
