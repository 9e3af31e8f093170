import { listWorkspaces } from '../../../lib/actions/companies/list-workspaces.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { toPage } from '../../../lib/seatsio/paging.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import {
  toWorkspace,
  workspacesQuery,
  workspacesReply,
} from '../../../lib/seatsio/companies/workspace-shapes.ts'
import { popUp } from '../../../lib/seatsio/companies/company-story.ts'

export const listInactiveWorkspaces = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/workspaces/inactive',
  summary: 'List workspaces that are not active, newest first',
  storyPlace: 70,
  examples: {
    filter: {
      summary: 'Those whose name or key has a text in it',
      query: { filter: 'winter' },
      reply: { items: [{ ...popUp, name: 'Winter pop-up', isActive: false }] },
    },
  },
  access: 'admin-key',
  query: workspacesQuery,
  reply: workspacesReply,
  async run(context, { query }) {
    const page = await listWorkspaces(context, { ...query, isActive: false })
    return toPage({ ...page, items: page.items.map(toWorkspace) })
  },
})

export const handler = lambda(listInactiveWorkspaces)
