import * as z from 'zod'
import { deleteWorkspace as remove } from '../../../lib/actions/companies/delete-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { workspaceParams } from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { popUpParams } from '../../../lib/seatsio/companies/company-story.ts'

export const deleteWorkspace = endpoint({
  surface: seatsio,
  method: 'DELETE',
  path: '/workspaces/{workspaceKey}',
  summary: 'Delete a workspace that is not active',
  description: 'What is in it can be reached by no key any more.',
  storyPlace: 90,
  examples: { gone: { summary: 'Gone', params: popUpParams } },
  access: 'admin-key',
  params: workspaceParams,
  reply: z.undefined(),
  refusals: ['workspace-not-found', 'workspace-is-active', 'record-busy'],
  run(context, { params: { workspaceKey } }) {
    return remove(context, workspaceKey)
  },
})

export const handler = lambda(deleteWorkspace)
