import { NOW } from './story.ts'

/** What is made up on the way; real ones are random. */
export const EXAMPLE_WEBHOOK_ID = 'wh_c30b9a51d07e42f8'
export const EXAMPLE_SECRET = 'whsec_0d4f7a1be92c4538a6c1f0e47b3d9215'
export const EXAMPLE_NEW_SECRET = 'whsec_7be1904c5f2d4a83b6e0d1f95a3c2876'
export const EXAMPLE_NEWEST_SECRET = 'whsec_c41a7f0e93b85d26e7a0b19c4f6d8203'
export const EXAMPLE_DELIVERY_ID = 'wd_01a411c53080c0791a3aa6351b47cd3989e44f7af640'
export const EXAMPLE_NOTICE_ID = 'test:01MG8WAC40JMXYRC7M16AV54D4:A-1:1'
export const webhook = {
  id: EXAMPLE_WEBHOOK_ID,
  url: 'https://hooks.tickets.example/seats',
  events: ['seat.booked', 'seat.released'],
  description: 'order service',
  enabled: true,
  createdAt: NOW,
  updatedAt: NOW,
  health: { status: 'unknown', lastSuccessAt: null, failingSince: null, nextProbeAt: null },
}

export const queuedDelivery = {
  id: EXAMPLE_WEBHOOK_ID,
  deliveryId: EXAMPLE_DELIVERY_ID,
  status: 'queued',
  queuedAt: NOW,
}
