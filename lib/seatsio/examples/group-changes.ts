import type { Examples } from '../../openapi/surface-document.ts'
import { seat } from './seats.ts'
import { one, oneError, SHOWN } from './story.ts'

const query = { expand: 'objects' }
const { holdToken } = SHOWN
const orderId = 'ord-8841'
const both = { events: ['first-night', SHOWN.lateShowKey], objects: ['A-1'] }

/** Changes of objects in several events: the same ones in each, or a list of changes. */
export const groupExamples: Record<string, Examples> = {
  'hold-in-group': one('both-shows', {
    summary: 'The same seat in two shows, by one token; the first show is the one that is shown',
    query,
    body: { ...both, holdToken },
    reply: { objects: { 'A-1': seat('A-1', 'reservedByToken', { holdToken }) } },
  }),
  'book-in-group': one('held-ones', {
    summary: 'What the token holds in both shows',
    body: { ...both, holdToken, orderId },
    status: 204,
  }),
  'put-up-for-resale-in-group': one('both-shows', {
    summary: 'Offered again in both shows',
    body: both,
    status: 204,
  }),
  'release-in-group': one('both-shows', {
    summary: 'Free again in both shows',
    query,
    body: both,
    reply: { objects: { 'A-1': seat('A-1', 'free') } },
  }),
  'change-object-status-in-group': one('as-libraries-do', {
    summary: 'As client libraries book: by this call, with a status, and with the objects after it',
    query,
    body: {
      ...both,
      type: 'CHANGE_STATUS_TO',
      status: 'booked',
      objects: [{ objectId: 'A-1', ticketType: 'adult' }],
    },
    reply: { objects: { 'A-1': seat('A-1', 'booked', { ticketType: 'adult' }) } },
  }),
  'change-object-status-in-batch': {
    'move-guest': {
      summary: 'Another seat for a guest: the old one free, the new one booked, or neither',
      query,
      body: {
        statusChanges: [
          { event: 'first-night', type: 'RELEASE', objects: ['A-1'] },
          { event: 'first-night', status: 'booked', objects: ['A-2'], orderId },
        ],
      },
      reply: {
        results: [
          { objects: { 'A-1': seat('A-1', 'free') } },
          { objects: { 'A-2': seat('A-2', 'booked', { orderId }) } },
        ],
      },
    },
    'second-refused': {
      summary: 'The second change is refused, so the first one is not made either',
      body: {
        statusChanges: [
          { event: SHOWN.lateShowKey, status: 'booked', objects: ['A-2'] },
          { event: 'first-night', status: 'booked', objects: ['A-2'] },
        ],
      },
      status: 400,
      reply: oneError(400, {
        code: 'ILLEGAL_STATUS_CHANGE',
        message: 'Cannot change from [booked] to [booked]: A-2 is not free',
        data: { object: 'A-2', event: 'first-night', index: 1 },
      }),
    },
  },
}
