import { readObjects } from '../../../lib/actions/seats/read-objects.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import {
  objectsQuery,
  objectsReply,
  toObjectInfos,
} from '../../../lib/seatsio/objects/object-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { firstNight, orderId } from '../../../lib/seatsio/story.ts'
import { seat } from '../../../lib/seatsio/objects/object-story.ts'

export const getObjects = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/events/{eventKey}/objects',
  summary: 'Read objects of an event by their labels',
  description:
    'Labels that the chart does not have are left out, unless what was there is still held or sold: that is told with `isPresentOnChart: false`.',
  storyPlace: 540,
  examples: {
    booked: {
      summary: 'A booked seat',
      params: firstNight,
      query: { label: 'A-2' },
      reply: { 'A-2': seat('A-2', 'booked', { orderId }) },
    },
  },
  access: 'secret-key',
  params: eventParams,
  query: objectsQuery,
  reply: objectsReply,
  refusals: ['event-not-found', 'too-many-objects'],
  async run(context, { params: { eventKey }, query: { label: labels } }) {
    const read = await readObjects(context, { eventKey, labels })
    return read.ok ? toObjectInfos(read.value.objects) : read
  },
})

export const handler = lambda(getObjects)
