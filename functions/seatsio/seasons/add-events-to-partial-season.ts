import { editPartialSeason } from '../../../lib/actions/seasons/edit-partial-season.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventWithMembersReply } from '../../../lib/seatsio/events/event-shapes.ts'
import { toEventWithMembers } from '../../../lib/seatsio/events/event-translate.ts'
import {
  addEventsRequest,
  partialSeasonParams,
} from '../../../lib/seatsio/seasons/season-shapes.ts'
import { inOpening, opening } from '../../../lib/seatsio/seasons/season-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const addEventsToPartialSeason = endpoint({
  surface: seatsio,
  method: 'POST',
  path: '/seasons/{seasonKey}/partial-seasons/{partialSeasonKey}/actions/add-events',
  summary: 'Add events of a season to a partial season of it',
  description: 'Those that it has already stay in it.',
  storyPlace: 384,
  examples: {
    second: {
      summary: 'The second evening as well',
      params: inOpening,
      body: { eventKeys: ['autumn-2'] },
      reply: opening('autumn-1', 'autumn-2'),
    },
  },
  access: 'secret-key',
  params: partialSeasonParams,
  body: addEventsRequest,
  reply: eventWithMembersReply,
  refusals: ['season-not-found', 'event-of-another-season', 'record-busy'],
  run(context, { params: { seasonKey, partialSeasonKey: partialKey }, body: { eventKeys } }) {
    return editPartialSeason(context, { verb: 'add', seasonKey, partialKey, eventKeys })
  },
  show: toEventWithMembers,
})

export const handler = lambda(addEventsToPartialSeason)
