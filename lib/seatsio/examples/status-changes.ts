import type { Examples } from '../../openapi/surface-document.ts'
import { seat } from './seats.ts'
import { one, oneError, SHOWN } from './story.ts'

const params = { eventKey: 'first-night' }
const query = { expand: 'objects' }
const { holdToken } = SHOWN
const orderId = 'ord-8841'
const child = { objectId: 'A-2', ticketType: 'child' }

const checkIn = { objects: ['A-1'], status: 'checkedIn', allowedPreviousStatuses: ['booked'] }

/** Changes of the objects of one event. */
export const statusExamples: Record<string, Examples> = {
  hold: one('two-seats', {
    summary: 'Two seats, one of them with a ticket type',
    params,
    query,
    body: { objects: ['A-1', child], holdToken },
    reply: {
      objects: {
        'A-1': seat('A-1', 'reservedByToken', { holdToken }),
        'A-2': seat('A-2', 'reservedByToken', { holdToken, ticketType: 'child' }),
      },
    },
  }),
  book: {
    'first-of-them': {
      summary: 'A seat that the token holds, and the seat as it is then',
      params,
      query,
      body: { objects: [child], holdToken, orderId },
      reply: { objects: { 'A-2': seat('A-2', 'booked', { orderId, ticketType: 'child' }) } },
    },
    'other-of-them': {
      summary: 'Nothing is asked for: the answer is 204',
      params,
      body: { objects: [{ objectId: 'A-1', extraData: { guest: 'g-19' } }], holdToken, orderId },
      status: 204,
    },
  },
  'change-object-status': {
    'own-status': {
      summary: 'A status of your own, for what is booked; the extra data stay',
      params,
      query,
      body: { ...checkIn, keepExtraData: true, orderId },
      reply: {
        objects: { 'A-1': seat('A-1', 'checkedIn', { orderId, extraData: { guest: 'g-19' } }) },
      },
    },
    'not-booked': {
      summary: 'Not booked any more: nothing is changed',
      params,
      body: checkIn,
      status: 400,
      reply: oneError(400, {
        code: 'ILLEGAL_STATUS_CHANGE',
        message:
          'Cannot change from [checkedIn] to [checkedIn]: checkedIn is not in the list of allowed previous statuses',
      }),
    },
  },
  'put-up-for-resale': one('listed', {
    summary: 'A sold seat, with the id of its offer',
    params,
    query,
    body: { objects: ['A-2'], resaleListingId: 'offer-17' },
    reply: { objects: { 'A-2': seat('A-2', 'resale', { resaleListingId: 'offer-17' }) } },
  }),
  release: one('both', {
    summary: 'Free again, out of resale too',
    params,
    query,
    body: { objects: ['A-1', 'A-2'] },
    reply: { objects: { 'A-1': seat('A-1', 'free'), 'A-2': seat('A-2', 'free') } },
  }),
}
