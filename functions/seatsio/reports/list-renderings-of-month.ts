import { readCompanyNumber } from '../../../lib/actions/reports/usage.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  monthRenderingsReply,
  toMonth,
  usageMonthParams,
} from '../../../lib/seatsio/reports/usage-shapes.ts'
import { storyMonth } from '../../../lib/seatsio/reports/usage-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const listRenderingsOfMonth = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/usage/rendering/month/{month}',
  summary: 'Count renderings of charts in a month',
  description: 'Nobody is charged for rendering here: there is nothing to count.',
  storyPlace: 606,
  examples: {
    none: {
      summary: 'Nothing is counted',
      params: storyMonth,
      reply: { companyId: SHOWN.companyId, month: { month: 3, year: 2027 }, usage: {} },
    },
  },
  access: 'admin-key',
  params: usageMonthParams,
  reply: monthRenderingsReply,
  async run(context, { params: { month } }) {
    return { companyId: await readCompanyNumber(context), month: toMonth(month), usage: {} }
  },
})

export const handler = lambda(listRenderingsOfMonth)
