import * as z from 'zod'
import { keepAnswer } from '../../../lib/actions/keep-answer.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { passwordRequest } from '../../../lib/seatsio/companies/account-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const changePassword = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/accounts/me/actions/change-password',
  summary: 'Take a password, for which there is no use here',
  description: 'Nobody signs in with a password: it is looked at and forgotten.',
  storyPlace: 690,
  examples: {
    forgotten: {
      summary: 'A password, which is not kept',
      body: { password: 'correct horse battery staple' },
    },
  },
  access: 'admin-key',
  body: passwordRequest,
  reply: z.undefined(),
  run(context) {
    return keepAnswer(context, undefined)
  },
})

export const handler = lambda(changePassword)
