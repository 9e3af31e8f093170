import { readSnapshot } from '../../../lib/actions/snapshots/read-snapshot.ts'
import { readStatus } from '../../../lib/actions/seats/read-status.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams } from '../../../lib/seatbuilder/shapes.ts'
import { toBuyersStatus } from '../../../lib/seatbuilder/snapshot-status.ts'
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
    'A seat that is not listed is free. Of an area whose places are sold one by one, entries tell how many are held and booked. Publishable keys see neither tokens nor extra data, and get what the snapshot of the event tells: it is up to a second old, while holds end in it at their millisecond.',
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
  refusals: ['event-not-found', 'store-slow'],
  async run(context, { params: { eventKey } }) {
    if (context.caller.kind === 'publishable') {
      const polled = await readSnapshot(context, { eventKey, along: 'labels' })
      if (!polled.ok) return polled
      const { kept, now, told, labels } = polled.value
      const objects = toBuyersStatus({ hall: kept.hall, now, ended: told.ended, labels })
      return { eventKey, objects }
    }
    const outcome = await readStatus(context, eventKey)
    if (!outcome.ok) return outcome
    const { taken, areas } = outcome.value
    return { eventKey, objects: [...taken.map(toStatus), ...areas.flatMap(toPlacesStatus)] }
  },
})

export const handler = lambda(getStatus)
