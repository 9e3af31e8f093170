import { readEventUsage } from '../../../lib/actions/reports/usage.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import {
  eventUsageReply,
  toEventUsage,
  usageEventParams,
} from '../../../lib/seatsio/reports/usage-shapes.ts'
import { monthBefore } from '../../../lib/seatsio/reports/usage-story.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const listUsageOfEvent = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/reports/usage/month/{month}/event/{eventId}',
  summary: 'List the objects that an event used in a month',
  description:
    'In the order in which they were first used, with the reason of that. An event that there is not used nothing.',
  storyPlace: 604,
  examples: {
    event: {
      summary: 'A month in which it had sold nothing yet',
      params: { ...monthBefore, eventId: String(SHOWN.firstNightId) },
      reply: [],
    },
  },
  access: 'admin-key',
  params: usageEventParams,
  reply: eventUsageReply,
  async run(context, { params: { month, eventId } }) {
    return toEventUsage(await readEventUsage(context, { month, serial: Number(eventId) }))
  },
})

export const handler = lambda(listUsageOfEvent)
