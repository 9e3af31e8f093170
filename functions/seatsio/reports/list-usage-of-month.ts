import { readCompanyUsage } from '../../../lib/actions/reports/usage.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  monthUsageReply,
  toMonthUsage,
  usageMonthParams,
} from '../../../lib/seatsio/reports/usage-shapes.ts'
import { monthBefore } from '../../../lib/seatsio/reports/usage-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const listUsageOfMonth = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/usage/month/{month}',
  summary: 'Count what each event used in a month',
  description: 'By workspace and chart; events that were deleted are told too.',
  storyPlace: 603,
  examples: {
    month: {
      summary: 'A month in which nothing was sold yet',
      params: monthBefore,
      reply: [],
    },
  },
  access: 'admin-key',
  params: usageMonthParams,
  reply: monthUsageReply,
  async run(context, { params: { month } }) {
    return toMonthUsage(await readCompanyUsage(context, month))
  },
})

export const handler = lambda(listUsageOfMonth)
