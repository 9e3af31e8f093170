import { publishChart as publish } from '../../../lib/actions/charts/publish-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams } from '../../../lib/seatbuilder/shapes.ts'
import {
  publishedReply,
  publishQuery,
  toPublication,
} from '../../../lib/seatbuilder/sold-shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { NOW, drawnChart, renamedChart } from '../../../lib/seatbuilder/story.ts'

export const publishChart = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/charts/{chartKey}/publish',
  summary: 'Publish the draft to all events of the chart',
  description: `Publishing again without a change counts on. With \`If-Match\` it is refused where the draft is another than the one that was read.

**What is sold stays sold.** Where the new layout lacks what somebody holds, has booked or offers for resale, or has it in another category, the answer lists it in
\`soldObjects\`, for each event. Ask before with \`dryRun=true\`; or publish with \`ifUnsold=true\`, which refuses instead. Sales go on meanwhile: one that is made
while this is looked at may be missing, and \`GET …/status\` tells it.`,
  storyPlace: 70,
  examples: {
    first: {
      summary: 'The first time',
      params: drawnChart,
      reply: { ...renamedChart, publishedVersion: 1, publishedAt: NOW },
    },
  },
  access: 'secret-key',
  params: chartParams,
  query: publishQuery,
  reply: publishedReply,
  takesIfMatch: true,
  refusals: [
    'chart-not-found',
    'chart-not-publishable',
    'draft-changed',
    'sold-objects-affected',
    'sold-objects-unread',
    'record-busy',
  ],
  run(context, { params: { chartKey }, query, ifMatch: expected }) {
    const { dryRun: isDryRun, ifUnsold } = query
    return publish(context, chartKey, { isDryRun, ifUnsold, isTold: true, expected })
  },
  show: toPublication,
})

export const handler = lambda(publishChart)
