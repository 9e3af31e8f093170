import { editPartialSeason } from '../../../lib/actions/seasons/edit-partial-season.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { eventWithMembersReply } from '../../../lib/seatsio/events/event-shapes.ts'
import { toEventWithMembers } from '../../../lib/seatsio/events/event-translate.ts'
import { memberParams } from '../../../lib/seatsio/seasons/season-shapes.ts'
import { inOpening, opening } from '../../../lib/seatsio/seasons/season-story.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const removeEventFromPartialSeason = endpoint({
  surface: seatsio,
  method: 'DELETE',
  path: '/seasons/{seasonKey}/partial-seasons/{partialSeasonKey}/events/{eventKey}',
  summary: 'Take an event out of a partial season',
  description: 'It stays in the season. Nothing changes where it is not in the partial season.',
  storyPlace: 385,
  examples: {
    first: {
      summary: 'Without the first evening',
      params: { ...inOpening, eventKey: 'autumn-1' },
      reply: opening('autumn-2'),
    },
  },
  access: 'secret-key',
  params: memberParams,
  reply: eventWithMembersReply,
  refusals: ['season-not-found', 'event-not-found', 'event-of-another-season', 'record-busy'],
  run(context, { params: { seasonKey, partialSeasonKey: partialKey, eventKey } }) {
    const eventKeys = [eventKey]
    return editPartialSeason(context, { verb: 'remove', seasonKey, partialKey, eventKeys })
  },
  show: toEventWithMembers,
})

export const handler = lambda(removeEventFromPartialSeason)
