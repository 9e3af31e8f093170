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
import { bothShows, holdToken } from '../../../lib/seatsio/objects/object-story.ts'
import { orderId } from '../../../lib/seatsio/story.ts'

export const bookInGroup = endpoint({
  ...statusChange,
  path: '/events/groups/actions/book',
  alsoAt: ['/seasons/actions/book'],
  summary: 'Book objects in several events, all or none',
  description: reachingBaskets(
    'With a hold token, every object must be held by it; without, whatever is not booked yet is booked.',
  ),
  storyPlace: 490,
  examples: {
    'held-ones': {
      summary: 'What the token holds in both shows',
      body: { ...bothShows, holdToken, orderId },
      status: 204,
    },
  },
  body: groupActionRequest,
  run(context, { query, body }) {
    const step = toNamedStep(body.events, body, 'book')
    return changeStatuses(context, [step], isTold(query))
  },
  show: (results, { query }) => toChangeReply(query, results),
})

export const handler = lambda(bookInGroup)
