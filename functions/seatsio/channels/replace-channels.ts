import * as z from 'zod'
import { changeChannels } from '../../../lib/actions/events/change-channels.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { replaceChannelsRequest } from '../../../lib/seatsio/events/channel-shapes.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { toNewChannel } from '../../../lib/seatsio/events/terms-translate.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const replaceChannels = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/channels/replace',
  summary: 'Replace all channels of an event',
  description:
    'What is not in the new list is gone, with what was in it. A channel that keeps its key keeps its id.',
  storyPlace: 365,
  examples: {
    two: {
      summary: 'Two channels in its place, one with its key',
      params: { eventKey: SHOWN.lateShowKey },
      body: {
        channels: [
          { key: 'sponsors', name: 'Sponsors', objects: ['A-1'] },
          { key: 'members', name: 'Members' },
        ],
      },
    },
  },
  access: 'secret-key',
  params: eventParams,
  body: replaceChannelsRequest,
  reply: z.undefined(),
  refusals: [
    'event-not-found',
    'channel-taken',
    'area-in-channels-twice',
    'too-many-area-places',
    'channels-of-season',
    'too-many-channels',
    'terms-too-large',
    'record-busy',
  ],
  run(context, { params: { eventKey }, body }) {
    const channels = body.channels.map(toNewChannel)
    return changeChannels(context, eventKey, { verb: 'replace', channels })
  },
})

export const handler = lambda(replaceChannels)
