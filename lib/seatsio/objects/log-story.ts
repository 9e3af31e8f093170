import { SHOWN } from '../story.ts'

/** Changes happen a second apart: these two are the seventh and the thirteenth. */
export const RELEASE_AT = '2027-03-04T18:20:08.000Z'
export const BATCH_AT = '2027-03-04T18:20:14.000Z'

export const logLine = {
  eventId: SHOWN.firstNightId,
  quantity: 1,
  origin: { type: 'API_CALL', ip: '127.0.0.1' },
  isPresentOnChart: true,
}

export const bookedLine = {
  ...logLine,
  id: SHOWN.newestLineId,
  date: BATCH_AT,
  status: 'booked',
  objectLabel: 'A-2',
  displayedLabel: 'A-2',
  orderId: 'ord-8841',
}
