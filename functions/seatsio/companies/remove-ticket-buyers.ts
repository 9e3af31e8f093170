import { changeBuyers } from '../../../lib/actions/companies/ticket-buyers.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  buyersRemovedReply,
  buyersRequest,
} from '../../../lib/seatsio/companies/ticket-buyer-shapes.ts'
import { ticketBuyers } from '../../../lib/seatsio/companies/company-story.ts'

export const removeTicketBuyers = endpoint({
  surface: seatsio,
  method: 'DELETE',
  path: '/ticket-buyers',
  summary: 'Remove ticket buyers',
  storyPlace: 620,
  examples: {
    one: {
      summary: 'One of them',
      body: { ids: ticketBuyers.slice(0, 1) },
      reply: { removed: ticketBuyers.slice(0, 1), notPresent: [] },
    },
  },
  access: 'admin-key',
  body: buyersRequest,
  reply: buyersRemovedReply,
  run(context, { body: ids }) {
    return changeBuyers(context, { change: 'remove', ids })
  },
  show: ({ changed, unchanged }) => ({
    removed: [...changed],
    notPresent: [...unchanged],
  }),
})

export const handler = lambda(removeTicketBuyers)
