import * as z from 'zod'
import { editSettings } from '../../../lib/actions/companies/account.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { settingRequest } from '../../../lib/seatsio/companies/account-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const changeSetting = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/accounts/me/settings',
  summary: 'Say how strict a rule for drawings is, or set a switch of seat maps',
  storyPlace: 650,
  examples: {
    rule: {
      summary: 'A chart without a focal point is published with a warning',
      body: { key: 'VALIDATE_FOCAL_POINT', value: 'WARNING' },
    },
  },
  access: 'admin-key',
  body: settingRequest,
  reply: z.undefined(),
  run(context, { body }) {
    return editSettings(context, body)
  },
})

export const handler = lambda(changeSetting)
