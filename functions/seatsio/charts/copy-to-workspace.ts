import { copyToWorkspace } from '../../../lib/actions/charts/copy-to-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartReply, copyToParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toChart } from '../../../lib/seatsio/translate.ts'
import { backRoom, guestChart } from '../../../lib/seatsio/charts/chart-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const copyChartToWorkspace = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/version/published/actions/copy-to-workspace/{toWorkspaceKey}',
  summary: 'Copy what is published of a chart into another workspace of the company',
  description: 'The copy is called as the original, and has neither tags nor events.',
  storyPlace: 310,
  examples: {
    guest: {
      summary: 'From the default workspace into another',
      params: { ...backRoom, toWorkspaceKey: SHOWN.boxOfficeKey },
      anew: [SHOWN.guestId, SHOWN.guestKey, SHOWN.guestThumbnail],
      reply: guestChart,
    },
  },
  access: 'admin-key',
  actsInWorkspace: true,
  params: copyToParams,
  reply: chartReply,
  refusals: [
    'chart-not-found',
    'layout-not-found',
    'workspace-not-found',
    'workspace-is-inactive',
    'chart-not-publishable',
    'record-busy',
  ],
  run(context, { params }) {
    return copyToWorkspace(context, params)
  },
  show: (made, { origin }) => toChart(made, origin),
})

export const handler = lambda(copyChartToWorkspace)
