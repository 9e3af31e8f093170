import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { statusChange } from '../../../lib/seatsio/objects/status-change.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { actionRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import { toChangeReply, toNamedStep } from '../../../lib/seatsio/objects/status-translate.ts'

export const putUpForResaleObjects = endpoint({
  ...statusChange,
  path: '/events/{eventKey}/actions/put-up-for-resale',
  summary: 'Offer objects again, all or none',
  description: 'Buyers may select them although they were sold.',
  params: eventParams,
  body: actionRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'put-up-for-resale')
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(putUpForResaleObjects)
