import * as z from 'zod'
import { archiveChart as move } from '../../../lib/actions/charts/archive-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { copyParams } from '../../../lib/seatsio/charts/chart-story.ts'

export const archiveChart = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/actions/move-to-archive',
  summary: 'Move a chart to the archive',
  description: 'Lists are without archived charts; nothing else changes for them and their events.',
  storyPlace: 270,
  examples: { away: { summary: 'Out of all lists', params: copyParams } },
  access: 'secret-key',
  params: chartParams,
  reply: z.undefined(),
  refusals: ['chart-not-found', 'chart-archived', 'record-busy'],
  run(context, { params: { chartKey } }) {
    return move(context, { chartKey, isArchived: true })
  },
  show: () => undefined,
})

export const handler = lambda(archiveChart)
