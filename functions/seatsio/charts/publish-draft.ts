import { publishDraft as publish } from '../../../lib/actions/charts/publish-draft.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { soldQuery, soldReply, tellsSold } from '../../../lib/seatsio/charts/sold-shapes.ts'
import { toSoldCare, toSoldReply } from '../../../lib/seatsio/charts/sold-translate.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { backRoom } from '../../../lib/seatsio/charts/chart-story.ts'

export const publishDraft = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/version/draft/actions/publish',
  summary: 'Publish the draft to all events of the chart',
  description: `What is held and booked stays so, by label. ${tellsSold}`,
  storyPlace: 596,
  examples: { winter: { summary: 'On sale from now on', params: backRoom, status: 204 } },
  access: 'secret-key',
  params: chartParams,
  query: soldQuery,
  reply: soldReply,
  takesIfMatch: true,
  refusals: [
    'chart-not-found',
    'layout-not-found',
    'drawing-invalid',
    'chart-not-publishable',
    'draft-changed',
    'sold-objects-affected',
    'sold-objects-unread',
    'record-busy',
  ],
  run(context, { params: { chartKey }, query, ifMatch }) {
    return publish(context, chartKey, { ...toSoldCare(query), expected: ifMatch })
  },
  show: toSoldReply,
})

export const handler = lambda(publishDraft)
