import { changeStatuses } from '../../lib/actions/change-statuses.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { changeReply, expandQuery, groupStatusRequest } from '../../lib/seatsio/status-shapes.ts'
import { changeRefusals, toChangeReply, toStatusStep } from '../../lib/seatsio/status-translate.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const changeObjectStatusInSeasons = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/seasons/actions/change-object-status',
  summary: 'Change the status of objects in several events: the older name',
  description:
    'To any status: a built-in one, or one of your own. With `type` RELEASE, back to the selectable status before.',
  access: 'secret-key',
  query: expandQuery,
  body: groupStatusRequest,
  reply: changeReply,
  refusals: changeRefusals,
  run(context, { query, body }) {
    const step = toStatusStep(body.events, body)
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(changeObjectStatusInSeasons)
