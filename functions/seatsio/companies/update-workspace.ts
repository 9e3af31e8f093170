import * as z from 'zod'
import { renameWorkspace } from '../../../lib/actions/companies/rename-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  renameWorkspaceRequest,
  workspaceParams,
} from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { popUpParams } from '../../../lib/seatsio/companies/company-story.ts'

export const updateWorkspace = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/workspaces/{workspaceKey}',
  summary: 'Give a workspace another name',
  storyPlace: 50,
  examples: {
    rename: {
      summary: 'Another name',
      params: popUpParams,
      body: { name: 'Winter pop-up' },
    },
  },
  access: 'admin-key',
  params: workspaceParams,
  body: renameWorkspaceRequest,
  reply: z.undefined(),
  refusals: ['workspace-not-found', 'record-busy'],
  run(context, { params: { workspaceKey }, body: { name } }) {
    return renameWorkspace(context, { workspaceKey, name })
  },
})

export const handler = lambda(updateWorkspace)
