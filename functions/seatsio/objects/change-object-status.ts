import { changeChosen } from '../../../lib/actions/seats/best/change-best.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { reachingBaskets, chosenHoldingChange } from '../../../lib/seatsio/objects/status-change.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { chosenStatusRequest } from '../../../lib/seatsio/objects/best-shapes.ts'
import { toBest, toChosenReply } from '../../../lib/seatsio/objects/best-translate.ts'
import { toStatusStep, isTold } from '../../../lib/seatsio/objects/status-translate.ts'
import { SHOWN, firstNight, oneError, orderId } from '../../../lib/seatsio/story.ts'
import { checkIn, seat, withObjects } from '../../../lib/seatsio/objects/object-story.ts'

export const changeObjectStatus = endpoint({
  ...chosenHoldingChange,
  path: '/events/{eventKey}/actions/change-object-status',
  summary: 'Change the status of objects, or of the best available, all or none',
  description: reachingBaskets(
    'To any status: a built-in one, or one of your own. With `type` RELEASE, back to the selectable status before.',
  ),
  storyPlace: 450,
  examples: {
    'own-status': {
      summary: 'A status of your own, for what is booked; the extra data stay',
      params: firstNight,
      query: withObjects,
      body: { ...checkIn, keepExtraData: true, orderId },
      reply: {
        objects: { 'A-1': seat('A-1', 'checkedIn', { orderId, extraData: { guest: 'g-19' } }) },
      },
    },
    'not-booked': {
      summary: 'Not booked any more: nothing is changed',
      params: firstNight,
      body: checkIn,
      status: 400,
      anew: [SHOWN.requestId],
      reply: oneError(400, {
        code: 'ILLEGAL_STATUS_CHANGE',
        message:
          'Cannot change from [checkedIn] to [checkedIn]: checkedIn is not in the list of allowed previous statuses',
      }),
    },
  },
  params: eventParams,
  body: chosenStatusRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toStatusStep([eventKey], body)
    return changeChosen(context, step, { best: toBest(body), isTold: isTold(query) })
  },
  show: (changed, { query }) => toChosenReply(query, changed),
})

export const handler = lambda(changeObjectStatus)
