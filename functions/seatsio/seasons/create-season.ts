import { createSeason as create } from '../../../lib/actions/seasons/create-season.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventWithMembersReply } from '../../../lib/seatsio/events/event-shapes.ts'
import { toEventWithMembers } from '../../../lib/seatsio/events/event-translate.ts'
import { toNewSeason } from '../../../lib/seatsio/seasons/season-input.ts'
import { createSeasonRequest } from '../../../lib/seatsio/seasons/season-shapes.ts'
import { autumn } from '../../../lib/seatsio/seasons/season-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { EVENTS_MAX, SEASON_EVENTS_MAX } from '../../../lib/limits/limits.ts'

export const createSeason = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/seasons',
  summary: 'Create a season with its events, all or none',
  description: `Up to ${EVENTS_MAX} events in a request; a season has up to ${SEASON_EVENTS_MAX} at a time. Without keys, season and events get UUIDs.`,
  storyPlace: 381,
  examples: {
    two: {
      summary: 'Two evenings',
      body: {
        chartKey: 'back-room',
        ...{ key: 'autumn', name: 'Autumn', eventKeys: ['autumn-1', 'autumn-2'] },
      },
      anew: [SHOWN.seasonId, SHOWN.seasonFirstId, SHOWN.seasonSecondId],
      reply: autumn,
    },
  },
  access: 'secret-key',
  body: createSeasonRequest,
  reply: eventWithMembersReply,
  refusals: [
    'chart-not-found',
    'chart-not-published',
    'drawing-invalid',
    'category-unknown',
    'event-key-taken',
    'channel-taken',
    'area-in-channels-twice',
    'too-many-area-places',
    'too-many-channels',
    'season-too-large',
    'terms-too-large',
    'record-busy',
  ],
  run(context, { body }) {
    return create(
      context,
      toNewSeason(body, () => context.ids.uuid()),
    )
  },
  show: toEventWithMembers,
})

export const handler = lambda(createSeason)
