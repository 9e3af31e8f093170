import { readObjects } from '../../../lib/actions/seats/read-objects.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { objectParams, objectReply, toObject } from '../../../lib/seatsio/objects/object-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { secondSeat } from '../../../lib/seatsio/objects/object-story.ts'
import { orderId } from '../../../lib/seatsio/story.ts'

export const getObject = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/events/{eventKey}/objects/{label}',
  summary: 'Read one object of an event: the older form',
  storyPlace: 570,
  examples: {
    booked: {
      summary: 'The same seat, as older libraries read it',
      params: secondSeat,
      reply: { status: 'booked', extraData: { guest: 'g-20', menu: 2 }, orderId, forSale: true },
    },
  },
  access: 'secret-key',
  params: objectParams,
  reply: objectReply,
  refusals: ['event-not-found', 'object-not-found'],
  async run(context, { params: { eventKey, label } }) {
    const read = await readObjects(context, { eventKey, labels: [label] })
    if (!read.ok) return read
    const [found] = read.value.objects
    if (found !== undefined) return toObject(found)
    return { ok: false, refusal: { code: 'object-not-found', eventKey, label } } as const
  },
})

export const handler = lambda(getObject)
