import { changeStatuses } from '../../lib/actions/change-statuses.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { groupActionRequest, changeReply, expandQuery } from '../../lib/seatsio/status-shapes.ts'
import { changeRefusals, toChangeReply, toNamedStep } from '../../lib/seatsio/status-translate.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const holdInGroup = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/groups/actions/hold',
  summary: 'Hold objects until their hold token ends in several events, all or none',
  description: 'The token must have been issued here. What it holds already stays held.',
  access: 'secret-key',
  query: expandQuery,
  body: groupActionRequest,
  reply: changeReply,
  refusals: changeRefusals,
  run(context, { query, body }) {
    const step = toNamedStep(body.events, body, 'hold')
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(holdInGroup)
