import { readDraft } from '../../../lib/actions/charts/read-layout.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { chartParams, drawingReply } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { backRoom, backRoomDrawing } from '../../../lib/seatsio/charts/chart-story.ts'

export const getDraftDrawing = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/charts/{chartKey}/version/draft',
  summary: 'Read the draft, where it is not what is published',
  storyPlace: 592,
  examples: {
    renamed: {
      summary: 'The drawing with its new name',
      params: backRoom,
      reply: { ...backRoomDrawing, name: 'Back room, winter' },
    },
  },
  access: 'secret-key',
  params: chartParams,
  reply: drawingReply,
  isTagged: true,
  refusals: ['chart-not-found', 'layout-not-found', 'record-busy'],
  async run(context, { params: { chartKey } }) {
    const found = await readDraft(context, chartKey)
    return found.ok ? { rawJson: found.value } : found
  },
})

export const handler = lambda(getDraftDrawing)
