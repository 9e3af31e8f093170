import { checkHealth } from '../../lib/actions/check-health.ts'
import { endpoint } from '../../lib/http/endpoint.ts'
import { lambda } from '../../lib/http/lambda.ts'
import { healthReply } from '../../lib/seatbuilder/shapes.ts'
import { seatbuilder } from '../../lib/seatbuilder/surface.ts'

export const getHealth = endpoint({
  surface: seatbuilder,
  method: 'GET',
  path: '/health',
  summary: 'Whether the store can be reached',
  storyPlace: 10,
  examples: { up: { summary: 'The store can be reached', reply: { status: 'ok' } } },
  access: 'anyone',
  reply: healthReply,
  async run(context) {
    await checkHealth(context)
    return { status: 'ok' as const }
  },
})

export const handler = lambda(getHealth)
