import { changeStatuses } from '../../lib/actions/change-statuses.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { eventParams } from '../../lib/seatsio/event-shapes.ts'
import { actionRequest, changeReply, expandQuery } from '../../lib/seatsio/status-shapes.ts'
import { changeRefusals, toChangeReply, toNamedStep } from '../../lib/seatsio/status-translate.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const holdObjects = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/hold',
  summary: 'Hold objects until their hold token ends, all or none',
  description: 'The token must have been issued here. What it holds already stays held.',
  access: 'secret-key',
  params: eventParams,
  query: expandQuery,
  body: actionRequest,
  reply: changeReply,
  refusals: changeRefusals,
  run(context, { params: { eventKey }, query, body }) {
    const step = toNamedStep([eventKey], body, 'hold')
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(holdObjects)
