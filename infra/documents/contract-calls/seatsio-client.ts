import type { ClientField } from './contract-calls.ts'

const OBJECTS = 'GET /events/{eventKey}/objects'
const EVENT = 'GET /events/{eventKey}'
const STATUS = 'POST /events/{eventKey}/actions/change-object-status'
const CHART_REPORT = 'GET /reports/charts/{chartKey}/{reportType}'

/** Fields of the vendor's current client that came late, or that not every service of this API has. */
export const seatsioClientFields: readonly ClientField[] = [
  field('GET /workspaces/{workspaceKey}', 'secretKeys', 'All secret keys of a workspace'),
  field(OBJECTS, 'areaType', 'How an area is sold: by places, or as a whole'),
  field(OBJECTS, 'resaleListingId', 'Your id of an offer for resale'),
  field(OBJECTS, 'seasonStatusOverriddenQuantity', 'Places that do not follow their season'),
  field(STATUS, 'bestAvailable', 'The best objects that there are'),
  field('POST /events/actions/change-object-status', 'season', 'The season that is meant'),
  field('POST /seasons', 'forSalePropagated', 'Whether sale rules of a season count in its events'),
  field('POST /events/{eventKey}', 'forSalePropagated', 'The same, changed'),
  field(EVENT, 'topLevelSeasonKey', 'The season that an event is in'),
  field(EVENT, 'partialSeasonKeysForEvent', 'The partial seasons that an event is in'),
  field(
    'GET /reports/events/{eventKey}',
    'seasonBookingsPropagated',
    'Whether what a season sold counts in its events; of every report',
  ),
  field(CHART_REPORT, 'version', 'Of what is published, or of the draft'),
  field(CHART_REPORT, 'bookWholeTables', 'How tables count'),
]

function field(call: ClientField['call'], name: string, says: string): ClientField {
  return { call, field: name, says }
}
