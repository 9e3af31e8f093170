import { getHoldToken as get } from '../../../lib/actions/seats/hold-token.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  toHoldToken,
  tokenParams,
  tokenReply,
} from '../../../lib/seatsio/objects/hold-token-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { exampleToken, issuedToken } from '../../../lib/seatsio/objects/object-story.ts'

export const getHoldToken = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/hold-tokens/{holdToken}',
  summary: 'Read a hold token',
  storyPlace: 410,
  examples: {
    again: { summary: 'How long it lives', params: exampleToken, reply: issuedToken },
  },
  access: 'secret-key',
  params: tokenParams,
  reply: tokenReply,
  refusals: ['hold-token-not-found'],
  async run(context, { params: { holdToken } }) {
    const { workspaceKey = '' } = context.caller
    const found = await get(context, holdToken)
    return found.ok ? toHoldToken(found.value, { now: context.now(), workspaceKey }) : found
  },
})

export const handler = lambda(getHoldToken)
