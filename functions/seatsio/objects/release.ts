import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { statusChange } from '../../../lib/seatsio/objects/status-change.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { actionRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import { toChangeReply, toNamedStep } from '../../../lib/seatsio/objects/status-translate.ts'

export const releaseObjects = endpoint({
  ...statusChange,
  path: '/events/{eventKey}/actions/release',
  summary: 'Let objects go, all or none',
  description:
    'They become free, or return to the resale that they were taken from. What is free stays free.',
  params: eventParams,
  body: actionRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'release')
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(releaseObjects)
