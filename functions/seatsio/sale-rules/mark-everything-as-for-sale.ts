import * as z from 'zod'
import { sellEverything } from '../../../lib/actions/events/change-sale-rules.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const markEverythingAsForSale = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/mark-everything-as-for-sale',
  summary: 'Sell everything',
  description: 'The event says nothing of what is for sale from then on. This is not counted.',
  storyPlace: 372,
  examples: {
    everything: {
      summary: 'Everything is sold',
      params: { eventKey: SHOWN.lateShowKey },
    },
  },
  access: 'secret-key',
  params: eventParams,
  reply: z.undefined(),
  refusals: ['event-not-found', 'terms-too-large', 'record-busy'],
  run(context, { params: { eventKey } }) {
    return sellEverything(context, eventKey)
  },
})

export const handler = lambda(markEverythingAsForSale)
