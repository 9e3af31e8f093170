import { createHoldToken as create } from '../../../lib/actions/seats/create-hold-token.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  createTokenRequest,
  toHoldToken,
  tokenReply,
} from '../../../lib/seatsio/objects/hold-token-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const createHoldToken = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/hold-tokens',
  summary: 'Issue a hold token',
  description:
    'All that it will hold, in any event of the workspace, is held until the token ends.',
  access: 'secret-key',
  body: createTokenRequest,
  reply: tokenReply,
  run(context, { body: { expiresInMinutes } }) {
    const { workspaceKey = '' } = context.caller
    return create(context, expiresInMinutes, (made) =>
      toHoldToken(made, { now: made.row.createdAt, workspaceKey }),
    )
  },
})

export const handler = lambda(createHoldToken)
