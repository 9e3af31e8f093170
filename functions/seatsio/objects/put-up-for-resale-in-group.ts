import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { reachingBaskets, statusChange } from '../../../lib/seatsio/objects/status-change.ts'
import { groupActionRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import {
  toChangeReply,
  toNamedStep,
  isTold,
} from '../../../lib/seatsio/objects/status-translate.ts'
import { bothShows } from '../../../lib/seatsio/objects/object-story.ts'

export const putUpForResaleInGroup = endpoint({
  ...statusChange,
  path: '/events/groups/actions/put-up-for-resale',
  summary: 'Offer objects again in several events, all or none',
  description: reachingBaskets('Buyers may select them although they were sold.'),
  storyPlace: 500,
  examples: {
    'both-shows': {
      summary: 'Offered again in both shows',
      body: bothShows,
      status: 204,
    },
  },
  body: groupActionRequest,
  run(context, { query, body }) {
    const step = toNamedStep(body.events, body, 'put-up-for-resale')
    return changeStatuses(context, [step], isTold(query))
  },
  show: (results, { query }) => toChangeReply(query, results),
})

export const handler = lambda(putUpForResaleInGroup)
