import { changeStatuses } from '../../lib/actions/change-statuses.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { batchReply, batchRequest, expandQuery } from '../../lib/seatsio/status-shapes.ts'
import { changeRefusals, toBatchReply, toStatusStep } from '../../lib/seatsio/status-translate.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'

export const changeObjectStatusInBatch = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/actions/change-object-status',
  summary: 'Make many changes over many events, one after the other, all or none',
  description:
    'Each change sees what the ones before it did, so an object may occur several times. The first one that is refused decides the answer, and nothing is changed.',
  access: 'secret-key',
  query: expandQuery,
  body: batchRequest,
  reply: batchReply,
  refusals: changeRefusals,
  run(context, { query, body: { statusChanges } }) {
    const steps = statusChanges.map((entry, place) => ({
      ...toStatusStep([entry.event], entry),
      place,
    }))
    return changeStatuses(context, steps, (results) => toBatchReply(query, results))
  },
})

export const handler = lambda(changeObjectStatusInBatch)
