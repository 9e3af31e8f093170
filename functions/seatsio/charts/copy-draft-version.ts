import { copyChart } from '../../../lib/actions/charts/copy-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, chartReply } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toChart } from '../../../lib/seatsio/translate.ts'

export const copyDraftVersion = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/version/draft/actions/copy',
  summary: 'Copy the draft of a chart into a chart of its own',
  description: 'The copy has the tags of the original, and no events.',
  access: 'secret-key',
  params: chartParams,
  reply: chartReply,
  refusals: ['chart-not-found', 'layout-not-found', 'chart-not-publishable', 'record-busy'],
  run(context, { params: { chartKey }, origin }) {
    return copyChart(context, { chartKey, version: 'draft' }, (made) => toChart(made, origin))
  },
})

export const handler = lambda(copyDraftVersion)
