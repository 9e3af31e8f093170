import { listWorkspaces as list } from '../../../lib/actions/companies/list-workspaces.ts'
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
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const listWorkspaces = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/workspaces',
  summary: 'List workspaces, newest first',
  storyPlace: 40,
  examples: {
    newest: {
      summary: 'The newest workspace',
      query: { limit: 1 },
      reply: { items: [popUp], next_page_starts_after: String(SHOWN.popUpId) },
    },
  },
  access: 'admin-key',
  query: workspacesQuery,
  reply: workspacesReply,
  async run(context, { query }) {
    const page = await list(context, query)
    return toPage({ ...page, items: page.items.map(toWorkspace) })
  },
})

export const handler = lambda(listWorkspaces)
