import { readLayout } from '../../lib/actions/read-layout.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { chartParams, thumbnailReply } from '../../lib/seatsio/chart-shapes.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'
import { drawThumbnail } from '../../lib/seatsio/thumbnail.ts'

export const getPublishedThumbnail = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/charts/{chartKey}/version/published/thumbnail',
  summary: 'Read a small picture of the published drawing',
  access: 'secret-key',
  params: chartParams,
  reply: thumbnailReply,
  replyMediaType: 'image/png',
  refusals: ['chart-not-found', 'layout-not-found', 'record-busy'],
  async run(context, { params: { chartKey } }) {
    const found = await readLayout(context, chartKey, 'published')
    return found.ok ? drawThumbnail(found.value) : found
  },
})

export const handler = lambda(getPublishedThumbnail)
