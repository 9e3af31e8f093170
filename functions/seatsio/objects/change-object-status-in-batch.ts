import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { statusChange } from '../../../lib/seatsio/objects/status-change.ts'
import { batchReply, batchRequest } from '../../../lib/seatsio/objects/status-shapes.ts'
import { toBatchReply, toStatusStep } from '../../../lib/seatsio/objects/status-translate.ts'

export const changeObjectStatusInBatch = endpoint({
  ...statusChange,
  path: '/events/actions/change-object-status',
  summary: 'Make many changes over many events, one after the other, all or none',
  description:
    'Each change sees what the ones before it did, so an object may occur several times. The first one that is refused decides the answer, and nothing is changed.',
  body: batchRequest,
  reply: batchReply,
  run(context, { query, body: { statusChanges } }) {
    const steps = statusChanges.map((entry, place) => ({
      ...toStatusStep([entry.event], entry),
      place,
    }))
    return changeStatuses(context, steps, (results) => toBatchReply(query, results))
  },
})

export const handler = lambda(changeObjectStatusInBatch)
