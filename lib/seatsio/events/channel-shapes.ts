import * as z from 'zod'
import { checkWhole } from '../../http/whole.ts'
import { NO_CHANNEL } from '../../venue/pools.ts'
import { CHANNELS_MAX, KEY_LENGTH_MAX, NAME_LENGTH_MAX } from '../../limits/limits.ts'
import { areaPlaces, keyInPath, labelList, text } from '../fields.ts'

// Channels of events: requests and replies.

/** Keys that mean something else: what is in none, and words of paths. */
const keysInUse = [NO_CHANNEL, 'replace', '.', '..']

const channelKey = text(1, KEY_LENGTH_MAX).refine(
  (key) => !keysInUse.includes(key),
  'this key is used by the API itself: choose another',
)
const name = text(1, NAME_LENGTH_MAX)
const color = text(0, NAME_LENGTH_MAX).meta({ description: 'Shown as it was given.' })

/** A channel as it is sent. */
export const channelInput = z.object({
  key: channelKey.meta({
    description: 'Names it in requests; of one channel of the event only.',
  }),
  name: name.meta({ description: 'Of one channel of the event only.' }),
  color: color.optional(),
  index: z.int().optional().meta({ description: 'Where it is shown among the others.' }),
  objects: labelList.default([]),
  areaPlaces: areaPlaces.default({}),
})

type ChannelInput = z.output<typeof channelInput>

/** Channels of one request: no object is in two of them. */
export const channelList = z.array(channelInput).max(CHANNELS_MAX).superRefine(checkApart)

function checkApart(channels: readonly ChannelInput[], context: z.RefinementCtx): void {
  const places = new Map<string, number>()
  for (const [at, { objects }] of channels.entries()) {
    for (const [place, label] of objects.entries()) {
      const former = places.get(label) ?? at
      places.set(label, at)
      if (former === at) continue
      const message = `${label} is in another channel of this request`
      context.addIssue({ code: 'custom', path: [at, 'objects', place], message })
      return
    }
  }
}

/** How the document shows a channel that may come alone or in a list. */
const shown: { type: 'object'; properties: object; required: string[] } = {
  type: 'object',
  properties: {
    key: { type: 'string', minLength: 1, maxLength: KEY_LENGTH_MAX },
    name: { type: 'string', minLength: 1, maxLength: NAME_LENGTH_MAX },
    color: { type: 'string', maxLength: NAME_LENGTH_MAX },
    index: { type: 'integer' },
    objects: { type: 'array', items: { type: 'string', minLength: 1 } },
    areaPlaces: { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
  },
  required: ['key', 'name'],
}

/** One channel, or a list of them. */
export const addChannelsRequest = z
  .unknown()
  .transform((given, context) => {
    const isList = Array.isArray(given)
    const read = channelList.safeParse(isList ? given : [given], { reportInput: true })
    if (read.success) return read.data
    for (const { message, ...issue } of read.error.issues) {
      // Of a channel that came alone the place is in the body itself; what a schema has no words of its own for, the surface words.
      const path = isList ? issue.path : issue.path.slice(1)
      context.addIssue({ ...issue, path, ...(issue.code === 'custom' ? { message } : {}) })
    }
    return z.NEVER
  })
  .meta({
    override: {
      type: undefined,
      items: undefined,
      maxItems: undefined,
      anyOf: [shown, { type: 'array', items: shown, maxItems: CHANNELS_MAX }],
    },
  })

export const replaceChannelsRequest = z.object({ channels: channelList })

export const updateChannelRequest = z.object({
  name: name.optional(),
  color: color.optional(),
  objects: labelList.optional().meta({ description: 'Replaces the list; empty empties it.' }),
  areaPlaces: areaPlaces.optional().meta({ description: 'Replaces the map.' }),
})

export const channelContentsRequest = checkWhole(
  z.object({ objects: labelList.optional(), areaPlaces: areaPlaces.optional() }),
  (body, complain) => {
    if (body.objects === undefined && body.areaPlaces === undefined) {
      complain('objects', 'give objects or areaPlaces, or both')
    }
  },
)

export const channelParams = z.object({ eventKey: keyInPath, channelKey: keyInPath })

/** A channel as it is answered. */
export const channel = z.strictObject({
  id: z.string().meta({ description: 'Made here, and never used again.' }),
  key: z.string(),
  name: z.string(),
  color: z.string().optional(),
  index: z.int().optional(),
  objects: z.array(z.string()).meta({ description: 'In the order in which they were added.' }),
  areaPlaces: z.record(z.string(), z.int()),
})
