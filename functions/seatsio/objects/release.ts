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

export const releaseObjects = endpoint({
  ...statusChange,
  path: '/events/{eventKey}/actions/release',
  summary: 'Let objects go, all or none',
  description: reachingBaskets(
    'They become free, or return to the resale that they were taken from. What is free stays free. Also what was taken before the chart lost it can be let go.',
  ),
  storyPlace: 470,
  examples: {
    both: {
      summary: 'Free again, out of resale too',
      params: firstNight,
      query: withObjects,
      body: { objects: ['A-1', 'A-2'] },
      reply: { objects: { 'A-1': seat('A-1', 'free'), 'A-2': seat('A-2', 'free') } },
    },
  },
  params: eventParams,
  body: actionRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'release')
    return changeStatuses(context, [step], isTold(query))
  },
  show: (results, { query }) => toChangeReply(query, results),
})

export const handler = lambda(releaseObjects)
