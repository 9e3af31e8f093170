import * as z from 'zod'
import { editSettings } from '../../../lib/actions/companies/account.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const disableDraftDrawings = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/accounts/me/draft-chart-drawings/actions/disable',
  summary: 'Let changes of charts go straight into what is published',
  storyPlace: 680,
  examples: { off: { summary: 'Changes of charts are seen at once' } },
  access: 'admin-key',
  reply: z.undefined(),
  run(context) {
    return editSettings(context, { usesDrafts: false })
  },
})

export const handler = lambda(disableDraftDrawings)
