import { readStatus } from '../../../lib/actions/seats/read-status.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatbuilder/shapes.ts'
import { statusReply } from '../../../lib/seatbuilder/status-shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { toPlacesStatus, toStatus } from '../../../lib/seatbuilder/status-translate.ts'
import { MINE, demoEvent } from '../../../lib/seatbuilder/story.ts'

export const getStatus = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/api/v1/events/{eventKey}/status',
  summary: 'Read everything that is not free',
  description:
    'A seat that is not listed is free. Of an area whose places are sold one by one, entries tell how many are held and booked. Publishable keys see neither tokens nor extra data.',
  storyPlace: 150,
  examples: {
    held: {
      summary: 'As a secret key sees three held seats',
      params: demoEvent,
      reply: {
        ...demoEvent,
        objects: ['S-A-10', 'S-A-11', 'S-A-12'].map((objectLabel) => ({
          objectLabel,
          status: 'held',
          holdToken: MINE,
          holdExpiresAt: '2027-03-04T18:30:00.000Z',
          categoryKey: '1',
          extraData: null,
        })),
      },
    },
  },
  access: 'publishable-key',
  params: eventParams,
  reply: statusReply,
  refusals: ['event-not-found'],
  async run(context, { params: { eventKey } }) {
    const outcome = await readStatus(context, eventKey)
    if (!outcome.ok) return outcome
    const isSecret = context.caller.kind === 'secret'
    const { taken, areas } = outcome.value
    const objects = [
      ...taken.map((seat) => toStatus(seat, { isSecret })),
      ...areas.flatMap((places) => toPlacesStatus(places, { isSecret })),
    ]
    return { eventKey, objects }
  },
})

export const handler = lambda(getStatus)
