import { pictureDrawing } from '../../../lib/actions/charts/picture-drawing.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { thumbnailParams, thumbnailReply } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { drawThumbnail, THUMBNAIL_TYPE } from '../../../lib/seatsio/charts/thumbnail.ts'
import { toDrawingRef } from '../../../lib/seatsio/translate.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const getThumbnail = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/thumbnails/{thumbnailId}',
  summary: 'Read a small picture of a drawing, by an address that a chart told',
  description: 'Nobody can guess such an address, and it says nothing of the company.',
  storyPlace: 137,
  examples: {
    told: {
      summary: 'By the address that the chart told',
      params: { thumbnailId: SHOWN.thumbnail },
    },
  },
  access: 'anyone',
  params: thumbnailParams,
  reply: thumbnailReply,
  replyMediaType: THUMBNAIL_TYPE,
  refusals: ['layout-not-found', 'record-busy'],
  async run(context, { params: { thumbnailId } }) {
    const wanted = { ref: toDrawingRef(thumbnailId), name: thumbnailId }
    const drawn = await pictureDrawing(context, wanted, drawThumbnail)
    // A drawing never changes: the next one has another address.
    return drawn.ok ? { bytes: drawn.value, mediaType: THUMBNAIL_TYPE, tag: thumbnailId } : drawn
  },
})

export const handler = lambda(getThumbnail)
