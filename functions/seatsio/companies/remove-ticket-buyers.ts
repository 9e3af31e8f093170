import { changeBuyers } from '../../../lib/actions/companies/ticket-buyers.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  buyersRemovedReply,
  buyersRequest,
} from '../../../lib/seatsio/companies/ticket-buyer-shapes.ts'

export const removeTicketBuyers = endpoint({
  surface: seatsio,
  method: 'DELETE',
  path: '/ticket-buyers',
  summary: 'Remove ticket buyers',
  access: 'admin-key',
  body: buyersRequest,
  reply: buyersRemovedReply,
  run(context, { body: ids }) {
    return changeBuyers(context, { change: 'remove', ids }, ({ changed, unchanged }) => ({
      removed: [...changed],
      notPresent: [...unchanged],
    }))
  },
})

export const handler = lambda(removeTicketBuyers)
