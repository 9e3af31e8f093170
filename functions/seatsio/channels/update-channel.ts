import * as z from 'zod'
import { changeChannels } from '../../../lib/actions/events/change-channels.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { channelParams, updateChannelRequest } from '../../../lib/seatsio/events/channel-shapes.ts'
import { toChannelEdit } from '../../../lib/seatsio/events/terms-translate.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const updateChannel = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/channels/{channelKey}',
  summary: 'Change a channel',
  description:
    'What is left out stays. `objects` and `areaPlaces` replace what there was; an object that is in another channel leaves that.',
  storyPlace: 364,
  examples: {
    renamed: {
      summary: 'Another name; the seats stay',
      params: { eventKey: SHOWN.lateShowKey, channelKey: 'sponsors' },
      body: { name: 'Friends and sponsors' },
    },
  },
  access: 'secret-key',
  params: channelParams,
  body: updateChannelRequest,
  reply: z.undefined(),
  refusals: [
    'event-not-found',
    'channel-not-found',
    'channel-taken',
    'area-in-channels-twice',
    'too-many-area-places',
    'channels-of-season',
    'terms-too-large',
    'record-busy',
  ],
  run(context, { params: { eventKey, channelKey }, body }) {
    const edit = toChannelEdit(body)
    return changeChannels(context, eventKey, { verb: 'edit', channelKey, edit })
  },
})

export const handler = lambda(updateChannel)
