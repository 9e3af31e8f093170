import * as z from 'zod'
import { changeChannels } from '../../../lib/actions/events/change-channels.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  channelContentsRequest,
  channelParams,
} from '../../../lib/seatsio/events/channel-shapes.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const removeObjectsFromChannel = endpoint({
  surface: seatsio,
  method: 'DELETE',
  path: '/events/{eventKey}/channels/{channelKey}/objects',
  summary: 'Take objects out of a channel',
  description:
    'They are in none then. What is not in the channel is ignored; places of areas are taken from those that are there. For an event in a season this takes back what was said for that event alone.',
  storyPlace: 363,
  examples: {
    'one-less': {
      summary: 'It is for everybody again',
      params: { eventKey: SHOWN.lateShowKey, channelKey: 'sponsors' },
      body: { objects: ['A-2'] },
    },
  },
  access: 'secret-key',
  params: channelParams,
  body: channelContentsRequest,
  reply: z.undefined(),
  refusals: [
    'event-not-found',
    'channel-not-found',
    'channels-of-season',
    'terms-too-large',
    'record-busy',
  ],
  run(context, { params: { eventKey, channelKey }, body }) {
    const { objects = [], areaPlaces = {} } = body
    const contents = { objects, areaPlaces }
    return changeChannels(context, eventKey, { verb: 'take', channelKey, contents })
  },
})

export const handler = lambda(removeObjectsFromChannel)
