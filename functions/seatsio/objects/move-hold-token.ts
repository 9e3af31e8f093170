import { moveTokenDeadline } from '../../../lib/actions/seats/move-token-deadline.ts'
import { addSeconds } from '../../../lib/clock.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  moveTokenRequest,
  toHoldToken,
  tokenParams,
  tokenReply,
} from '../../../lib/seatsio/objects/hold-token-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { exampleToken, issuedToken } from '../../../lib/seatsio/objects/object-story.ts'
import { HOUR_MS } from '../../../lib/limits/durations.ts'
import { HOLD_MS_MAX } from '../../../lib/limits/limits.ts'

export const moveHoldToken = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/hold-tokens/{holdToken}',
  summary: 'Let a hold token end sooner or later, with all that it holds',
  description: `A token lives ${HOLD_MS_MAX / HOUR_MS} hours at most, counted from its creation.`,
  storyPlace: 420,
  examples: {
    sooner: {
      summary: 'Ten minutes left, for all that it holds',
      params: exampleToken,
      body: { expiresInMinutes: 10 },
      reply: { ...issuedToken, expiresAt: '2027-03-04T18:30:00.000Z', expiresInSeconds: 600 },
    },
  },
  access: 'secret-key',
  params: tokenParams,
  body: moveTokenRequest,
  reply: tokenReply,
  refusals: [
    'hold-token-not-found',
    'hold-token-too-long',
    'hold-life-used-up',
    'extensions-used-up',
    'too-many-objects',
    'seats-refused',
  ],
  run(context, { params: { holdToken }, body: { expiresInMinutes: minutes } }) {
    return moveTokenDeadline(context, { holdToken, minutes })
  },
  show: (moved, { body: { expiresInMinutes: minutes } }, { caller: { workspaceKey = '' } }) =>
    toHoldToken(moved, { now: addSeconds(moved.row.expiresAt, -60 * minutes), workspaceKey }),
})

export const handler = lambda(moveHoldToken)
