import { createSeasonEvents as create } from '../../../lib/actions/seasons/create-season-events.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { toEvent } from '../../../lib/seatsio/events/event-translate.ts'
import { toEventKeys } from '../../../lib/seatsio/seasons/season-input.ts'
import {
  createSeasonEventsRequest,
  seasonEventsReply,
  seasonParams,
} from '../../../lib/seatsio/seasons/season-shapes.ts'
import { inAutumn, thirdEvening } from '../../../lib/seatsio/seasons/season-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { EVENTS_MAX } from '../../../lib/limits/limits.ts'

export const createSeasonEvents = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/seasons/{seasonKey}/actions/create-events',
  summary: `Create up to ${EVENTS_MAX} events in a season, all or none`,
  description: 'What is sold on the season is taken in them, too. They are answered newest first.',
  storyPlace: 382,
  examples: {
    third: {
      summary: 'One evening more',
      params: inAutumn,
      body: { eventKeys: ['autumn-3'] },
      anew: [SHOWN.seasonThirdId],
      reply: { events: [thirdEvening] },
    },
  },
  access: 'secret-key',
  params: seasonParams,
  body: createSeasonEventsRequest,
  reply: seasonEventsReply,
  refusals: [
    'season-not-found',
    'chart-not-found',
    'chart-not-published',
    'drawing-invalid',
    'event-key-taken',
    'season-too-large',
    'terms-too-large',
    'record-busy',
  ],
  run(context, { params: { seasonKey }, body }) {
    return create(context, { seasonKey, eventKeys: toEventKeys(body, () => context.ids.uuid()) })
  },
  show: (made) => ({ events: made.map(toEvent).reverse() }),
})

export const handler = lambda(createSeasonEvents)
