import { holdBest } from '../../../lib/actions/seats/best/hold-best.ts'
import { addSeconds } from '../../../lib/clock.ts'
import { defined } from '../../../lib/defined.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { bestReply, bestRequest } from '../../../lib/seatbuilder/best-shapes.ts'
import { holdRefusals, toHold } from '../../../lib/seatbuilder/hold-change.ts'
import { eventParams } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { heldUntil, toEventKeys } from '../../../lib/seatbuilder/translate.ts'
import { MINE, demoEvent, heldSeats } from '../../../lib/seatbuilder/story.ts'

export const holdBestAvailable = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/events/{eventKey}/seats/best-available',
  summary: 'Hold the best seats that are free, or places of an area',
  description:
    'For buyers who name no seats: nearest to the focal point of the chart, side by side and so that no seat is left alone where that is possible; else with as few people alone as possible. Where there are no seats, booths and tables are held, or places of one area. Everything else is as with a hold of seats that are named.',
  storyPlace: 185,
  examples: {
    'two-together': {
      summary: 'The two best seats, side by side',
      params: demoEvent,
      body: { number: 2, holdToken: MINE, together: true },
      reply: {
        ...heldSeats,
        held: [{ objectLabel: 'T3-1' }, { objectLabel: 'T3-2' }],
        nextToEachOther: true,
      },
    },
    'no-such-seats': {
      summary: 'More than one category has, and they must be side by side',
      params: demoEvent,
      body: { number: 120, holdToken: MINE, categories: ['cabaret'], together: true },
      status: 409,
      reply: {
        statusCode: 409,
        message: 'Best available objects not found',
        code: 'best_not_found',
      },
    },
  },
  access: 'publishable-key',
  params: eventParams,
  body: bestRequest,
  reply: bestReply,
  takesAdmission: true,
  refusals: [...holdRefusals, 'no-focal-point', 'best-not-found', 'seats-refused'],
  run(context, { params: { eventKey }, body }) {
    const { number, categories, sections, zone, accessibleSeats } = body
    const { together: isTogether, inCategoryOrder: isByCategory, preventOrphans } = body
    const wish = {
      ...{ number, accessibleSeats, isTogether, isByCategory, preventsOrphans: preventOrphans },
      ...defined({ categories, sections, zone }),
    }
    return holdBest(context, { eventKey, change: toHold(body, context.now()), wish })
  },
  show: ({ events: [event], seats, choice }, { body }, { now }) => ({
    ...toEventKeys(event),
    status: 'held' as const,
    holdToken: body.holdToken,
    holdExpiresAt: heldUntil(seats, addSeconds(now(), body.ttlSeconds)),
    held: seats.map(({ label: objectLabel, quantity }) => {
      return { objectLabel, ...defined({ quantity }) }
    }),
    ...defined({ nextToEachOther: choice.isNextToEachOther }),
  }),
})

export const handler = lambda(holdBestAvailable)
