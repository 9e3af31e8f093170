import type { Examples } from '../../openapi/surface-document.ts'
import { one, SHOWN } from './story.ts'

/** Changes happen a second apart: these two are the seventh and the thirteenth. */
const RELEASE_AT = '2027-03-04T18:20:07.000Z'
const BATCH_AT = '2027-03-04T18:20:13.000Z'

const params = { eventKey: 'first-night' }

const line = {
  eventId: SHOWN.firstNightId,
  quantity: 1,
  origin: { type: 'API_CALL', ip: '127.0.0.1' },
  isPresentOnChart: true,
}

const booked = {
  ...line,
  id: SHOWN.newestLineId,
  date: BATCH_AT,
  status: 'booked',
  objectLabel: 'A-2',
  displayedLabel: 'A-2',
  orderId: 'ord-8841',
}

/** What was changed. */
export const logExamples: Record<string, Examples> = {
  'list-status-changes': one('newest', {
    summary: 'The two newest changes of an event, those of one request in their order',
    params,
    query: { limit: 2 },
    reply: {
      items: [
        booked,
        {
          ...line,
          id: SHOWN.earlierLineId,
          date: BATCH_AT,
          status: 'free',
          objectLabel: 'A-1',
          displayedLabel: 'A-1',
        },
      ],
      next_page_starts_after: String(SHOWN.earlierLineId),
    },
  }),
  'list-object-status-changes': one('newest', {
    summary: 'The two newest changes of one object',
    params: { ...params, label: 'A-2' },
    query: { limit: 2 },
    reply: {
      items: [
        booked,
        {
          ...line,
          id: SHOWN.objectLineId,
          date: RELEASE_AT,
          status: 'free',
          objectLabel: 'A-2',
          displayedLabel: 'A-2',
        },
      ],
      next_page_starts_after: String(SHOWN.objectLineId),
    },
  }),
}
