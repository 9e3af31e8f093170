import { copyChart } from '../../../lib/actions/charts/copy-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, chartReply } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toChart } from '../../../lib/seatsio/translate.ts'
import { copiedChart, stageParams } from '../../../lib/seatsio/charts/chart-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const copyPublishedVersion = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/version/published/actions/copy',
  summary: 'Copy what is published of a chart into a chart of its own',
  description: 'The copy has the tags of the original, and no events.',
  storyPlace: 240,
  examples: {
    copy: {
      summary: 'A chart like it',
      params: stageParams,
      anew: [SHOWN.copyId, SHOWN.copyKey, SHOWN.copyThumbnail],
      reply: copiedChart,
    },
  },
  access: 'secret-key',
  params: chartParams,
  reply: chartReply,
  refusals: ['chart-not-found', 'layout-not-found', 'chart-not-publishable', 'record-busy'],
  run(context, { params: { chartKey } }) {
    return copyChart(context, { chartKey, version: 'published' })
  },
  show: (made, { origin }) => toChart(made, origin),
})

export const handler = lambda(copyPublishedVersion)
