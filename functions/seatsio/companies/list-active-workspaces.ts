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
import { boxOffice, production } from '../../../lib/seatsio/companies/company-story.ts'

export const listActiveWorkspaces = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/workspaces/active',
  summary: 'List active workspaces, newest first',
  storyPlace: 100,
  examples: {
    all: {
      summary: 'All that are active',
      reply: { items: [boxOffice, production] },
    },
  },
  access: 'admin-key',
  query: workspacesQuery,
  reply: workspacesReply,
  async run(context, { query }) {
    const page = await listWorkspaces(context, { ...query, isActive: true })
    return toPage({ ...page, items: page.items.map(toWorkspace) })
  },
})

export const handler = lambda(listActiveWorkspaces)
