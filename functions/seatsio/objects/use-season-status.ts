import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { seasonChange, seasonRequest } from '../../../lib/seatsio/objects/season-shapes.ts'
import { toSeasonStep } from '../../../lib/seatsio/objects/status-translate.ts'
import { SHOWN, oneError } from '../../../lib/seatsio/story.ts'

export const useSeasonStatus = endpoint({
  ...seasonChange,
  path: '/events/{eventKey}/actions/use-season-status',
  summary: "Let the season's status of objects count for an event again",
  description:
    'Takes back what `override-season-status` said. What was sold in the event since is refused, as is what somebody holds or offers again there: release it first.',
  storyPlace: 532,
  examples: {
    'used-again': {
      summary: 'The season counts for the seat again',
      params: { eventKey: 'autumn-1' },
      body: { objects: ['A-1'] },
      status: 204,
    },
    'another-season': {
      summary: 'An event that is not in the season',
      params: { eventKey: 'autumn-1' },
      body: { objects: ['A-1'], season: 'first-night' },
      status: 400,
      anew: [SHOWN.requestId],
      reply: oneError(400, {
        code: 'EVENT_NOT_IN_SEASON',
        message: 'Event autumn-1 is not in season first-night',
        data: { event: 'autumn-1', season: 'first-night' },
      }),
    },
  },
  params: eventParams,
  body: seasonRequest,
  run: (context, { params: { eventKey }, body }) =>
    changeStatuses(context, [toSeasonStep(eventKey, body, 'use')]),
  show: () => undefined,
})

export const handler = lambda(useSeasonStatus)
