import { changeBuyers } from '../../../lib/actions/companies/ticket-buyers.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  buyersAddedReply,
  buyersRequest,
} from '../../../lib/seatsio/companies/ticket-buyer-shapes.ts'
import { ticketBuyers } from '../../../lib/seatsio/companies/company-story.ts'

export const addTicketBuyers = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/ticket-buyers',
  summary: 'Add ticket buyers',
  storyPlace: 610,
  examples: {
    two: {
      summary: 'Two buyers',
      body: { ids: ticketBuyers },
      reply: { added: ticketBuyers, alreadyPresent: [] },
    },
  },
  access: 'admin-key',
  body: buyersRequest,
  reply: buyersAddedReply,
  run(context, { body: ids }) {
    return changeBuyers(context, { change: 'add', ids })
  },
  show: ({ changed, unchanged }) => ({
    added: [...changed],
    alreadyPresent: [...unchanged],
  }),
})

export const handler = lambda(addTicketBuyers)
