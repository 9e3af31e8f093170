import * as z from 'zod'
import { setDefaultWorkspace as set } from '../../../lib/actions/companies/set-default-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { workspaceParams } from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const setDefaultWorkspace = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/workspaces/actions/set-default/{workspaceKey}',
  summary: 'Let admin keys act in that workspace where they name none',
  description: 'Seen everywhere within a minute.',
  storyPlace: 120,
  examples: {
    default: {
      summary: 'The workspace in which admin keys act',
      params: { workspaceKey: SHOWN.workspaceKey },
    },
  },
  access: 'admin-key',
  params: workspaceParams,
  reply: z.undefined(),
  refusals: ['workspace-not-found', 'workspace-is-inactive', 'record-busy'],
  run(context, { params: { workspaceKey } }) {
    return set(context, workspaceKey)
  },
})

export const handler = lambda(setDefaultWorkspace)
