import { changeStatuses } from '../../../lib/actions/seats/change-statuses.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  holdRefusals,
  reachingBaskets,
  holdingChange,
} from '../../../lib/seatsio/objects/status-change.ts'
import { batchReply, batchRequest } from '../../../lib/seatsio/objects/batch-shapes.ts'
import { toBatchReply, toBatchStep, isTold } from '../../../lib/seatsio/objects/status-translate.ts'
import { seat, withObjects } from '../../../lib/seatsio/objects/object-story.ts'
import { SHOWN, oneError, orderId } from '../../../lib/seatsio/story.ts'

export const changeObjectStatusInBatch = endpoint({
  ...holdingChange,
  refusals: [...holdRefusals, 'event-not-in-season'],
  path: '/events/actions/change-object-status',
  summary: 'Make many changes over many events, one after the other, all or none',
  description: reachingBaskets(
    'Each change sees what the ones before it did, so an object may occur several times. The first one that is refused decides the answer, and nothing is changed.',
  ),
  storyPlace: 530,
  examples: {
    'move-guest': {
      summary: 'Another seat for a guest: the old one free, the new one booked, or neither',
      query: withObjects,
      body: {
        statusChanges: [
          { event: 'first-night', type: 'RELEASE', objects: ['A-1'] },
          { event: 'first-night', status: 'booked', objects: ['A-2'], orderId },
        ],
      },
      reply: {
        results: [
          { objects: { 'A-1': seat('A-1', 'free') } },
          { objects: { 'A-2': seat('A-2', 'booked', { orderId }) } },
        ],
      },
    },
    'second-refused': {
      summary: 'The second change is refused, so the first one is not made either',
      body: {
        statusChanges: [
          { event: SHOWN.lateShowKey, status: 'booked', objects: ['A-2'] },
          { event: 'first-night', status: 'booked', objects: ['A-2'] },
        ],
      },
      status: 400,
      anew: [SHOWN.requestId],
      reply: oneError(400, {
        code: 'ILLEGAL_STATUS_CHANGE',
        message: 'Cannot change from [booked] to [booked]: A-2 is not free',
        data: { object: 'A-2', event: 'first-night', index: 1 },
      }),
    },
  },
  body: batchRequest,
  reply: batchReply,
  run(context, { query, body: { statusChanges } }) {
    const steps = statusChanges.map((entry, place) => ({ ...toBatchStep(entry), place }))
    return changeStatuses(context, steps, isTold(query))
  },
  show: (results, { query }) => toBatchReply(query, results),
})

export const handler = lambda(changeObjectStatusInBatch)
