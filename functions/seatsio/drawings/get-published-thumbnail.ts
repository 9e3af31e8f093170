import { pictureChart } from '../../../lib/actions/charts/picture-drawing.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, thumbnailReply } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { drawThumbnail, THUMBNAIL_TYPE } from '../../../lib/seatsio/charts/thumbnail.ts'
import { backRoom } from '../../../lib/seatsio/charts/chart-story.ts'

export const getPublishedThumbnail = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/charts/{chartKey}/version/published/thumbnail',
  summary: 'Read a small picture of the published drawing',
  storyPlace: 135,
  examples: { drawn: { summary: 'What is on sale', params: backRoom } },
  access: 'secret-key',
  params: chartParams,
  reply: thumbnailReply,
  replyMediaType: THUMBNAIL_TYPE,
  refusals: ['chart-not-found', 'layout-not-found', 'record-busy'],
  async run(context, { params: { chartKey } }) {
    const drawn = await pictureChart(context, { chartKey, version: 'published' }, drawThumbnail)
    return drawn.ok ? { bytes: drawn.value, mediaType: THUMBNAIL_TYPE } : drawn
  },
})

export const handler = lambda(getPublishedThumbnail)
