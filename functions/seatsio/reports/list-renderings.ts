import { readCompanyNumber } from '../../../lib/actions/reports/usage.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { renderingsReply } from '../../../lib/seatsio/reports/usage-shapes.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const listRenderings = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/usage/rendering',
  summary: 'Count renderings of charts, month by month',
  description: 'Nobody is charged for rendering here: there is nothing to count.',
  storyPlace: 605,
  examples: {
    none: {
      summary: 'Nothing is counted',
      anew: [SHOWN.companyId],
      reply: { companyId: SHOWN.companyId, usage: {} },
    },
  },
  access: 'admin-key',
  reply: renderingsReply,
  async run(context) {
    return { companyId: await readCompanyNumber(context), usage: {} }
  },
})

export const handler = lambda(listRenderings)
