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
import { bothShows, seat, withObjects } from '../../../lib/seatsio/objects/object-story.ts'

export const releaseInGroup = endpoint({
  ...statusChange,
  path: '/events/groups/actions/release',
  alsoAt: ['/seasons/actions/release'],
  summary: 'Let objects go in several events, all or none',
  description: reachingBaskets(
    'They become free, or return to the resale that they were taken from. What is free stays free. Also what was taken before the chart lost it can be let go.',
  ),
  storyPlace: 510,
  examples: {
    'both-shows': {
      summary: 'Free again in both shows',
      query: withObjects,
      body: bothShows,
      reply: { objects: { 'A-1': seat('A-1', 'free') } },
    },
  },
  body: groupActionRequest,
  run(context, { query, body }) {
    const step = toNamedStep(body.events, body, 'release')
    return changeStatuses(context, [step], isTold(query))
  },
  show: (results, { query }) => toChangeReply(query, results),
})

export const handler = lambda(releaseInGroup)
