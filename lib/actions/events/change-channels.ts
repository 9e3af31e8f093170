import { succeed, type Outcome } from '../../refusals.ts'
import type { Channel } from '../../records/records.ts'
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
import { refuseAreaPlaces } from '../../venue/channel-places.ts'
import { changeTermsOf, type TermsEdit } from './change-terms.ts'

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

/** Changes the channels of an event; refuses what `lib/venue/channels.ts` and `channel-places.ts` refuse, and an unknown event. */
export function changeChannels(
  context: Context,
  eventKey: string,
  change: ChannelChange,
): Promise<Outcome<undefined>> {
  const newId = () => newChannelId(context)
  const edit: TermsEdit<undefined> = ({ details, areas }) => {
    const former = details.channels ?? []
    const channels = apply(former, change, newId)
    if (!channels.ok) return channels
    const refused = refuseAreaPlaces(former, channels.value, areas)
    if (refused !== undefined) return refused
    return succeed({ details: { ...details, channels: channels.value }, result: undefined })
  }
  return changeTermsOf(context, eventKey, { edit, needs: { areas: isAboutPlaces(change) } })
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
