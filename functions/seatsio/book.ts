import { changeStatuses } from '../../lib/actions/change-statuses.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { eventParams } from '../../lib/seatsio/event-shapes.ts'
import { actionRequest, changeReply, expandQuery } from '../../lib/seatsio/status-shapes.ts'
import { changeRefusals, toChangeReply, toNamedStep } from '../../lib/seatsio/status-translate.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const bookObjects = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/book',
  summary: 'Book objects, all or none',
  description:
    'With a hold token, every object must be held by it; without, whatever is not booked yet is booked.',
  access: 'secret-key',
  params: eventParams,
  query: expandQuery,
  body: actionRequest,
  reply: changeReply,
  refusals: changeRefusals,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'book')
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(bookObjects)
