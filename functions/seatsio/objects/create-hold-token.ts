import { createHoldToken as create } from '../../../lib/actions/seats/create-hold-token.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  createTokenRequest,
  toHoldToken,
  tokenReply,
} from '../../../lib/seatsio/objects/hold-token-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { issuedToken } from '../../../lib/seatsio/objects/object-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'

export const createHoldToken = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/hold-tokens',
  summary: 'Issue a hold token',
  description:
    'All that it will hold, in any event of the workspace, is held until the token ends.',
  storyPlace: 400,
  examples: {
    'half-an-hour': {
      summary: 'A token that lives half an hour',
      body: { expiresInMinutes: 30 },
      anew: [SHOWN.holdToken],
      reply: issuedToken,
    },
  },
  access: 'secret-key',
  body: createTokenRequest,
  reply: tokenReply,
  run(context, { body: { expiresInMinutes } }) {
    return create(context, expiresInMinutes)
  },
  show: (made, _, { caller: { workspaceKey = '' } }) =>
    toHoldToken(made, { now: made.row.createdAt, workspaceKey }),
})

export const handler = lambda(createHoldToken)
