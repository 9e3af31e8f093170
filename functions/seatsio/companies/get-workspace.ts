import { getWorkspace as get } from '../../../lib/actions/companies/get-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  workspaceParams,
  workspaceReply,
  toWorkspace,
} from '../../../lib/seatsio/companies/workspace-shapes.ts'

export const getWorkspace = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/workspaces/{workspaceKey}',
  summary: 'Read a workspace, with its secret key',
  access: 'admin-key',
  params: workspaceParams,
  reply: workspaceReply,
  refusals: ['workspace-not-found'],
  async run(context, { params }) {
    const outcome = await get(context, params.workspaceKey)
    return outcome.ok ? toWorkspace(outcome.value) : outcome
  },
})

export const handler = lambda(getWorkspace)
