import { getWorkspace as get } from '../../../lib/actions/companies/get-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  workspaceParams,
  workspaceReply,
  toWorkspace,
} from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { boxOffice, boxOfficeParams } from '../../../lib/seatsio/companies/company-story.ts'

export const getWorkspace = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/workspaces/{workspaceKey}',
  summary: 'Read a workspace, with its secret key',
  storyPlace: 30,
  examples: {
    again: {
      summary: 'Its secret key, once more',
      params: boxOfficeParams,
      reply: boxOffice,
    },
  },
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
