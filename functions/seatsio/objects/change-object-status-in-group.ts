import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { reachingBaskets, holdingChange } from '../../../lib/seatsio/objects/status-change.ts'
import { groupStatusRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import {
  toChangeReply,
  toStatusStep,
  isTold,
} from '../../../lib/seatsio/objects/status-translate.ts'
import { bothShows, seat, withObjects } from '../../../lib/seatsio/objects/object-story.ts'

export const changeObjectStatusInGroup = endpoint({
  ...holdingChange,
  path: '/events/groups/actions/change-object-status',
  alsoAt: ['/seasons/actions/change-object-status'],
  summary: 'Change the status of objects in several events, all or none',
  description: reachingBaskets(
    'To any status: a built-in one, or one of your own. With `type` RELEASE, back to the selectable status before.',
  ),
  storyPlace: 520,
  examples: {
    'as-libraries-do': {
      summary:
        'As client libraries book: by this call, with a status, and with the objects after it',
      query: withObjects,
      body: {
        ...bothShows,
        type: 'CHANGE_STATUS_TO',
        status: 'booked',
        objects: [{ objectId: 'A-1', ticketType: 'adult' }],
      },
      reply: { objects: { 'A-1': seat('A-1', 'booked', { ticketType: 'adult' }) } },
    },
  },
  body: groupStatusRequest,
  run(context, { query, body }) {
    const step = toStatusStep(body.events, body)
    return changeStatuses(context, [step], isTold(query))
  },
  show: (results, { query }) => toChangeReply(query, results),
})

export const handler = lambda(changeObjectStatusInGroup)
