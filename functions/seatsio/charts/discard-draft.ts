import * as z from 'zod'
import { discardDraft as discard } from '../../../lib/actions/charts/publish-draft.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { afternoonChart } from '../../../lib/seatsio/charts/chart-story.ts'

export const discardDraft = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/version/draft/actions/discard',
  summary: 'Give the draft up for what is published',
  storyPlace: 598,
  examples: { spring: { summary: 'As it was', params: afternoonChart } },
  access: 'secret-key',
  params: chartParams,
  reply: z.undefined(),
  refusals: ['chart-not-found', 'layout-not-found', 'record-busy'],
  run(context, { params: { chartKey } }) {
    return discard(context, chartKey)
  },
  show: () => undefined,
})

export const handler = lambda(discardDraft)
