import { editSales } from '../../../lib/actions/events/change-sale-rules.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { editedSalesReply, editSalesRequest } from '../../../lib/seatsio/events/sale-shapes.ts'
import { toEditedSale, toSaleEdit } from '../../../lib/seatsio/events/terms-translate.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { leftOf } from '../../../lib/seatsio/events/event-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const editForSaleConfigOfEvents = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/actions/edit-for-sale-config',
  summary: 'Change what is for sale in several events, in all or in none',
  description:
    'For each event as the call for one event does it, and counted for each of them. Events on more than two charts are too many for one request.',
  storyPlace: 370,
  examples: {
    'two-nights': {
      summary: 'A seat of one show, and one of another',
      body: {
        events: {
          [SHOWN.lateShowKey]: { notForSale: [{ object: 'A-2' }] },
          'first-night': { forSale: [{ object: 'A-2' }] },
        },
      },
      reply: {
        [SHOWN.lateShowKey]: {
          forSaleConfig: { forSale: true, objects: [], areaPlaces: {}, categories: ['1'] },
          rateLimitInfo: leftOf(6),
        },
        'first-night': {
          forSaleConfig: { forSale: false, objects: [], areaPlaces: {}, categories: [] },
          rateLimitInfo: leftOf(9),
        },
      },
    },
  },
  access: 'secret-key',
  body: editSalesRequest,
  reply: editedSalesReply,
  refusals: [
    'event-not-found',
    'too-many-events',
    'too-many-sale-calls',
    'terms-too-large',
    'record-busy',
  ],
  run(context, { body: { events } }) {
    const edits = Object.entries(events).map(([key, edit]) => [key, toSaleEdit(edit)] as const)
    return editSales(context, new Map(edits))
  },
  show: (changed) =>
    Object.fromEntries([...changed].map(([key, sale]) => [key, toEditedSale(sale)])),
})

export const handler = lambda(editForSaleConfigOfEvents)
