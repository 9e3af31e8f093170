import { replaceSaleRules } from '../../../lib/actions/events/change-sale-rules.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { saleQuota } from '../../../lib/seatsio/events/sale-shapes.ts'
import { toRateLimit, toSaleRules } from '../../../lib/seatsio/events/terms-translate.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { leftOf } from '../../../lib/seatsio/events/event-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const markEverythingAsNotForSale = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/mark-everything-as-not-for-sale',
  summary: 'Sell nothing',
  description:
    'As `mark-as-for-sale` with empty lists. Ten such changes may be made in a day, from the first on; what only puts things on sale is told as if it counted, and never refused.',
  storyPlace: 371,
  examples: {
    nothing: {
      summary: 'Nothing is sold',
      params: { eventKey: SHOWN.lateShowKey },
      reply: leftOf(5),
    },
  },
  access: 'secret-key',
  params: eventParams,
  reply: saleQuota,
  refusals: ['event-not-found', 'too-many-sale-calls', 'terms-too-large', 'record-busy'],
  run(context, { params: { eventKey } }) {
    const rules = toSaleRules(true, { objects: [], areaPlaces: {}, categories: [] })
    return replaceSaleRules(context, eventKey, rules)
  },
  show: ({ quota }) => toRateLimit(quota),
})

export const handler = lambda(markEverythingAsNotForSale)
