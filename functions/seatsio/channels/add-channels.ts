import * as z from 'zod'
import { changeChannels } from '../../../lib/actions/events/change-channels.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { addChannelsRequest } from '../../../lib/seatsio/events/channel-shapes.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { toNewChannel } from '../../../lib/seatsio/events/terms-translate.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const addChannels = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/channels',
  summary: 'Add channels to an event, all or none',
  description:
    'One channel, or a list of them; an empty list adds nothing. A channel sets objects apart: they are changed by who opens it. An object is in one channel at most: what is in another one leaves that. Labels are kept as they are sent, whether the chart has them or not.',
  storyPlace: 361,
  examples: {
    sponsors: {
      summary: 'A seat for sponsors',
      params: { eventKey: SHOWN.lateShowKey },
      body: { key: 'sponsors', name: 'Sponsors', color: '#2266aa', index: 1, objects: ['A-1'] },
    },
  },
  access: 'secret-key',
  params: eventParams,
  body: addChannelsRequest,
  takesList: true,
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
    const channels = body.map(toNewChannel)
    return changeChannels(context, eventKey, { verb: 'add', channels })
  },
})

export const handler = lambda(addChannels)
