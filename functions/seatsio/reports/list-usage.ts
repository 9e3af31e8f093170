import { readCompanyUsage } from '../../../lib/actions/reports/usage.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { toUsage, usageQuery, usageReply } from '../../../lib/seatsio/reports/usage-shapes.ts'
import { usedByMonth, CUTOFF } from '../../../lib/seatsio/reports/usage-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const listUsage = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/usage',
  summary: 'Count what the company used, month by month',
  description:
    'An object counts once in each event and month, when it is first held or given a status; of areas, places do. Objects that are put into a channel do not count by that. Counted out of the history of all events, at each call.',
  storyPlace: 602,
  examples: {
    months: {
      summary: 'The only month so far',
      query: { version: '2' },
      anew: [CUTOFF],
      reply: { usageCutoffDate: CUTOFF, usage: usedByMonth },
    },
  },
  access: 'admin-key',
  query: usageQuery,
  reply: usageReply,
  async run(context, { query: { version } }) {
    return toUsage(await readCompanyUsage(context), { version, at: context.now() })
  },
})

export const handler = lambda(listUsage)
