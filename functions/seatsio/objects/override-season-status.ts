import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { seasonChange, seasonRequest } from '../../../lib/seatsio/objects/season-shapes.ts'
import { toSeasonStep } from '../../../lib/seatsio/objects/status-translate.ts'
import { SHOWN, oneError } from '../../../lib/seatsio/story.ts'

export const overrideSeasonStatus = endpoint({
  ...seasonChange,
  path: '/events/{eventKey}/actions/override-season-status',
  summary: 'Free objects in one event of what they are in its season',
  description:
    'What the objects are in the season does not count for this event any more: they are as free here as if the season had not sold them, and can be sold or put up for resale. What is free in the season may be overridden too, and then stays free here when the season sells it.',
  storyPlace: 531,
  examples: {
    'sold-again': {
      summary: 'A seat that the season may sell, and this evening does not get',
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
    changeStatuses(context, [toSeasonStep(eventKey, body, 'override')]),
  show: () => undefined,
})

export const handler = lambda(overrideSeasonStatus)
