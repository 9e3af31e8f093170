import { changeStatuses } from '../../lib/actions/change-statuses.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { eventParams } from '../../lib/seatsio/event-shapes.ts'
import { changeReply, expandQuery, statusRequest } from '../../lib/seatsio/status-shapes.ts'
import { changeRefusals, toChangeReply, toStatusStep } from '../../lib/seatsio/status-translate.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const changeObjectStatus = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/change-object-status',
  summary: 'Change the status of objects, all or none',
  description:
    'To any status: a built-in one, or one of your own. With `type` RELEASE, back to the selectable status before.',
  access: 'secret-key',
  params: eventParams,
  query: expandQuery,
  body: statusRequest,
  reply: changeReply,
  refusals: changeRefusals,
  run(context, { params: { eventKey }, query, body }) {
    const step = toStatusStep([eventKey], body)
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(changeObjectStatus)
