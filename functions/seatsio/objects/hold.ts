import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { statusChange } from '../../../lib/seatsio/objects/status-change.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { actionRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import { toChangeReply, toNamedStep } from '../../../lib/seatsio/objects/status-translate.ts'

export const holdObjects = endpoint({
  ...statusChange,
  path: '/events/{eventKey}/actions/hold',
  summary: 'Hold objects until their hold token ends, all or none',
  description: 'The token must have been issued here. What it holds already stays held.',
  params: eventParams,
  body: actionRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'hold')
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(holdObjects)
