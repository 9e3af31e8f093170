import { changeStatuses } from '../../lib/actions/change-statuses.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { groupActionRequest, changeReply, expandQuery } from '../../lib/seatsio/status-shapes.ts'
import { changeRefusals, toChangeReply, toNamedStep } from '../../lib/seatsio/status-translate.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const releaseInGroup = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/groups/actions/release',
  summary: 'Let objects go in several events, all or none',
  description:
    'They become free, or return to the resale that they were taken from. What is free stays free.',
  access: 'secret-key',
  query: expandQuery,
  body: groupActionRequest,
  reply: changeReply,
  refusals: changeRefusals,
  run(context, { query, body }) {
    const step = toNamedStep(body.events, body, 'release')
    return changeStatuses(context, [step], (results) => toChangeReply(query, results))
  },
})

export const handler = lambda(releaseInGroup)
