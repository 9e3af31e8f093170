import { validateChart } from '../../../lib/actions/charts/validate-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, validationReply } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toValidation } from '../../../lib/seatsio/translate.ts'
import { backRoom } from '../../../lib/seatsio/charts/chart-story.ts'

export const validateDraftVersion = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/version/draft/actions/validate',
  summary: 'Say which rules of the account the draft breaks',
  storyPlace: 594,
  examples: {
    fine: {
      summary: 'No rule of the account is broken',
      params: backRoom,
      reply: { errors: [], warnings: [] },
    },
  },
  access: 'secret-key',
  params: chartParams,
  reply: validationReply,
  refusals: ['chart-not-found', 'layout-not-found', 'record-busy'],
  run(context, { params: { chartKey } }) {
    return validateChart(context, { chartKey, version: 'draft' })
  },
  show: toValidation,
})

export const handler = lambda(validateDraftVersion)
