import { changeStatuses } from '../../lib/actions/change-statuses.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { groupActionRequest, changeReply, expandQuery } from '../../lib/seatsio/status-shapes.ts'
import { changeRefusals, toChangeReply, toNamedStep } from '../../lib/seatsio/status-translate.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const putUpForResaleInGroup = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/groups/actions/put-up-for-resale',
  summary: 'Offer objects again in several events, all or none',
  description: 'Buyers may select them although they were sold.',
  access: 'secret-key',
  query: expandQuery,
  body: groupActionRequest,
  reply: changeReply,
  refusals: changeRefusals,
  run(context, { query, body }) {
    const step = toNamedStep(body.events, body, 'put-up-for-resale')
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(putUpForResaleInGroup)
