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
import { changeTermsOf } from './change-terms.ts'

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

/** Changes the channels of an event; refuses what `lib/venue/channels.ts` refuses, and an unknown event. */
export function changeChannels(
  context: Context,
  eventKey: string,
  change: ChannelChange,
): Promise<Outcome<undefined>> {
  const newId = () => newChannelId(context)
  return changeTermsOf(context, eventKey, ({ details }) => {
    const channels = apply(details.channels ?? [], change, newId)
    if (!channels.ok) return channels
    return succeed({ details: { ...details, channels: channels.value }, result: undefined })
  })
}

/** An id for a channel. */
export function newChannelId({ ids }: Pick<Context, 'ids'>): string {
  return `chn_${ids.hex(ID_LENGTH)}`
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
