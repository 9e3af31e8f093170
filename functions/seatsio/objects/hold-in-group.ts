import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { holdingChange } from '../../../lib/seatsio/objects/status-change.ts'
import { groupActionRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import {
  toChangeReply,
  toNamedStep,
  isTold,
} from '../../../lib/seatsio/objects/status-translate.ts'
import {
  bothShows,
  holdToken,
  seat,
  withObjects,
} from '../../../lib/seatsio/objects/object-story.ts'

export const holdInGroup = endpoint({
  ...holdingChange,
  path: '/events/groups/actions/hold',
  alsoAt: ['/seasons/actions/hold'],
  summary: 'Hold objects until their hold token ends in several events, all or none',
  description: 'The token must have been issued here. What it holds already stays held.',
  storyPlace: 480,
  examples: {
    'both-shows': {
      summary: 'The same seat in two shows, by one token; the first show is the one that is shown',
      query: withObjects,
      body: { ...bothShows, holdToken },
      reply: { objects: { 'A-1': seat('A-1', 'reservedByToken', { holdToken }) } },
    },
  },
  body: groupActionRequest,
  run(context, { query, body }) {
    const step = toNamedStep(body.events, body, 'hold')
    return changeStatuses(context, [step], isTold(query))
  },
  show: (results, { query }) => toChangeReply(query, results),
})

export const handler = lambda(holdInGroup)
