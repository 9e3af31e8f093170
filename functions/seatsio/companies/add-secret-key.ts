import { addSecretKey as add } from '../../../lib/actions/companies/secret-keys.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { addedKeyReply, workspaceParams } from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { boxOfficeParams } from '../../../lib/seatsio/companies/company-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const addSecretKey = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/workspaces/{workspaceKey}/actions/add-secret-key',
  summary: 'Give a workspace one more secret key',
  description:
    'The keys that it has stay valid: give the new one to all servers, then remove the old one.',
  storyPlace: 112,
  examples: {
    'one-more': {
      summary: 'One more secret key',
      params: boxOfficeParams,
      anew: [SHOWN.boxOfficeAddedSecret],
      reply: { secretKey: SHOWN.boxOfficeAddedSecret },
    },
  },
  access: 'admin-key',
  params: workspaceParams,
  showsSecret: true,
  reply: addedKeyReply,
  refusals: ['workspace-not-found', 'secret-keys-too-many', 'record-busy'],
  run(context, { params: { workspaceKey } }) {
    return add(context, workspaceKey)
  },
  show: (secretKey) => ({ secretKey }),
})

export const handler = lambda(addSecretKey)
