import { CHANNELS_MAX } from '../limits/limits.ts'
import type { Channel } from '../records/records.ts'
import { refuse, succeed, type Outcome } from '../refusals.ts'

// Changes of an event's channels. An object is in one channel at most: where one is put into another, it leaves the former.

/** A channel as it is wanted. */
export type NewChannel = Omit<Channel, 'id'>

/** Objects, and places of areas, that come to a channel or leave it. */
export type ChannelContents = Pick<Channel, 'objects' | 'areaPlaces'>

/** What of a channel is to be another; what is left out stays. */
export type ChannelEdit = Partial<Pick<Channel, 'name' | 'color' | 'objects' | 'areaPlaces'>>

type Channels = readonly Channel[]

/** Adds channels behind those that there are, all or none; refuses a key or a name twice, and too many. */
export function addChannels(
  channels: Channels,
  added: readonly NewChannel[],
  newId: () => string,
): Outcome<Channels> {
  const all = [...channels, ...added.map((channel) => ({ id: newId(), ...whole(channel) }))]
  const claimed = new Set(added.flatMap(({ objects }) => objects))
  const checked = check(all)
  if (!checked.ok) return checked
  const before = channels.map((channel) => without(channel, claimed))
  return succeed([...before, ...all.slice(channels.length)])
}

/** Puts these in the place of all channels; what keeps its key keeps its id. Refuses as `addChannels` does. */
export function replaceChannels(
  channels: Channels,
  wanted: readonly NewChannel[],
  newId: () => string,
): Outcome<Channels> {
  const ids = new Map(channels.map(({ key, id }) => [key, id]))
  return check(
    wanted.map((channel) => ({ id: ids.get(channel.key) ?? newId(), ...whole(channel) })),
  )
}

/** Changes a channel; refuses an unknown one, and a name that another has. */
export function editChannel(
  channels: Channels,
  channelKey: string,
  edit: ChannelEdit,
): Outcome<Channels> {
  const claimed = new Set(edit.objects)
  const edited = change(channels, channelKey, {
    it: (channel) => whole({ ...channel, ...edit }),
    others: (channel) => without(channel, claimed),
  })
  return edited.ok ? check(edited.value) : edited
}

/** Takes a channel away: what was in it is in none. Refuses an unknown one. */
export function removeChannel(channels: Channels, channelKey: string): Outcome<Channels> {
  const left = channels.filter(({ key }) => key !== channelKey)
  if (left.length === channels.length) return refuse({ code: 'channel-not-found', channelKey })
  return succeed(left)
}

/** Puts more into a channel, behind what is there; refuses an unknown one. */
export function addToChannel(
  channels: Channels,
  channelKey: string,
  { objects, areaPlaces }: ChannelContents,
): Outcome<Channels> {
  const claimed = new Set(objects)
  return change(channels, channelKey, {
    it: (channel) =>
      whole({
        ...channel,
        objects: [...channel.objects, ...objects],
        areaPlaces: addPlaces(channel.areaPlaces, areaPlaces, 1),
      }),
    others: (channel) => without(channel, claimed),
  })
}

/** Takes out of a channel what is in it of that; refuses an unknown one. */
export function takeFromChannel(
  channels: Channels,
  channelKey: string,
  { objects, areaPlaces }: ChannelContents,
): Outcome<Channels> {
  const gone = new Set(objects)
  return change(channels, channelKey, {
    it: (channel) => ({
      ...without(channel, gone),
      areaPlaces: addPlaces(channel.areaPlaces, areaPlaces, -1),
    }),
    others: (channel) => channel,
  })
}

/** Places of areas with others added to them, or taken from them; an area without any is left out. */
export function addPlaces(
  places: Channel['areaPlaces'],
  more: Channel['areaPlaces'],
  sign: 1 | -1,
): Channel['areaPlaces'] {
  const sums = new Map(Object.entries(places))
  for (const [label, count] of Object.entries(more)) {
    sums.set(label, (sums.get(label) ?? 0) + sign * count)
  }
  return Object.fromEntries([...sums].filter(([, count]) => count > 0))
}

function change(
  channels: Channels,
  channelKey: string,
  to: { it: (channel: Channel) => Channel; others: (channel: Channel) => Channel },
): Outcome<Channels> {
  if (!channels.some(({ key }) => key === channelKey)) {
    return refuse({ code: 'channel-not-found', channelKey })
  }
  return succeed(
    channels.map((channel) => (channel.key === channelKey ? to.it(channel) : to.others(channel))),
  )
}

function check(channels: Channels): Outcome<Channels> {
  if (channels.length > CHANNELS_MAX) {
    return refuse({ code: 'too-many-channels', channelsMax: CHANNELS_MAX })
  }
  const key = repeated(channels.map((channel) => channel.key))
  if (key !== undefined) return refuse({ code: 'channel-taken', what: 'key', word: key })
  const name = repeated(channels.map((channel) => channel.name))
  if (name !== undefined) return refuse({ code: 'channel-taken', what: 'name', word: name })
  return succeed(channels)
}

function repeated(words: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return words.find((word) => seen.size === seen.add(word).size)
}

/** A label that was said twice is there once. */
function whole<Of extends { readonly objects: readonly string[] }>(channel: Of): Of {
  return { ...channel, objects: [...new Set(channel.objects)] }
}

function without(channel: Channel, labels: ReadonlySet<string>): Channel {
  if (labels.size === 0) return channel
  return { ...channel, objects: channel.objects.filter((label) => !labels.has(label)) }
}
