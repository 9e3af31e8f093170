import type { Examples } from '../../http/surface-document.ts'
import { one, SHOWN, SHOWN_ORIGIN } from './story.ts'

const drawing = {
  name: 'Back room',
  categories: { list: [{ key: 1, label: 'Standard', color: '#2b8a3e' }] },
  subChart: {
    focalPoint: { x: 10, y: -30 },
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

const params = { chartKey: 'back-room' }

const chart = {
  id: SHOWN.chartId,
  key: 'back-room',
  name: 'Back room',
  status: 'NOT_USED',
  tags: [],
  archived: false,
  publishedVersionThumbnailUrl: `${SHOWN_ORIGIN}/thumbnails/${SHOWN.thumbnail}`,
  venueType: 'SIMPLE',
  validation: { errors: [], warnings: [] },
}

/** Charts and their drawings. */
export const chartExamples: Record<string, Examples> = {
  'import-chart': one('two-seats', {
    summary: 'A row of two seats',
    params,
    body: drawing,
    reply: chart,
  }),
  'get-chart': one('unused', { summary: 'A chart without events', params, reply: chart }),
  'get-published-drawing': one('as-it-came', {
    summary: 'The drawing as it came',
    params,
    reply: drawing,
  }),
}
