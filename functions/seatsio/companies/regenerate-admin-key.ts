import { regenerateAdminKey as regenerate } from '../../../lib/actions/companies/account.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { secretKeyReply } from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const regenerateAdminKey = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/accounts/me/secret-key/actions/regenerate',
  summary: 'Make the admin key of the company anew',
  description:
    'The key before is gone; whoever looked it up lately may believe it for a minute more.',
  storyPlace: 710,
  examples: {
    'new-key': {
      summary: 'Another admin key',
      anew: [SHOWN.newAdminKey],
      reply: { secretKey: SHOWN.newAdminKey },
    },
  },
  access: 'admin-key',
  showsSecret: true,
  reply: secretKeyReply,
  refusals: ['record-busy'],
  run(context) {
    return regenerate(context)
  },
  show: (secretKey) => ({ secretKey }),
})

export const handler = lambda(regenerateAdminKey)
