import * as z from 'zod'
import { addTag as add } from '../../../lib/actions/charts/tag-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { tagParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { tagInPath } from '../../../lib/seatsio/charts/tag-in-path.ts'
import { stageParams } from '../../../lib/seatsio/charts/chart-story.ts'

export const addTag = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/tags/{tag}',
  summary: 'Add a tag to a chart',
  description: 'Any text, percent-encoded; a `+` is a space here. Adding a tag again does nothing.',
  storyPlace: 220,
  examples: {
    outdoor: {
      summary: 'A tag with a slash',
      params: { ...stageParams, tag: 'outdoor/summer' },
    },
  },
  access: 'secret-key',
  params: tagParams,
  reply: z.undefined(),
  refusals: ['chart-not-found', 'too-many-tags', 'record-busy'],
  run(context, { params: { chartKey }, rawPath }) {
    return add(context, { chartKey, tag: tagInPath(rawPath) })
  },
  show: () => undefined,
})

export const handler = lambda(addTag)
