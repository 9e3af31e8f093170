import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { statusChange } from '../../../lib/seatsio/objects/status-change.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { statusRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import { toChangeReply, toStatusStep } from '../../../lib/seatsio/objects/status-translate.ts'

export const changeObjectStatus = endpoint({
  ...statusChange,
  path: '/events/{eventKey}/actions/change-object-status',
  summary: 'Change the status of objects, all or none',
  description:
    'To any status: a built-in one, or one of your own. With `type` RELEASE, back to the selectable status before.',
  params: eventParams,
  body: statusRequest,
  run(context, { params: { eventKey }, query, body }) {
    const step = toStatusStep([eventKey], body)
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(changeObjectStatus)
