import type { Examples } from '../../openapi/surface-document.ts'
import { seat } from './seats.ts'
import { one } from './story.ts'

const firstNight = { eventKey: 'first-night' }
const params = { ...firstNight, label: 'A-2' }
const orderId = 'ord-8841'

/** Objects of an event, and their extra data. */
export const objectExamples: Record<string, Examples> = {
  'get-objects': one('booked', {
    summary: 'A booked seat',
    params: firstNight,
    query: { label: 'A-2' },
    reply: { 'A-2': seat('A-2', 'booked', { orderId }) },
  }),
  'update-extra-data': one('name', {
    summary: 'Who sits there',
    params,
    body: { extraData: { guest: 'g-19' } },
  }),
  'update-extra-data-of-many': one('both', {
    summary: 'Of a booked seat and of another one, which need not be booked',
    params: firstNight,
    body: { extraData: { 'A-1': { note: 'aisle' }, 'A-2': { guest: 'g-20', menu: 2 } } },
  }),
  'get-object': one('booked', {
    summary: 'The same seat, as older libraries read it',
    params,
    reply: { status: 'booked', extraData: { guest: 'g-20', menu: 2 }, orderId, forSale: true },
  }),
}
