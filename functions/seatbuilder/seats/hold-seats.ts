import { holdSeats as hold } from '../../../lib/actions/seats/hold-seats.ts'
import { addSeconds } from '../../../lib/clock.ts'
import { defined } from '../../../lib/defined.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { holdRefusals, toHold } from '../../../lib/seatbuilder/hold-change.ts'
import { eventParams, holdReply, holdRequest } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { heldUntil, toEventKeys, toLabels } from '../../../lib/seatbuilder/translate.ts'
import { MINE, demoEvent, heldSeats, taken } from '../../../lib/seatbuilder/story.ts'

export const holdSeats = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/events/{eventKey}/seats/hold',
  summary: 'Hold one seat, several all or none, or places of an area',
  description:
    'Give `objectLabel`, or `objectLabels` for several seats; with `objectType` and `quantity` places of an area, which are added to what the token holds of it. What the token holds already gets the new deadline. A table that the event sells as a whole is held by its label, and while a seat at it is taken, so is the table. A seat in a channel, or off sale, is `not_for_sale`; a secret key may open channels. Under a hold token that the seats.io API issued everything has the deadline of that token, whatever `ttlSeconds` says.',
  storyPlace: 130,
  examples: {
    'one-seat': {
      summary: 'One seat, for the default of 15 minutes',
      params: demoEvent,
      body: { objectLabel: 'S-A-10', holdToken: MINE },
      reply: { ...heldSeats, objectLabel: 'S-A-10' },
    },
    'two-seats': {
      summary: 'Two seats, all or none',
      params: demoEvent,
      body: { objectLabels: ['S-A-11', 'S-A-12'], holdToken: MINE, ttlSeconds: 300 },
      reply: {
        ...heldSeats,
        holdExpiresAt: '2027-03-04T18:25:00.000Z',
        held: [{ objectLabel: 'S-A-11' }, { objectLabel: 'S-A-12' }],
      },
    },
    taken,
  },
  access: 'publishable-key',
  params: eventParams,
  body: holdRequest,
  reply: holdReply,
  takesAdmission: true,
  refusals: [...holdRefusals, 'seats-refused'],
  run(context, { params: { eventKey }, body }) {
    const { objectLabel, objectLabels = [objectLabel ?? ''], quantity: places } = body
    const parts = [{ eventKey, labels: objectLabels }] as const
    return hold(context, { parts, change: toHold(body, context.now()), places })
  },
  show: ({ events: [event], seats }, { body }, { now }) => ({
    ...toEventKeys(event),
    status: 'held' as const,
    holdToken: body.holdToken,
    holdExpiresAt: heldUntil(seats, addSeconds(now(), body.ttlSeconds)),
    ...(body.objectLabels === undefined
      ? { objectLabel: body.objectLabel ?? '', ...defined({ quantity: seats[0]?.quantity }) }
      : { held: toLabels(body.objectLabels) }),
  }),
})

export const handler = lambda(holdSeats)
