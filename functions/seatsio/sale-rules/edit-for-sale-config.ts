import { editSale } from '../../../lib/actions/events/change-sale-rules.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatsio/events/event-shapes.ts'
import { editedSaleReply, editSaleRequest } from '../../../lib/seatsio/events/sale-shapes.ts'
import { toEditedSale, toSaleEdit } from '../../../lib/seatsio/events/terms-translate.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { leftOf } from '../../../lib/seatsio/events/event-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const editForSaleConfig = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/events/{eventKey}/actions/edit-for-sale-config',
  summary: 'Put objects on sale, and take others off',
  description:
    'Touches only what is listed; what is put on sale comes first. Lists stay, also when they are empty. Ten such changes may be made in a day, from the first on; what only puts things on sale is told as if it counted, and never refused.',
  storyPlace: 369,
  examples: {
    'another-seat': {
      summary: 'Another seat in its place',
      params: { eventKey: SHOWN.lateShowKey },
      body: { forSale: [{ object: 'A-2' }], notForSale: [{ object: 'A-1' }] },
      reply: {
        forSaleConfig: { forSale: true, objects: ['A-2'], areaPlaces: {}, categories: ['1'] },
        rateLimitInfo: leftOf(7),
      },
    },
  },
  access: 'secret-key',
  params: eventParams,
  body: editSaleRequest,
  reply: editedSaleReply,
  refusals: ['event-not-found', 'too-many-sale-calls', 'terms-too-large', 'record-busy'],
  run(context, { params: { eventKey }, body }) {
    return editSale(context, eventKey, toSaleEdit(body))
  },
  show: toEditedSale,
})

export const handler = lambda(editForSaleConfig)
