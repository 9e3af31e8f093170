import { createPartialSeason as create } from '../../../lib/actions/seasons/create-partial-season.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { defined } from '../../../lib/defined.ts'
import { eventWithMembersReply } from '../../../lib/seatsio/events/event-shapes.ts'
import { toEventWithMembers } from '../../../lib/seatsio/events/event-translate.ts'
import {
  createPartialSeasonRequest,
  seasonParams,
} from '../../../lib/seatsio/seasons/season-shapes.ts'
import { inAutumn, opening } from '../../../lib/seatsio/seasons/season-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'
import { SHOWN } from '../../../lib/seatsio/story.ts'
import { PARTIAL_SEASONS_MAX } from '../../../lib/limits/limits.ts'

export const createPartialSeason = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/seasons/{seasonKey}/partial-seasons',
  summary: 'Create a partial season of some events of a season',
  description: `Events may be in several, and a partial season may have none. A season has up to ${PARTIAL_SEASONS_MAX}.`,
  storyPlace: 383,
  examples: {
    opening: {
      summary: 'The first evening alone',
      params: inAutumn,
      body: { key: 'autumn-opening', name: 'Opening', eventKeys: ['autumn-1'] },
      anew: [SHOWN.partialSeasonId],
      reply: opening('autumn-1'),
    },
  },
  access: 'secret-key',
  params: seasonParams,
  body: createPartialSeasonRequest,
  reply: eventWithMembersReply,
  refusals: [
    'season-not-found',
    'event-of-another-season',
    'chart-not-found',
    'chart-not-published',
    'drawing-invalid',
    'event-key-taken',
    'season-too-large',
    'terms-too-large',
    'record-busy',
  ],
  run(context, { params: { seasonKey }, body: { key, name, eventKeys = [] } }) {
    const eventKey = key ?? context.ids.uuid()
    return create(context, { seasonKey, eventKey, eventKeys, ...defined({ name }) })
  },
  show: toEventWithMembers,
})

export const handler = lambda(createPartialSeason)
