import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { statusChange } from '../../../lib/seatsio/objects/status-change.ts'
import { groupStatusRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import { toChangeReply, toStatusStep } from '../../../lib/seatsio/objects/status-translate.ts'

export const changeObjectStatusInGroup = endpoint({
  ...statusChange,
  path: '/events/groups/actions/change-object-status',
  alsoAt: ['/seasons/actions/change-object-status'],
  summary: 'Change the status of objects in several events, all or none',
  description:
    'To any status: a built-in one, or one of your own. With `type` RELEASE, back to the selectable status before.',
  body: groupStatusRequest,
  run(context, { query, body }) {
    const step = toStatusStep(body.events, body)
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(changeObjectStatusInGroup)
