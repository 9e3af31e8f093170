import type * as z from 'zod'
import type { ToldNotices } from '../openapi/surface-document.ts'
import type { WebhookType } from '../rules/notice.ts'
import { noticeBody } from './notice-shape.ts'

// What is sent to webhooks, for the document.

const held = {
  id: '01JNHGZ5Q8W4R6T2Y9B3C7D1EF:S-A-10:1',
  type: 'seat.held',
  occurredAt: '2027-03-04T18:20:00.000Z',
  workspaceId: 'demo-test',
  environment: 'sandbox',
  chart: { chartKey: 'chart_0c9a4e61d27b83f5', name: 'Demo theatre' },
  event: { eventKey: 'evt_demo', name: 'Demo night' },
  objectLabel: 'S-A-10',
  status: 'held',
  previousStatus: 'free',
  version: 1,
  holdToken: '4f9d1c1e-8a52-4f0b-9f3e-2d6f6a0c7b11',
  heldUntil: '2027-03-04T18:35:00.000Z',
  operationId: '01JNHGZ6M3K8P0S5V7X1Z4A2CD',
} satisfies z.input<typeof noticeBody>

const { heldUntil, ...ended } = held

const booked = {
  ...ended,
  id: '01JNHGZ5Q8W4R6T2Y9B3C7D1EF:S-A-10:2',
  type: 'seat.booked',
  occurredAt: '2027-03-04T18:24:31.207Z',
  status: 'booked',
  previousStatus: 'held',
  version: 2,
  extraData: { orderId: 'o_7731' },
  operationId: '01JNHH7RZ2N5Q8T1W4Y7B0D3FG',
} satisfies z.input<typeof noticeBody>

const { extraData, holdToken, ...freed } = booked

const released = {
  ...freed,
  id: '01JNHGZ5Q8W4R6T2Y9B3C7D1EF:S-A-10:3',
  type: 'seat.released',
  occurredAt: '2027-03-05T09:02:11.450Z',
  status: 'free',
  previousStatus: 'booked',
  version: 3,
  operationId: '01JNK3A4E6H8K0N2R4T6W8Y0BD',
} satisfies z.input<typeof noticeBody>

const expired = {
  ...ended,
  id: '01JNHGZ5Q8W4R6T2Y9B3C7D1EF:S-A-10:2',
  type: 'seat.hold_expired',
  occurredAt: '2027-03-04T18:35:00.000Z',
  status: 'free',
  previousStatus: 'held',
  version: 2,
  operationId: '01JNHHV0B2D4F6H8K1M3P5R7TW',
} satisfies z.input<typeof noticeBody>

/** Every notice that webhooks get, and how it comes. */
export const seatbuilderNotices: ToldNotices = {
  tag: 'Webhooks',
  description: `Sent to each enabled webhook of the workspace that is subscribed to it: at least once, in no promised order. Verify a signature over the bytes of the body
as they came, refuse one that is older than five minutes, and answer with any 2xx within 15 seconds; what else you answer is taken for a failure, and the notice is sent
again for about a day.`,
  headers: {
    'Seats-Signature':
      '`t=<unix seconds>,v1=<hex>`: HMAC-SHA256 of `<t>.<body>` under the whole text of the secret. While two secrets sign there is a further `,v1=…`.',
    'webhook-id':
      'The id of the notice, percent-encoded where a header could not carry it: the same however often it is sent.',
    'webhook-timestamp': 'Unix seconds at which it was signed.',
    'webhook-signature':
      '`v1,<base64>` as in Standard Webhooks: HMAC-SHA256 of `<webhook-id>.<webhook-timestamp>.<body>` under the base64 after `whsec_`. While two secrets sign there are two, with a space between.',
  },
  body: noticeBody,
  responses: {
    '2XX': { description: 'Taken.' },
    '4XX': { description: 'The signature is missing, wrong or old, or the receiver fails.' },
  },
  notices: {
    'seat.held': { summary: 'A seat is held', example: held },
    'seat.booked': { summary: 'A seat is booked', example: booked },
    'seat.released': { summary: 'A held or booked seat is free again', example: released },
    'seat.hold_expired': { summary: 'A hold has passed its deadline', example: expired },
  } satisfies Record<WebhookType, unknown>,
}
