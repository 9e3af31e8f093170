import * as z from 'zod'
import { archiveChart as move } from '../../../lib/actions/charts/archive-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { copyParams } from '../../../lib/seatsio/charts/chart-story.ts'

export const unarchiveChart = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/actions/move-out-of-archive',
  summary: 'Take a chart out of the archive',
  description: 'Lists are without archived charts; nothing else changes for them and their events.',
  storyPlace: 290,
  examples: { back: { summary: 'Back in the lists', params: copyParams } },
  access: 'secret-key',
  params: chartParams,
  reply: z.undefined(),
  refusals: ['chart-not-found', 'chart-not-archived', 'record-busy'],
  run(context, { params: { chartKey } }) {
    return move(context, { chartKey, isArchived: false })
  },
  show: () => undefined,
})

export const handler = lambda(unarchiveChart)
