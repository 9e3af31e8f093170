import { getDescribedEvent } from '../../../lib/actions/events/describe-events.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventParams, eventWithMembersReply } from '../../../lib/seatsio/events/event-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { toEventWithMembers } from '../../../lib/seatsio/events/event-translate.ts'
import { firstNight } from '../../../lib/seatsio/story.ts'
import { firstNightEvent } from '../../../lib/seatsio/events/event-story.ts'

export const getEvent = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/events/{eventKey}',
  summary: 'Read an event or a season',
  description: 'A season comes with its events and partial seasons.',
  storyPlace: 350,
  examples: { 'first-night': { summary: 'An event', params: firstNight, reply: firstNightEvent } },
  access: 'secret-key',
  params: eventParams,
  reply: eventWithMembersReply,
  refusals: ['event-not-found'],
  async run(context, { params }) {
    const found = await getDescribedEvent(context, params.eventKey)
    return found.ok ? toEventWithMembers(found.value) : found
  },
})

export const handler = lambda(getEvent)
