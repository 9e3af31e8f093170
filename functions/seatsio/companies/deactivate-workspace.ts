import * as z from 'zod'
import { switchWorkspace } from '../../../lib/actions/companies/switch-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { workspaceParams } from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { boxOfficeParams, popUpParams } from '../../../lib/seatsio/companies/company-story.ts'

export const deactivateWorkspace = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/workspaces/{workspaceKey}/actions/deactivate',
  summary: 'Keep a workspace, and let no key open it',
  description: 'Seen everywhere within a minute.',
  storyPlace: 60,
  examples: {
    off: { summary: 'No key opens it', params: boxOfficeParams },
    'pop-up': { summary: 'Nor this one', params: popUpParams },
  },
  access: 'admin-key',
  params: workspaceParams,
  reply: z.undefined(),
  refusals: ['workspace-not-found', 'workspace-is-default'],
  run(context, { params: { workspaceKey } }) {
    return switchWorkspace(context, { workspaceKey, isActive: false })
  },
})

export const handler = lambda(deactivateWorkspace)
