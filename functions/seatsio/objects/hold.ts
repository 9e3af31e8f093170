import { changeChosen } from '../../../lib/actions/seats/best/change-best.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chosenHoldingChange } from '../../../lib/seatsio/objects/status-change.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { chosenActionRequest } from '../../../lib/seatsio/objects/best-shapes.ts'
import { toBest, toChosenReply } from '../../../lib/seatsio/objects/best-translate.ts'
import { toNamedStep, isTold } from '../../../lib/seatsio/objects/status-translate.ts'
import { SHOWN, firstNight, oneError } from '../../../lib/seatsio/story.ts'
import {
  childSeat,
  holdToken,
  seat,
  withObjects,
} from '../../../lib/seatsio/objects/object-story.ts'

export const holdObjects = endpoint({
  ...chosenHoldingChange,
  path: '/events/{eventKey}/actions/hold',
  summary: 'Hold objects, or the best available, until their hold token ends, all or none',
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
    'best-two': {
      summary: 'The best two in the place of named ones, and there are none',
      params: firstNight,
      body: { bestAvailable: { number: 2, ticketTypes: ['adult', 'child'] }, holdToken },
      status: 400,
      anew: [SHOWN.requestId],
      reply: oneError(400, {
        code: 'BEST_AVAILABLE_OBJECTS_NOT_FOUND',
        message: 'Best available objects not found',
      }),
    },
  },
  params: eventParams,
  body: chosenActionRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'hold')
    return changeChosen(context, step, { best: toBest(body), isTold: isTold(query) })
  },
  show: (changed, { query }) => toChosenReply(query, changed),
})

export const handler = lambda(holdObjects)
