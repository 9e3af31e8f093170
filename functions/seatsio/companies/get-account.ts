import { getAccount as get } from '../../../lib/actions/companies/account.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { accountReply, toAccount } from '../../../lib/seatsio/companies/account-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { newAccount } from '../../../lib/seatsio/companies/company-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const getAccount = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/accounts/me',
  summary: 'Read the account of the company, with its keys and settings',
  storyPlace: 640,
  examples: {
    new: { summary: 'The account of a new company', anew: [SHOWN.companyId], reply: newAccount },
  },
  access: 'admin-key',
  reply: accountReply,
  async run(context) {
    return toAccount(await get(context))
  },
})

export const handler = lambda(getAccount)
