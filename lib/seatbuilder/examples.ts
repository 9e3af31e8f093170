import type { Example, Examples } from '../openapi/surface-document.ts'
import { webhooks } from './examples/webhooks.ts'

// One story, told in this order: a chart is drawn and published, an event is made on it; seats of the demo event are held,
// extended, booked and released; what was made is taken away; a webhook
// is registered and tried out. `test/lib/seatbuilder/examples.test.ts` runs it.

/** The chart that the story draws; a real key is random. */
export const EXAMPLE_CHART_KEY = 'chart_5f1d0e7a2b9c4d38'

/** The chart of the demo event; a real key is random. */
export const EXAMPLE_DEMO_CHART_KEY = 'chart_0c9a4e61d27b83f5'

/** The moment at which the story happens. */
const NOW = '2027-03-04T18:20:00.000Z'

const MINE = '4f9d1c1e-8a52-4f0b-9f3e-2d6f6a0c7b11'
const THEIRS = 'e0b8a6d4-31c7-4f59-8d20-b7a94c15f632'

const demoEvent = { eventKey: 'evt_demo' }
const firstNight = { eventKey: 'evt_first-night' }
const drawnChart = { chartKey: EXAMPLE_CHART_KEY }
const demoKeys = { chartKey: EXAMPLE_DEMO_CHART_KEY, ...demoEvent }

const drawing = {
  name: 'Back room',
  categories: { list: [{ key: 1, label: 'Standard', color: '#2b8a3e' }] },
  subChart: {
    rows: [
      {
        label: 'A',
        seats: [
          { x: 0, y: 0, label: '1', categoryKey: 1 },
          { x: 21, y: 0, label: '2', categoryKey: 1 },
        ],
      },
    ],
  },
}

const chart = {
  ...drawnChart,
  name: 'Back room',
  draftVersion: 1,
  publishedVersion: null,
  createdAt: NOW,
  updatedAt: NOW,
}
const { createdAt, ...renamed } = { ...chart, name: 'Back room, summer' }
const event = {
  ...firstNight,
  ...drawnChart,
  chartPublishedVersion: 1,
  name: 'First night',
  createdAt: NOW,
  updatedAt: NOW,
}
const page = { total: 2, page: 1, limit: 1 }

const charts: Record<string, Examples> = {
  'create-chart': one('two-seats', {
    summary: 'A row of two seats',
    body: { name: 'Back room', draftVersion: drawing },
    reply: chart,
  }),
  'list-charts': one('newest', {
    summary: 'The newest chart',
    query: { page: 1, limit: 1 },
    reply: { items: [chart], ...page },
  }),
  'get-chart': one('draft', { summary: 'A chart', params: drawnChart, reply: chart }),
  'get-chart-layout': one('draft', {
    summary: 'The draft',
    params: drawnChart,
    query: { version: 'draft' },
    reply: drawing,
  }),
  'update-chart': one('rename', {
    summary: 'Another name',
    params: drawnChart,
    body: { name: renamed.name },
    reply: { ...renamed, createdAt },
  }),
  'publish-chart': one('first', {
    summary: 'The first time',
    params: drawnChart,
    reply: { ...renamed, publishedVersion: 1, publishedAt: NOW },
  }),
  'unpublish-chart': one('taken-back', {
    summary: 'Nothing is on sale any more',
    params: drawnChart,
    reply: renamed,
  }),
  'delete-chart': one('deleted', {
    summary: 'Gone',
    params: drawnChart,
    reply: { ...drawnChart, deleted: true },
  }),
}

const events: Record<string, Examples> = {
  'create-event': one('own-key', {
    summary: 'With a key of your choice',
    body: { ...drawnChart, ...firstNight, name: 'First night' },
    reply: event,
  }),
  'list-events': one('newest', {
    summary: 'The newest event',
    query: { page: 1, limit: 1 },
    reply: { items: [event], ...page },
  }),
  'get-event': one('demo', {
    summary: 'The demo event',
    params: demoEvent,
    reply: { ...event, ...demoKeys, name: 'Demo night' },
  }),
  'get-event-layout': one('published', {
    summary: 'What is on sale',
    params: firstNight,
    reply: drawing,
  }),
  'update-event': one('rename', {
    summary: 'Another name',
    params: firstNight,
    body: { name: 'Opening night' },
    reply: { ...event, name: 'Opening night' },
  }),
  'delete-event': one('unbooked', {
    summary: 'Only if nothing is booked',
    params: firstNight,
    query: { ifUnbooked: 'true' },
    reply: { ...firstNight, deleted: true },
  }),
  'get-status': one('held', {
    summary: 'As a secret key sees three held seats',
    params: demoEvent,
    reply: {
      ...demoEvent,
      objects: ['S-A-10', 'S-A-11', 'S-A-12'].map((objectLabel) => ({
        objectLabel,
        status: 'held',
        holdToken: MINE,
        holdExpiresAt: '2027-03-04T18:30:00.000Z',
        categoryKey: '1',
        extraData: null,
      })),
    },
  }),
  'get-reports': one('two-booked', {
    summary: 'Two booked seats',
    params: demoEvent,
    reply: {
      ...demoEvent,
      byStatus: { held: 0, booked: 2 },
      byCategory: [{ status: 'booked', categoryKey: '1', count: 2 }],
    },
  }),
}

const hold = {
  ...demoKeys,
  status: 'held',
  holdToken: MINE,
  holdExpiresAt: '2027-03-04T18:35:00.000Z',
}

const seats: Record<string, Examples> = {
  'hold-seats': {
    'one-seat': {
      summary: 'One seat, for the default of 15 minutes',
      params: demoEvent,
      body: { objectLabel: 'S-A-10', holdToken: MINE },
      reply: { ...hold, objectLabel: 'S-A-10' },
    },
    'two-seats': {
      summary: 'Two seats, all or none',
      params: demoEvent,
      body: { objectLabels: ['S-A-11', 'S-A-12'], holdToken: MINE, ttlSeconds: 300 },
      reply: {
        ...hold,
        holdExpiresAt: '2027-03-04T18:25:00.000Z',
        held: [{ objectLabel: 'S-A-11' }, { objectLabel: 'S-A-12' }],
      },
    },
    taken: {
      summary: 'Another buyer holds one of them, and one is not on the chart',
      params: demoEvent,
      body: { objectLabels: ['S-A-10', 'S-A-13', 'S-A-99'], holdToken: THEIRS },
      status: 409,
      reply: {
        code: 'seats_refused',
        error: 'One or more seats could not be held',
        failed: [
          { objectLabel: 'S-A-10', reason: 'held' },
          { objectLabel: 'S-A-99', reason: 'not_found' },
        ],
      },
    },
  },
  'extend-holds': {
    all: {
      summary: 'Everything that the token holds, for 10 more minutes',
      params: demoEvent,
      body: { holdToken: MINE },
      reply: {
        holdExpiresAt: '2027-03-04T18:30:00.000Z',
        extended: ['S-A-10', 'S-A-11', 'S-A-12'].map((objectLabel) => ({ objectLabel })),
        failed: [],
      },
    },
    some: {
      summary: 'Some seats, one of which the token does not hold',
      params: demoEvent,
      body: { holdToken: MINE, labels: ['S-A-10', 'S-A-13'], ttlSeconds: 600 },
      reply: {
        holdExpiresAt: '2027-03-04T18:30:00.000Z',
        extended: [{ objectLabel: 'S-A-10' }],
        failed: [{ objectLabel: 'S-A-13', reason: 'not_held_by_token' }],
      },
    },
  },
  'book-seats': {
    'two-seats': {
      summary: 'Two seats of one order',
      params: demoEvent,
      body: {
        objectLabels: ['S-A-10', 'S-A-11'],
        holdToken: MINE,
        extraData: { orderId: 'o_7731' },
      },
      reply: {
        booked: ['S-A-10', 'S-A-11'].map((objectLabel) => ({
          ...demoKeys,
          objectLabel,
          status: 'booked',
          bookedAt: NOW,
          extraData: { orderId: 'o_7731' },
        })),
      },
    },
    'not-held': {
      summary: 'A seat that the token does not hold any more',
      params: demoEvent,
      body: { objectLabels: ['S-A-11', 'S-A-12'], holdToken: MINE },
      status: 409,
      reply: {
        code: 'seats_refused',
        error: 'At least one seat is not held by this token any more',
        failed: [{ objectLabel: 'S-A-11', reason: 'not_held_by_token' }],
      },
    },
  },
  'release-seats': {
    held: {
      summary: 'A seat that the buyer does not want after all',
      params: demoEvent,
      body: { objectLabels: ['S-A-12'], holdToken: MINE },
      reply: {
        ...demoKeys,
        status: 'free',
        releasedAt: NOW,
        released: [{ objectLabel: 'S-A-12' }],
      },
    },
    'not-taken': {
      summary: 'A seat that is free already',
      params: demoEvent,
      body: { objectLabels: ['S-A-12'] },
      status: 409,
      reply: {
        code: 'seats_refused',
        error: 'One or more seats could not be released',
        failed: [{ objectLabel: 'S-A-12', reason: 'not_found_or_free' }],
      },
    },
  },
}

/** Requests that work on a fresh local server, by endpoint, with their answers. */
export const examples: Record<string, Examples> = {
  ...charts,
  ...events,
  ...seats,
  ...webhooks,
  'get-health': one('up', { summary: 'The store can be reached', reply: { status: 'ok' } }),
}

function one(name: string, example: Example): Examples {
  return { [name]: example }
}
