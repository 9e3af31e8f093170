import { createWorkspace as create } from '../../../lib/actions/companies/create-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  createWorkspaceRequest,
  workspaceReply,
  toWorkspace,
} from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { boxOffice, popUp } from '../../../lib/seatsio/companies/company-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const createWorkspace = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/workspaces',
  summary: 'Create a workspace: an inventory of its own',
  storyPlace: 20,
  examples: {
    test: {
      summary: 'A workspace for tests',
      body: { name: 'Box office', isTest: true },
      anew: [SHOWN.boxOfficeId, SHOWN.boxOfficeKey, SHOWN.boxOfficeSecret],
      reply: boxOffice,
    },
    real: {
      summary: 'A workspace',
      body: { name: 'Pop-up' },
      anew: [SHOWN.popUpId, SHOWN.popUpKey, SHOWN.popUpSecret],
      reply: popUp,
    },
  },
  access: 'admin-key',
  body: createWorkspaceRequest,
  showsSecret: true,
  reply: workspaceReply,
  run(context, { body }) {
    return create(context, body)
  },
  show: toWorkspace,
})

export const handler = lambda(createWorkspace)
