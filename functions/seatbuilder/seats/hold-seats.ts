import type * as z from 'zod'
import { holdSeats as hold } from '../../../lib/actions/seats/hold-seats.ts'
import { addSeconds, type Instant } from '../../../lib/clock.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import type { Change } from '../../../lib/rules/machine.ts'
import { eventParams, holdReply, holdRequest } from '../../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../../lib/seatbuilder/surface.ts'
import { heldUntil, toEventKeys, toLabels } from '../../../lib/seatbuilder/translate.ts'

export const holdSeats = endpoint({
  surface: seatbuilder,
  method: 'POST',
  path: '/api/v1/events/{eventKey}/seats/hold',
  summary: 'Hold one seat, or several all or none',
  description:
    'Give `objectLabel`, or `objectLabels` for several seats. What the token holds already gets the new deadline. Under a hold token that the seats.io API issued everything has the deadline of that token, whatever `ttlSeconds` says.',
  access: 'publishable-key',
  params: eventParams,
  body: holdRequest,
  reply: holdReply,
  refusals: [
    'event-not-found',
    'too-many-live-holds',
    'too-many-objects',
    'hold-token-unknown',
    'seats-refused',
  ],
  run(context, { params: { eventKey }, body }) {
    const { objectLabel, objectLabels, holdToken } = body
    const labels = objectLabels ?? [objectLabel ?? '']
    const change = toHold(body, context.now())
    const parts = [{ eventKey, labels }] as const
    return hold(context, { parts, change }, ({ events: [event], seats }) => ({
      ...toEventKeys(event),
      status: 'held' as const,
      holdToken,
      holdExpiresAt: heldUntil(seats, change.until),
      ...(objectLabels === undefined
        ? { objectLabel: objectLabel ?? '' }
        : { held: toLabels(labels) }),
    }))
  },
})

export const handler = lambda(holdSeats)

function toHold(body: z.output<typeof holdRequest>, now: Instant) {
  return {
    kind: 'hold',
    holdToken: body.holdToken,
    until: addSeconds(now, body.ttlSeconds),
    ...(body.categoryKey === undefined ? {} : { categoryKey: body.categoryKey }),
    ...(body.extraData === undefined ? {} : { extraData: body.extraData }),
  } as const satisfies Change
}
