import type { CallGroup } from './contract-calls.ts'

const EVENT = '/api/v1/events/{eventKey}'

/** Every call of SeatBuilder's API. */
export const seatbuilderCalls: readonly CallGroup[] = [
  {
    title: 'Charts',
    calls: [
      ['GET /api/v1/charts', 'List charts'],
      ['POST /api/v1/charts', 'Create a draft chart'],
      ['GET /api/v1/charts/{chartKey}', 'Read a chart'],
      ['PATCH /api/v1/charts/{chartKey}', 'Change name or draft'],
      ['DELETE /api/v1/charts/{chartKey}', 'Delete a chart without events'],
      ['POST /api/v1/charts/{chartKey}/publish', 'Publish the draft'],
      ['POST /api/v1/charts/{chartKey}/unpublish', 'Take away what is published'],
    ],
  },
  {
    title: 'Events',
    calls: [
      ['GET /api/v1/events', 'List events'],
      ['POST /api/v1/events', 'Create an event on a published chart'],
      [`GET ${EVENT}`, 'Read an event'],
      [`PATCH ${EVENT}`, 'Rename an event'],
      [`DELETE ${EVENT}`, 'Delete an event with its state'],
    ],
  },
  {
    title: 'Seats',
    calls: [
      [`POST ${EVENT}/seats/hold`, 'Hold a seat, or places of an area'],
      [`POST ${EVENT}/seats/extend`, 'Let holds last longer'],
      [`POST ${EVENT}/seats/book`, 'Book held seats, all or none'],
      [`POST ${EVENT}/seats/release`, 'Free held or booked seats, all or none'],
    ],
  },
  {
    title: 'Status and reports',
    calls: [
      [`GET ${EVENT}/status`, 'Seats that are not free'],
      [`GET ${EVENT}/reports`, 'Counts'],
    ],
  },
  {
    title: 'Webhooks',
    calls: [
      ['GET /api/v1/webhooks', 'List endpoints'],
      ['POST /api/v1/webhooks', 'Register an endpoint'],
      ['GET /api/v1/webhooks/{id}', 'Read an endpoint'],
      ['PATCH /api/v1/webhooks/{id}', 'Change an endpoint'],
      ['DELETE /api/v1/webhooks/{id}', 'Delete an endpoint'],
      ['POST /api/v1/webhooks/{id}/rotate-secret', 'Make a new secret'],
      ['POST /api/v1/webhooks/{id}/test', 'Send a test'],
      ['GET /api/v1/webhooks/{id}/deliveries', 'List deliveries'],
    ],
  },
]
