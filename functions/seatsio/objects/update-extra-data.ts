import * as z from 'zod'
import { annotateObjects } from '../../../lib/actions/seats/annotate-objects.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { annotateRequest, changedObjectParams } from '../../../lib/seatsio/objects/object-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { secondSeat } from '../../../lib/seatsio/objects/object-story.ts'

export const updateExtraData = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/objects/{label}/actions/update-extra-data',
  summary: 'Replace the extra data of an object, whatever its status',
  storyPlace: 550,
  examples: {
    name: {
      summary: 'Who sits there',
      params: secondSeat,
      body: { extraData: { guest: 'g-19' } },
    },
  },
  access: 'secret-key',
  params: changedObjectParams,
  body: annotateRequest,
  reply: z.undefined(),
  refusals: ['event-not-found', 'object-not-found', 'seats-refused'],
  run(context, { params: { eventKey, label }, body }) {
    const extraData = new Map([[label, body.extraData]])
    return annotateObjects(context, { eventKey, extraData })
  },
})

export const handler = lambda(updateExtraData)
