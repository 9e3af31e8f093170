import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { statusChange } from '../../../lib/seatsio/objects/status-change.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { actionRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import {
  toChangeReply,
  toNamedStep,
  isTold,
} from '../../../lib/seatsio/objects/status-translate.ts'
import { firstNight } from '../../../lib/seatsio/story.ts'
import {
  childSeat,
  holdToken,
  seat,
  withObjects,
} from '../../../lib/seatsio/objects/object-story.ts'

export const holdObjects = endpoint({
  ...statusChange,
  path: '/events/{eventKey}/actions/hold',
  summary: 'Hold objects until their hold token ends, all or none',
  description: 'The token must have been issued here. What it holds already stays held.',
  storyPlace: 430,
  examples: {
    'two-seats': {
      summary: 'Two seats, one of them with a ticket type',
      params: firstNight,
      query: withObjects,
      body: { objects: ['A-1', childSeat], holdToken },
      reply: {
        objects: {
          'A-1': seat('A-1', 'reservedByToken', { holdToken }),
          'A-2': seat('A-2', 'reservedByToken', { holdToken, ticketType: 'child' }),
        },
      },
    },
  },
  params: eventParams,
  body: actionRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'hold')
    return changeStatuses(context, [step], isTold(query))
  },
  show: (results, { query }) => toChangeReply(query, results),
})

export const handler = lambda(holdObjects)
