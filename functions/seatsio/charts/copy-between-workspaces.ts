import { copyToWorkspace } from '../../../lib/actions/charts/copy-to-workspace.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartReply, copyBetweenParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toChart } from '../../../lib/seatsio/translate.ts'
import { backRoom, guestChart, pictureOf } from '../../../lib/seatsio/charts/chart-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const copyChartBetweenWorkspaces = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/version/published/actions/copy/from/{fromWorkspaceKey}/to/{toWorkspaceKey}',
  summary: 'Copy what is published of a chart from one workspace of the company into another',
  description: 'The copy is called as the original, and has neither tags nor events.',
  storyPlace: 320,
  examples: {
    guest: {
      summary: 'From a workspace that is named into another',
      params: {
        ...backRoom,
        fromWorkspaceKey: SHOWN.workspaceKey,
        toWorkspaceKey: SHOWN.boxOfficeKey,
      },
      anew: [SHOWN.secondGuestId, SHOWN.secondGuestKey, SHOWN.secondGuestThumbnail],
      reply: {
        ...guestChart,
        id: SHOWN.secondGuestId,
        key: SHOWN.secondGuestKey,
        publishedVersionThumbnailUrl: pictureOf(SHOWN.secondGuestThumbnail),
      },
    },
  },
  access: 'admin-key',
  params: copyBetweenParams,
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

export const handler = lambda(copyChartBetweenWorkspaces)
