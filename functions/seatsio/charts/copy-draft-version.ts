import { copyChart } from '../../../lib/actions/charts/copy-chart.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, chartReply } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toChart } from '../../../lib/seatsio/translate.ts'
import { backRoom, backRoomChart, pictureOf } from '../../../lib/seatsio/charts/chart-story.ts'

const COPY_ID = 562036736000132
const COPY_KEY = '6d2f0b9e-47c1-4a35-8e90-b13c5d7f2a68'
const COPY_THUMBNAIL = '01KN8V6GCWT8X3YBZDEFGHJMPR-1'

export const copyDraftVersion = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/charts/{chartKey}/version/draft/actions/copy',
  summary: 'Copy the draft of a chart into a chart of its own',
  description: 'The copy has the tags of the original, and no events.',
  storyPlace: 595,
  examples: {
    copy: {
      summary: 'A chart of its own',
      params: backRoom,
      anew: [COPY_ID, COPY_KEY, COPY_THUMBNAIL],
      reply: {
        ...backRoomChart,
        id: COPY_ID,
        key: COPY_KEY,
        name: 'Back room, winter (copy)',
        publishedVersionThumbnailUrl: pictureOf(COPY_THUMBNAIL),
      },
    },
  },
  access: 'secret-key',
  params: chartParams,
  reply: chartReply,
  refusals: ['chart-not-found', 'layout-not-found', 'chart-not-publishable', 'record-busy'],
  run(context, { params: { chartKey } }) {
    return copyChart(context, { chartKey, version: 'draft' })
  },
  show: (made, { origin }) => toChart(made, origin),
})

export const handler = lambda(copyDraftVersion)
