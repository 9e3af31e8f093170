// What the examples of endpoints have in common. They tell one story, in the order of `storyPlace`: a chart is drawn and published, an
// event is made on it; seats of the demo event are held, extended, booked and released; what was made is taken away; a webhook is
// registered and tried out. `test/lib/seatbuilder/examples.test.ts` runs it.

/** The chart that the story draws; a real key is random. */
export const EXAMPLE_CHART_KEY = 'chart_5f1d0e7a2b9c4d38'
/** The chart of the demo event; a real key is random. */
export const EXAMPLE_DEMO_CHART_KEY = 'chart_0c9a4e61d27b83f5'
/** What a waiting room signs with; a real key is random. */
export const EXAMPLE_ADMISSION_KEY =
  'hfak_7c1e94d0b3a85f2617e0c9d4a6b82f53f1d07a3e9c5b48620d7f1a3c5e9b2084'
/** The moment at which the story happens. */
export const NOW = '2027-03-04T18:20:00.000Z'
export const MINE = '4f9d1c1e-8a52-4f0b-9f3e-2d6f6a0c7b11'
export const THEIRS = 'e0b8a6d4-31c7-4f59-8d20-b7a94c15f632'
export const demoEvent = { eventKey: 'evt_demo' }
export const firstNight = { eventKey: 'evt_first-night' }
export const drawnChart = { chartKey: EXAMPLE_CHART_KEY }
export const demoKeys = { chartKey: EXAMPLE_DEMO_CHART_KEY, ...demoEvent }

export const backRoomDrawing = {
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

export const backRoomChart = {
  ...drawnChart,
  name: 'Back room',
  draftVersion: 1,
  publishedVersion: null,
  createdAt: NOW,
  updatedAt: NOW,
}

/** As it is told where the moment of its creation is not. */
export const renamedChart = {
  ...drawnChart,
  name: 'Back room, summer',
  draftVersion: 1,
  publishedVersion: null,
  updatedAt: NOW,
}

export const firstNightEvent = {
  ...firstNight,
  ...drawnChart,
  chartPublishedVersion: 1,
  name: 'First night',
  createdAt: NOW,
  updatedAt: NOW,
}

export const firstPage = { total: 2, page: 1, limit: 1 }

export const heldSeats = {
  ...demoKeys,
  status: 'held',
  holdToken: MINE,
  holdExpiresAt: '2027-03-04T18:35:00.000Z',
}

/** Of `POST …/seats/hold`. */
export const taken = {
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
}
