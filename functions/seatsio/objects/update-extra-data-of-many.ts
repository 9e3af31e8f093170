import * as z from 'zod'
import { annotateObjects } from '../../../lib/actions/seats/annotate-objects.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { annotateManyRequest } from '../../../lib/seatsio/objects/object-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { firstNight } from '../../../lib/seatsio/story.ts'

export const updateExtraDataOfMany = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/update-extra-data',
  summary: 'Replace the extra data of several objects, all or none',
  storyPlace: 560,
  examples: {
    both: {
      summary: 'Of a booked seat and of another one, which need not be booked',
      params: firstNight,
      body: { extraData: { 'A-1': { note: 'aisle' }, 'A-2': { guest: 'g-20', menu: 2 } } },
    },
  },
  access: 'secret-key',
  params: eventParams,
  body: annotateManyRequest,
  reply: z.undefined(),
  refusals: ['event-not-found', 'object-not-found', 'too-many-objects', 'seats-refused'],
  run(context, { params: { eventKey }, body: { extraData } }) {
    return annotateObjects(context, { eventKey, extraData })
  },
})

export const handler = lambda(updateExtraDataOfMany)
