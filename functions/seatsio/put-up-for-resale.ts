import { changeStatuses } from '../../lib/actions/change-statuses.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { eventParams } from '../../lib/seatsio/event-shapes.ts'
import { actionRequest, changeReply, expandQuery } from '../../lib/seatsio/status-shapes.ts'
import { changeRefusals, toChangeReply, toNamedStep } from '../../lib/seatsio/status-translate.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const putUpForResaleObjects = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/put-up-for-resale',
  summary: 'Offer objects again, all or none',
  description: 'Buyers may select them although they were sold.',
  access: 'secret-key',
  params: eventParams,
  query: expandQuery,
  body: actionRequest,
  reply: changeReply,
  refusals: changeRefusals,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'put-up-for-resale')
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(putUpForResaleObjects)
