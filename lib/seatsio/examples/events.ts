import type { Examples } from '../../openapi/surface-document.ts'
import { NOW, one, SHOWN } from './story.ts'

const chartKey = 'back-room'
const firstNight = { eventKey: 'first-night' }

const event = {
  id: SHOWN.firstNightId,
  key: 'first-night',
  chartKey,
  name: 'First night',
  date: '2027-05-17',
  tableBookingConfig: { mode: 'INHERIT' },
  supportsBestAvailable: true,
  categories: [
    { key: 1, label: 'Standard', color: '#2b8a3e', accessible: false },
    { key: 'vip', label: 'Hospitality', color: '#e8590c', accessible: false },
  ],
  objectCategories: { 'A-1': 'vip' },
  isSeason: false,
  isTopLevelSeason: false,
  isPartialSeason: false,
  isEventInSeason: false,
  isInThePast: false,
  createdOn: NOW,
}

const { name, date, objectCategories, ...plain } = event
const categories = event.categories.slice(0, 1)
const matinee = { ...plain, id: SHOWN.matineeId, key: 'matinee', name: 'Matinee', categories }
const lateShow = { ...plain, id: SHOWN.lateShowId, key: SHOWN.lateShowKey, categories }

/** Events. */
export const eventExamples: Record<string, Examples> = {
  'create-event': one('own-category', {
    summary: 'With a key of your choice, and a category of its own for one seat',
    body: {
      chartKey,
      ...firstNight,
      name,
      date,
      categories: [{ key: 'vip', label: 'Hospitality', color: '#e8590c' }],
      objectCategories,
    },
    reply: event,
  }),
  'create-events': one('two', {
    summary: 'Two shows, one of them with nothing but a chart',
    body: { chartKey, events: [{ eventKey: 'matinee', name: 'Matinee' }, {}] },
    reply: { events: [matinee, lateShow] },
  }),
  'get-event': one('first-night', { summary: 'An event', params: firstNight, reply: event }),
  'list-events': one('newest', {
    summary: 'The newest event',
    query: { limit: 1 },
    reply: { items: [lateShow], next_page_starts_after: String(SHOWN.lateShowId) },
  }),
  'update-event': one('rename', {
    summary: 'Another key, and another name',
    params: { eventKey: 'matinee' },
    body: { eventKey: 'afternoon', name: 'Afternoon' },
  }),
  'move-to-new-chart-copy': one('copy', {
    summary: 'A chart of its own',
    params: { eventKey: 'afternoon' },
    reply: {
      ...matinee,
      key: 'afternoon',
      name: 'Afternoon',
      chartKey: SHOWN.afternoonChartKey,
      updatedOn: NOW,
    },
  }),
  'delete-event': one('deleted', { summary: 'Gone', params: { eventKey: 'afternoon' } }),
}
