import { readDrawing } from '../../lib/actions/read-layout.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { thumbnailParams, thumbnailReply } from '../../lib/seatsio/chart-shapes.ts'
import { seatsio } from '../../lib/seatsio/surface.ts'
import { drawThumbnail } from '../../lib/seatsio/thumbnail.ts'
import { toDrawingRef } from '../../lib/seatsio/translate.ts'

export const getThumbnail = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/thumbnails/{thumbnailId}',
  summary: 'Read a small picture of a drawing, by an address that a chart told',
  description: 'Nobody can guess such an address, and it says nothing of the company.',
  access: 'anyone',
  params: thumbnailParams,
  reply: thumbnailReply,
  replyMediaType: 'image/png',
  refusals: ['layout-not-found'],
  async run(context, { params: { thumbnailId } }) {
    const found = await readDrawing(context, toDrawingRef(thumbnailId), thumbnailId)
    return found.ok ? drawThumbnail(found.value) : found
  },
})

export const handler = lambda(getThumbnail)
