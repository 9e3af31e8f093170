import * as z from 'zod'
import { switchWorkspace } from '../../../lib/actions/companies/switch-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { workspaceParams } from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { boxOfficeParams } from '../../../lib/seatsio/companies/company-story.ts'

export const activateWorkspace = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/workspaces/{workspaceKey}/actions/activate',
  summary: 'Let keys open a workspace again',
  description: 'Seen everywhere within a minute.',
  storyPlace: 80,
  examples: { on: { summary: 'Its keys open it again', params: boxOfficeParams } },
  access: 'admin-key',
  params: workspaceParams,
  reply: z.undefined(),
  refusals: ['workspace-not-found'],
  run(context, { params: { workspaceKey } }) {
    return switchWorkspace(context, { workspaceKey, isActive: true })
  },
})

export const handler = lambda(activateWorkspace)
