import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { reachingBaskets, statusChange } from '../../../lib/seatsio/objects/status-change.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { actionRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import {
  toChangeReply,
  toNamedStep,
  isTold,
} from '../../../lib/seatsio/objects/status-translate.ts'
import { firstNight } from '../../../lib/seatsio/story.ts'
import { seat, withObjects } from '../../../lib/seatsio/objects/object-story.ts'

export const putUpForResaleObjects = endpoint({
  ...statusChange,
  path: '/events/{eventKey}/actions/put-up-for-resale',
  summary: 'Offer objects again, all or none',
  description: reachingBaskets('Buyers may select them although they were sold.'),
  storyPlace: 460,
  examples: {
    listed: {
      summary: 'A sold seat, with the id of its offer',
      params: firstNight,
      query: withObjects,
      body: { objects: ['A-2'], resaleListingId: 'offer-17' },
      reply: { objects: { 'A-2': seat('A-2', 'resale', { resaleListingId: 'offer-17' }) } },
    },
  },
  params: eventParams,
  body: actionRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'put-up-for-resale')
    return changeStatuses(context, [step], isTold(query))
  },
  show: (results, { query }) => toChangeReply(query, results),
})

export const handler = lambda(putUpForResaleObjects)
