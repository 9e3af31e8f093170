import { regenerateSecretKey } from '../../../lib/actions/companies/secret-keys.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { secretKeyReply, workspaceParams } from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { boxOfficeParams } from '../../../lib/seatsio/companies/company-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const regenerateWorkspaceKey = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/workspaces/{workspaceKey}/actions/regenerate-secret-key',
  summary: 'Make the secret key of a workspace anew',
  description:
    'It is the only one then: all keys before are gone; whoever looked one up lately may believe it for a minute more.',
  storyPlace: 110,
  examples: {
    'new-key': {
      summary: 'Another secret key',
      params: boxOfficeParams,
      anew: [SHOWN.boxOfficeNewSecret],
      reply: { secretKey: SHOWN.boxOfficeNewSecret },
    },
  },
  access: 'admin-key',
  params: workspaceParams,
  showsSecret: true,
  reply: secretKeyReply,
  refusals: ['workspace-not-found', 'record-busy'],
  run(context, { params: { workspaceKey } }) {
    return regenerateSecretKey(context, workspaceKey)
  },
  show: (secretKey) => ({ secretKey }),
})

export const handler = lambda(regenerateWorkspaceKey)
