import * as z from 'zod'
import { editSettings } from '../../../lib/actions/companies/account.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const enableDraftDrawings = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/accounts/me/draft-chart-drawings/actions/enable',
  summary: 'Let changes of charts that have events go into drafts',
  storyPlace: 670,
  examples: { on: { summary: 'Changes of charts in use are drafts' } },
  access: 'admin-key',
  reply: z.undefined(),
  run(context) {
    return editSettings(context, { usesDrafts: true })
  },
})

export const handler = lambda(enableDraftDrawings)
