import * as z from 'zod'
import { annotateObjects } from '../../../lib/actions/seats/annotate-objects.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { annotateManyRequest } from '../../../lib/seatsio/objects/object-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const updateExtraDataOfMany = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/update-extra-data',
  summary: 'Replace the extra data of several objects, all or none',
  access: 'secret-key',
  params: eventParams,
  body: annotateManyRequest,
  reply: z.undefined(),
  refusals: ['event-not-found', 'object-not-found', 'too-many-objects', 'seats-refused'],
  run(context, { params: { eventKey }, body: { extraData } }) {
    return annotateObjects(context, { eventKey, extraData }, (nothing) => nothing)
  },
})

export const handler = lambda(updateExtraDataOfMany)
