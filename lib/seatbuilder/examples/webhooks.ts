import type { Examples } from '../../openapi/surface-document.ts'

/** What is made up on the way; real ones are random. */
export const EXAMPLE_WEBHOOK_ID = 'wh_c30b9a51d07e42f8'
export const EXAMPLE_SECRET = 'whsec_0d4f7a1be92c4538a6c1f0e47b3d9215'
export const EXAMPLE_NEW_SECRET = 'whsec_7be1904c5f2d4a83b6e0d1f95a3c2876'
export const EXAMPLE_NEWEST_SECRET = 'whsec_c41a7f0e93b85d26e7a0b19c4f6d8203'
export const EXAMPLE_DELIVERY_ID = 'wd_01a411c53080c0791a3aa6351b47cd3989e44f7af640'
export const EXAMPLE_NOTICE_ID = 'test:01MG8WAC40JMXYRC7M16AV54D4:A-1:1'

const NOW = '2027-03-04T18:20:00.000Z'

const id = EXAMPLE_WEBHOOK_ID

const webhook = {
  id,
  url: 'https://hooks.tickets.example/seats',
  events: ['seat.booked', 'seat.released'],
  description: 'order service',
  enabled: true,
  createdAt: NOW,
  updatedAt: NOW,
  health: { status: 'unknown', lastSuccessAt: null, failingSince: null },
}

const queued = { id, deliveryId: EXAMPLE_DELIVERY_ID, status: 'queued', queuedAt: NOW }

/** A webhook is registered, changed, tried out, and taken away. */
export const webhooks: Record<string, Examples> = {
  'create-webhook': {
    bookings: {
      summary: 'Bookings and releases',
      body: { url: webhook.url, events: webhook.events, description: webhook.description },
      reply: { ...webhook, secret: EXAMPLE_SECRET },
    },
  },
  'list-webhooks': {
    newest: {
      summary: 'The newest webhook',
      query: { page: 1, limit: 1 },
      reply: { items: [webhook], total: 1, page: 1, limit: 1 },
    },
  },
  'get-webhook': {
    untried: { summary: 'Before anything was delivered', params: { id }, reply: webhook },
  },
  'update-webhook': {
    disable: {
      summary: 'Pause it',
      params: { id },
      body: { enabled: false },
      reply: { ...webhook, enabled: false },
    },
    enable: {
      summary: 'Bookings alone, and go on',
      params: { id },
      body: { enabled: true, events: ['seat.booked'] },
      reply: { ...webhook, events: ['seat.booked'] },
    },
  },
  'test-webhook': {
    held: { summary: 'A seat that nobody holds', params: { id }, reply: queued },
  },
  'list-deliveries': {
    tested: {
      summary: 'The receiver took it',
      params: { id },
      query: { page: 1, limit: 50 },
      reply: {
        items: [
          {
            deliveryId: EXAMPLE_DELIVERY_ID,
            webhookId: id,
            event: 'seat.held',
            status: 'success',
            attemptCount: 1,
            responseStatus: 204,
            responseLatencyMs: 12,
            deliveredAt: NOW,
            noticeId: EXAMPLE_NOTICE_ID,
            attempts: [{ at: NOW, responseStatus: 204, latencyMs: 12, failure: null }],
          },
        ],
        total: 1,
        page: 1,
        limit: 50,
      },
    },
  },
  redeliver: {
    again: {
      summary: 'The same once more',
      params: { id, deliveryId: EXAMPLE_DELIVERY_ID },
      reply: queued,
    },
  },
  'replay-deliveries': {
    evening: {
      summary: 'Everything of one evening, where one delivery is still under way',
      params: { id },
      body: { since: '2027-03-04T18:00:00.000Z', until: '2027-03-04T22:00:00.000Z' },
      reply: { id, status: 'queued', deliveries: 0, skipped: 1, queuedAt: NOW },
    },
  },
  'rotate-webhook-secret': {
    'at-once': {
      summary: 'The old secret stops at once',
      params: { id },
      reply: { id, secret: EXAMPLE_NEW_SECRET, rotatedAt: NOW },
    },
    overlap: {
      summary: 'Both sign for an hour',
      params: { id },
      body: { overlapSeconds: 3600 },
      reply: {
        id,
        secret: EXAMPLE_NEWEST_SECRET,
        rotatedAt: NOW,
        oldSecretUntil: '2027-03-04T19:20:00.000Z',
      },
    },
  },
  'delete-webhook': {
    deleted: { summary: 'Gone', params: { id }, reply: { id, deleted: true } },
  },
}
