import * as z from 'zod'
import { editSettings } from '../../../lib/actions/companies/account.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { holdPeriodRequest } from '../../../lib/seatsio/companies/account-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const changeHoldPeriod = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/accounts/me/actions/change-hold-period',
  summary: 'Say how long hold tokens live unless their request says otherwise',
  description:
    'In all workspaces of the company, from now on; tokens that there are stay as they are.',
  storyPlace: 660,
  examples: {
    'ten-minutes': {
      summary: 'Ten minutes for new hold tokens',
      body: { holdPeriodInMinutes: 10 },
    },
  },
  access: 'admin-key',
  body: holdPeriodRequest,
  reply: z.undefined(),
  run(context, { body: { holdPeriodInMinutes: holdMinutes } }) {
    return editSettings(context, { holdMinutes })
  },
})

export const handler = lambda(changeHoldPeriod)
