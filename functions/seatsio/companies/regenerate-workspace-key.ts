import { regenerateWorkspaceKey as regenerate } from '../../../lib/actions/companies/regenerate-workspace-key.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { secretKeyReply, workspaceParams } from '../../../lib/seatsio/companies/workspace-shapes.ts'

export const regenerateWorkspaceKey = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/workspaces/{workspaceKey}/actions/regenerate-secret-key',
  summary: 'Make the secret key of a workspace anew',
  description:
    'The key before is gone; whoever looked it up lately may believe it for a minute more.',
  access: 'admin-key',
  params: workspaceParams,
  showsSecret: true,
  reply: secretKeyReply,
  refusals: ['workspace-not-found', 'record-busy'],
  run(context, { params: { workspaceKey } }) {
    return regenerate(context, workspaceKey, (secretKey) => ({ secretKey }))
  },
})

export const handler = lambda(regenerateWorkspaceKey)
