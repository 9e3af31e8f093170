import { replaceSaleRules } from '../../../lib/actions/events/change-sale-rules.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { saleListsRequest, saleQuota } from '../../../lib/seatsio/events/sale-shapes.ts'
import { toRateLimit, toSaleRules } from '../../../lib/seatsio/events/terms-translate.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { leftOf } from '../../../lib/seatsio/events/event-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const markAsNotForSale = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/mark-as-not-for-sale',
  summary: 'Sell all but what is listed',
  description:
    'Takes the place of all that the event said before. What is held or sold already is booked, changed and released as ever. Labels and categories are kept as they are sent. Ten such changes may be made in a day, from the first on; what only puts things on sale is told as if it counted, and never refused.',
  storyPlace: 367,
  examples: {
    'one-seat': {
      summary: 'All but one seat',
      params: { eventKey: SHOWN.lateShowKey },
      body: { objects: ['A-1'] },
      reply: leftOf(9),
    },
  },
  access: 'secret-key',
  params: eventParams,
  body: saleListsRequest,
  reply: saleQuota,
  refusals: ['event-not-found', 'too-many-sale-calls', 'terms-too-large', 'record-busy'],
  run(context, { params: { eventKey }, body }) {
    const rules = toSaleRules(false, body)
    return replaceSaleRules(context, eventKey, rules)
  },
  show: ({ quota }) => toRateLimit(quota),
})

export const handler = lambda(markAsNotForSale)
