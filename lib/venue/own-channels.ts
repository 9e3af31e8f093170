import type { Channel, OwnChannel } from '../records/records.ts'
import { refuse, succeed, type Outcome } from '../refusals.ts'
import { addPlaces, type ChannelContents } from './channels.ts'
import { NO_CHANNEL } from './pools.ts'

// An event in a season has the season's channels. It may have an object in another of them, or in none; that then stands in place of
// all that the season says of the label, places of an area included. Places that it gives to a channel come on top of the season's.
// Channels are named by id: what was said of one that the season took away counts for nothing, also when its key is used again.

type Channels = readonly Channel[]
type OwnChannels = readonly OwnChannel[]

/** The channels as they count in one event of a season. */
export function channelsInEvent(channels: Channels, own: OwnChannels = []): Channels {
  const current = known(channels, own)
  if (current.length === 0) return channels
  const moved = new Set(current.flatMap(({ objects }) => objects))
  const byId = new Map(current.map((it) => [it.id, it]))
  return channels.map((channel) => {
    const areas = Object.entries(channel.areaPlaces).filter(([label]) => !moved.has(label))
    const mine = byId.get(channel.id)
    return {
      ...channel,
      objects: [...channel.objects.filter((label) => !moved.has(label)), ...(mine?.objects ?? [])],
      areaPlaces: addPlaces(Object.fromEntries(areas), mine?.areaPlaces ?? {}, 1),
    }
  })
}

/** Puts objects, and more places of areas, into a channel for one event; refuses an unknown channel, and places for none. */
export function putInEvent(
  channels: Channels,
  own: OwnChannels,
  { channelKey, objects, areaPlaces }: OwnChange,
): Outcome<OwnChannels> {
  const id = idOf(channels, channelKey)
  if (id === undefined) return refuse({ code: 'channel-not-found', channelKey })
  const [label] = Object.keys(areaPlaces)
  if (id === NO_CHANNEL && label !== undefined)
    return refuse({ code: 'places-in-no-channel', label })
  const claimed = new Set(objects)
  const left = known(channels, own).map((it) => without(it, claimed))
  const mine = left.find((it) => it.id === id) ?? { id, objects: [], areaPlaces: {} }
  const put = {
    id,
    objects: [...mine.objects, ...claimed],
    areaPlaces: addPlaces(mine.areaPlaces, areaPlaces, 1),
  }
  const others = left.filter((it) => it !== mine)
  return succeed([...others, put].filter(isSaid))
}

/** Takes back what was said of a channel for one event, so that the season's word counts; refuses an unknown channel. */
export function takeInEvent(
  channels: Channels,
  own: OwnChannels,
  { channelKey, objects, areaPlaces }: OwnChange,
): Outcome<OwnChannels> {
  const id = idOf(channels, channelKey)
  if (id === undefined) return refuse({ code: 'channel-not-found', channelKey })
  const gone = new Set(objects)
  const left = known(channels, own).map((it) => {
    if (it.id !== id) return it
    return { ...without(it, gone), areaPlaces: addPlaces(it.areaPlaces, areaPlaces, -1) }
  })
  return succeed(left.filter(isSaid))
}

/** What is put into a channel of one event, or taken back. */
export interface OwnChange extends ChannelContents {
  /** Of the season, or `NO_CHANNEL`. */
  readonly channelKey: string
}

function idOf(channels: Channels, channelKey: string): string | undefined {
  if (channelKey === NO_CHANNEL) return NO_CHANNEL
  return channels.find(({ key }) => key === channelKey)?.id
}

function known(channels: Channels, own: OwnChannels): OwnChannels {
  const ids = new Set(channels.map(({ id }) => id))
  return own.filter(({ id }) => id === NO_CHANNEL || ids.has(id))
}

function without(channel: OwnChannel, labels: ReadonlySet<string>): OwnChannel {
  return { ...channel, objects: channel.objects.filter((label) => !labels.has(label)) }
}

function isSaid({ objects, areaPlaces }: OwnChannel): boolean {
  return objects.length + Object.keys(areaPlaces).length > 0
}
