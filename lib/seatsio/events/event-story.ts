import { NOW, SHOWN } from '../story.ts'

// What the examples show of events.

export const chartKey = 'back-room'

export const firstNightEvent = {
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

const { name, date, objectCategories, ...plain } = firstNightEvent
const categories = firstNightEvent.categories.slice(0, 1)

export const matinee = {
  ...plain,
  id: SHOWN.matineeId,
  key: 'matinee',
  name: 'Matinee',
  categories,
}

export const lateShow = { ...plain, id: SHOWN.lateShowId, key: SHOWN.lateShowKey, categories }

/** What is left of a window that began with the story. */
export function leftOf(rateLimitRemainingCalls: number) {
  return { rateLimitRemainingCalls, rateLimitResetDate: '2027-03-05T18:20:00.000Z' }
}
