import * as z from 'zod'
import { changeChannels } from '../../../lib/actions/events/change-channels.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { channelParams } from '../../../lib/seatsio/events/channel-shapes.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const removeChannel = endpoint({
  surface: seatsio,
  method: 'DELETE',
  path: '/events/{eventKey}/channels/{channelKey}',
  summary: 'Remove a channel',
  description: 'What was in it is in none; its status stays.',
  storyPlace: 366,
  examples: {
    sponsors: {
      summary: 'Everybody may buy what it had',
      params: { eventKey: SHOWN.lateShowKey, channelKey: 'sponsors' },
    },
  },
  access: 'secret-key',
  params: channelParams,
  reply: z.undefined(),
  refusals: [
    'event-not-found',
    'channel-not-found',
    'channels-of-season',
    'terms-too-large',
    'record-busy',
  ],
  run(context, { params: { eventKey, channelKey } }) {
    return changeChannels(context, eventKey, { verb: 'remove', channelKey })
  },
})

export const handler = lambda(removeChannel)
