import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { statusChange } from '../../../lib/seatsio/objects/status-change.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { actionRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import { toChangeReply, toNamedStep } from '../../../lib/seatsio/objects/status-translate.ts'

export const bookObjects = endpoint({
  ...statusChange,
  path: '/events/{eventKey}/actions/book',
  summary: 'Book objects, all or none',
  description:
    'With a hold token, every object must be held by it; without, whatever is not booked yet is booked.',
  params: eventParams,
  body: actionRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'book')
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(bookObjects)
