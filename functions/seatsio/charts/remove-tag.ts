import * as z from 'zod'
import { removeTag as remove } from '../../../lib/actions/charts/tag-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { tagParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { stageParams } from '../../../lib/seatsio/charts/chart-story.ts'

export const removeTag = endpoint({
  surface: seatsio,
  method: 'DELETE',
  path: '/charts/{chartKey}/tags/{tag}',
  summary: 'Take a tag from a chart',
  storyPlace: 250,
  examples: {
    gone: {
      summary: 'A tag less',
      params: { ...stageParams, tag: 'outdoor/summer' },
    },
  },
  access: 'secret-key',
  params: tagParams,
  reply: z.undefined(),
  refusals: ['chart-not-found', 'tag-not-found', 'record-busy'],
  run(context, { params }) {
    return remove(context, params)
  },
  show: () => undefined,
})

export const handler = lambda(removeTag)
