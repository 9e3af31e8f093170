import { createWorkspace as create } from '../../../lib/actions/companies/create-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  createWorkspaceRequest,
  workspaceReply,
  toWorkspace,
} from '../../../lib/seatsio/companies/workspace-shapes.ts'

export const createWorkspace = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/workspaces',
  summary: 'Create a workspace: an inventory of its own',
  access: 'admin-key',
  body: createWorkspaceRequest,
  showsSecret: true,
  reply: workspaceReply,
  run(context, { body }) {
    return create(context, body, toWorkspace)
  },
})

export const handler = lambda(createWorkspace)
