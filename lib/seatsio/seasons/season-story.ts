import { chartKey } from '../events/event-story.ts'
import { NOW, SHOWN } from '../story.ts'

// What the examples show of seasons.

/** The season of which most is told. */
export const inAutumn = { seasonKey: 'autumn' }

export const inOpening = { ...inAutumn, partialSeasonKey: 'autumn-opening' }

const plain = {
  chartKey,
  tableBookingConfig: { mode: 'INHERIT' },
  supportsBestAvailable: true,
  categories: [{ key: 1, label: 'Standard', color: '#2b8a3e', accessible: false }],
  isInThePast: false,
  createdOn: NOW,
}

const ids = {
  'autumn-1': SHOWN.seasonFirstId,
  'autumn-2': SHOWN.seasonSecondId,
  'autumn-3': SHOWN.seasonThirdId,
}

type Evening = keyof typeof ids

function evening(key: Evening, ...partialSeasonKeysForEvent: string[]) {
  return {
    ...{ id: ids[key], key, ...plain },
    isSeason: false,
    isTopLevelSeason: false,
    isPartialSeason: false,
    isEventInSeason: true,
    topLevelSeasonKey: 'autumn',
    partialSeasonKeysForEvent,
    season: {},
  }
}

export const thirdEvening = evening('autumn-3')

export const autumn = {
  ...{ id: SHOWN.seasonId, key: 'autumn', name: 'Autumn', ...plain },
  isSeason: true,
  isTopLevelSeason: true,
  isPartialSeason: false,
  isEventInSeason: false,
  forSalePropagated: true,
  partialSeasonKeys: [],
  events: [evening('autumn-1'), evening('autumn-2')],
}

/** The partial season with these evenings. */
export function opening(...keys: Evening[]) {
  return {
    ...{ id: SHOWN.partialSeasonId, key: 'autumn-opening', name: 'Opening', ...plain },
    isSeason: true,
    isTopLevelSeason: false,
    isPartialSeason: true,
    isEventInSeason: false,
    topLevelSeasonKey: 'autumn',
    forSalePropagated: true,
    events: keys.map((key) => evening(key, 'autumn-opening')),
  }
}
