import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { subscriptionReply } from '../../../lib/seatsio/reports/usage-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const getSubscription = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/subscription',
  summary: 'Read the subscription',
  description: 'Whoever runs this subscribes to nothing.',
  storyPlace: 608,
  examples: {
    none: { summary: 'There is none', reply: {} },
  },
  access: 'admin-key',
  reply: subscriptionReply,
  run: () => Promise.resolve({}),
})

export const handler = lambda(getSubscription)
