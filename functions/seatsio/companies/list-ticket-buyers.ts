import { listBuyers } from '../../../lib/actions/companies/ticket-buyers.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  buyersQuery,
  buyersReply,
  toBuyersPage,
} from '../../../lib/seatsio/companies/ticket-buyer-shapes.ts'
import { ticketBuyers } from '../../../lib/seatsio/companies/company-story.ts'

export const listTicketBuyers = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/ticket-buyers',
  summary: 'List ticket buyers, in an order that stays',
  storyPlace: 630,
  examples: {
    all: {
      summary: 'All buyers',
      reply: { items: ticketBuyers.slice(1) },
    },
  },
  access: 'admin-key',
  query: buyersQuery,
  reply: buyersReply,
  async run(context, { query }) {
    return toBuyersPage(await listBuyers(context, query))
  },
})

export const handler = lambda(listTicketBuyers)
