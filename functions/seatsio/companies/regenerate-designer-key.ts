import { regenerateDesignerKey as regenerate } from '../../../lib/actions/companies/account.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { designerKeyReply } from '../../../lib/seatsio/companies/account-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const regenerateDesignerKey = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/accounts/me/designer-key/actions/regenerate',
  summary: 'Make the designer key of the company anew',
  storyPlace: 700,
  examples: {
    'new-key': {
      summary: 'Another designer key',
      anew: [SHOWN.newDesignerKey],
      reply: { designerKey: SHOWN.newDesignerKey },
    },
  },
  access: 'admin-key',
  showsSecret: true,
  reply: designerKeyReply,
  refusals: ['record-busy'],
  run(context) {
    return regenerate(context)
  },
  show: (designerKey) => ({ designerKey }),
})

export const handler = lambda(regenerateDesignerKey)
