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

export const addObjectsToChannel = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/channels/{channelKey}/objects',
  summary: 'Add objects to a channel',
  description:
    'An object that is in another channel leaves that. Places of areas are added to those that are there. For an event in a season this counts for that event alone; with the key `NO_CHANNEL` the objects are in none there.',
  storyPlace: 362,
  examples: {
    'one-more': {
      summary: 'One seat more',
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
    'area-in-channels-twice',
    'too-many-area-places',
    'places-in-no-channel',
    'channels-of-season',
    'terms-too-large',
    'record-busy',
  ],
  run(context, { params: { eventKey, channelKey }, body }) {
    const { objects = [], areaPlaces = {} } = body
    const contents = { objects, areaPlaces }
    return changeChannels(context, eventKey, { verb: 'put', channelKey, contents })
  },
})

export const handler = lambda(addObjectsToChannel)
