import type { CallGroup } from './contract-calls.ts'

const CHART = '/charts/{chartKey}'
const EVENT = '/events/{eventKey}'
const SEASON = '/seasons/{seasonKey}'
const PARTIAL = `${SEASON}/partial-seasons/{partialSeasonKey}` as const
const CHANNEL = `${EVENT}/channels/{channelKey}` as const
const WORKSPACE = '/workspaces/{workspaceKey}'
const ACCOUNT = '/accounts/me'

const resources: readonly CallGroup[] = [
  {
    title: 'Charts',
    calls: [
      ['POST /charts', 'Create a chart'],
      ['GET /charts', 'List charts'],
      [`GET ${CHART}`, 'Read a chart'],
      [`POST ${CHART}`, 'Change name or categories'],
      ['GET /charts/archive', 'List archived charts'],
      [`POST ${CHART}/actions/move-to-archive`, 'Archive a chart'],
      [`POST ${CHART}/actions/move-out-of-archive`, 'Take a chart out of the archive'],
      ['GET /charts/tags', 'List tags'],
      [`POST ${CHART}/tags/{tag}`, 'Tag a chart'],
      [`DELETE ${CHART}/tags/{tag}`, 'Take a tag away'],
      [`GET ${CHART}/categories`, 'List categories'],
      [`POST ${CHART}/categories`, 'Add a category'],
      [`POST ${CHART}/categories/{categoryKey}`, 'Change a category'],
      [`DELETE ${CHART}/categories/{categoryKey}`, 'Remove a category'],
      [`GET ${CHART}/version/published`, 'Read the published drawing'],
      [`GET ${CHART}/version/draft`, 'Read the draft drawing'],
      [`GET ${CHART}/version/published/thumbnail`, 'Picture of the published drawing'],
      [`GET ${CHART}/version/draft/thumbnail`, 'Picture of the draft'],
      [`POST ${CHART}/version/published/actions/copy`, 'Copy the published drawing'],
      [`POST ${CHART}/version/draft/actions/copy`, 'Copy the draft'],
      [
        `POST ${CHART}/version/published/actions/copy-to-workspace/{toWorkspaceKey}`,
        'Copy to another workspace',
      ],
      [
        `POST ${CHART}/version/published/actions/copy/from/{fromWorkspaceKey}/to/{toWorkspaceKey}`,
        'Copy from one workspace to another',
      ],
      [`POST ${CHART}/version/draft/actions/publish`, 'Publish the draft'],
      [`POST ${CHART}/version/draft/actions/discard`, 'Discard the draft'],
      [`POST ${CHART}/version/published/actions/validate`, 'Validate the published drawing'],
      [`POST ${CHART}/version/draft/actions/validate`, 'Validate the draft'],
    ],
  },
  {
    title: 'Events',
    calls: [
      ['POST /events', 'Create an event'],
      ['POST /events/actions/create-multiple', 'Create several events'],
      ['GET /events', 'List events and seasons'],
      [`GET ${EVENT}`, 'Read an event or a season'],
      [`POST ${EVENT}`, 'Change an event or a season'],
      [`DELETE ${EVENT}`, 'Delete an event or a season'],
      [`POST ${EVENT}/actions/move-to-new-chart-copy`, 'Put an event on a copy of its chart'],
    ],
  },
  {
    title: 'Event log',
    calls: [['GET /event-log', 'List what happened to charts and events']],
  },
  {
    title: 'Workspaces',
    calls: [
      ['POST /workspaces', 'Create a workspace'],
      ['GET /workspaces', 'List workspaces'],
      ['GET /workspaces/active', 'List active workspaces'],
      ['GET /workspaces/inactive', 'List inactive workspaces'],
      [`GET ${WORKSPACE}`, 'Read a workspace'],
      [`POST ${WORKSPACE}`, 'Rename a workspace'],
      [`DELETE ${WORKSPACE}`, 'Delete an inactive workspace'],
      [`POST ${WORKSPACE}/actions/regenerate-secret-key`, 'Make a new secret key'],
      [`POST ${WORKSPACE}/actions/add-secret-key`, 'Add a secret key'],
      [`POST ${WORKSPACE}/actions/remove-secret-key`, 'Remove a secret key'],
      [`POST ${WORKSPACE}/actions/activate`, 'Activate a workspace'],
      [`POST ${WORKSPACE}/actions/deactivate`, 'Deactivate a workspace'],
      ['POST /workspaces/actions/set-default/{workspaceKey}', 'Make a workspace the default'],
    ],
  },
  {
    title: 'Accounts',
    calls: [
      [`GET ${ACCOUNT}`, 'Read the account'],
      [`POST ${ACCOUNT}/secret-key/actions/regenerate`, 'Make a new admin key'],
      [`POST ${ACCOUNT}/designer-key/actions/regenerate`, 'Make a new designer key'],
      [`POST ${ACCOUNT}/draft-chart-drawings/actions/enable`, 'Use drafts'],
      [`POST ${ACCOUNT}/draft-chart-drawings/actions/disable`, 'Use no drafts'],
      [`POST ${ACCOUNT}/actions/change-password`, 'Change the password'],
      [`POST ${ACCOUNT}/actions/change-hold-period`, 'Change the life of hold tokens'],
      [`POST ${ACCOUNT}/settings`, 'Change a validation level'],
    ],
  },
  {
    title: 'Ticket buyers',
    calls: [
      ['POST /ticket-buyers', 'Add ticket buyers'],
      ['DELETE /ticket-buyers', 'Remove ticket buyers'],
      ['GET /ticket-buyers', 'List ticket buyers'],
    ],
  },
  {
    title: 'Provisioning',
    calls: [
      ['POST /system/private/create-test-company', 'Create a company for tests'],
      ['POST /system/public/charts/{chartKey}', 'Import a drawing'],
    ],
  },
]

const statuses: readonly CallGroup[] = [
  {
    title: 'Status changes',
    calls: [
      [`POST ${EVENT}/actions/book`, 'Book objects, or the best available'],
      [`POST ${EVENT}/actions/hold`, 'Hold objects, or the best available'],
      [`POST ${EVENT}/actions/release`, 'Release objects'],
      [`POST ${EVENT}/actions/change-object-status`, 'Change the status of objects'],
      [`POST ${EVENT}/actions/put-up-for-resale`, 'Offer booked objects again'],
      ['POST /events/groups/actions/book', 'Book in several events'],
      ['POST /events/groups/actions/hold', 'Hold in several events'],
      ['POST /events/groups/actions/release', 'Release in several events'],
      ['POST /events/groups/actions/change-object-status', 'Change status in several events'],
      ['POST /events/groups/actions/put-up-for-resale', 'Offer again in several events'],
      ['POST /seasons/actions/book', 'Older name'],
      ['POST /seasons/actions/hold', 'Older name'],
      ['POST /seasons/actions/release', 'Older name'],
      ['POST /seasons/actions/change-object-status', 'Older name'],
      ['POST /events/actions/change-object-status', 'Several changes in one call'],
    ],
  },
  {
    title: 'Objects',
    calls: [
      [`GET ${EVENT}/objects`, 'Read objects'],
      [`GET ${EVENT}/objects/{label}`, 'Read an object, older form'],
      [`POST ${EVENT}/objects/{label}/actions/update-extra-data`, 'Replace extra data'],
      [`POST ${EVENT}/actions/update-extra-data`, 'Replace extra data of many'],
      [`GET ${EVENT}/status-changes`, 'List status changes'],
      [`GET ${EVENT}/objects/{label}/status-changes`, 'List status changes of an object'],
    ],
  },
  {
    title: 'Hold tokens',
    calls: [
      ['POST /hold-tokens', 'Issue a hold token'],
      ['GET /hold-tokens/{holdToken}', 'Read a hold token'],
      ['POST /hold-tokens/{holdToken}', 'Move the deadline of a hold token'],
    ],
  },
  {
    title: 'Channels',
    calls: [
      [`POST ${EVENT}/channels`, 'Add channels'],
      [`POST ${EVENT}/channels/replace`, 'Replace all channels'],
      [`POST ${CHANNEL}`, 'Change a channel'],
      [`DELETE ${CHANNEL}`, 'Remove a channel'],
      [`POST ${CHANNEL}/objects`, 'Add objects to a channel'],
      [`DELETE ${CHANNEL}/objects`, 'Remove objects from a channel'],
    ],
  },
  {
    title: 'Sale rules',
    calls: [
      [`POST ${EVENT}/actions/mark-as-for-sale`, 'Sell only what is listed'],
      [`POST ${EVENT}/actions/mark-as-not-for-sale`, 'Sell all but what is listed'],
      [`POST ${EVENT}/actions/mark-everything-as-for-sale`, 'Sell all'],
      [`POST ${EVENT}/actions/mark-everything-as-not-for-sale`, 'Sell nothing'],
      [`POST ${EVENT}/actions/edit-for-sale-config`, 'Change what is for sale'],
      ['POST /events/actions/edit-for-sale-config', 'Change what is for sale in several events'],
    ],
  },
  {
    title: 'Seasons',
    calls: [
      ['POST /seasons', 'Create a season'],
      [`POST ${SEASON}/actions/create-events`, 'Create events in a season'],
      [`POST ${SEASON}/partial-seasons`, 'Create a partial season'],
      [`POST ${PARTIAL}/actions/add-events`, 'Add events to a partial season'],
      [`DELETE ${PARTIAL}/events/{eventKey}`, 'Remove an event from a partial season'],
      [`POST ${EVENT}/actions/override-season-status`, 'Give objects a status of their own'],
      [`POST ${EVENT}/actions/use-season-status`, 'Give objects the status of the season'],
    ],
  },
]

const REPORT = '/reports/events/{eventKey}'
const CHART_REPORT = '/reports/charts/{chartKey}'
const USAGE = '/reports/usage'

const reports: readonly CallGroup[] = [
  {
    title: 'Reports',
    calls: [
      [`GET ${REPORT}`, 'All objects of an event'],
      [`GET ${REPORT}.csv`, 'The same as text'],
      [`GET ${REPORT}/{reportType}`, 'Objects by something'],
      [`GET ${REPORT}/{reportType}/{filter}`, 'Objects of one group'],
      [`GET ${REPORT}/{reportType}/summary`, 'Counts by something'],
      [`GET ${REPORT}/{reportType}/summary/deep`, 'Counts of counts'],
      [`GET ${CHART_REPORT}/{reportType}`, 'Objects of a chart by something'],
      [`GET ${CHART_REPORT}/{reportType}/summary`, 'Counts of a chart by something'],
      [`GET ${USAGE}`, 'Used objects by month'],
      [`GET ${USAGE}/month/{month}`, 'Used objects by event'],
      [`GET ${USAGE}/month/{month}/event/{eventId}`, 'Used objects of an event'],
      [`GET ${USAGE}/rendering`, 'Renderings by month'],
      [`GET ${USAGE}/rendering/month/{month}`, 'Renderings by chart'],
      [`GET ${USAGE}/rendering/month/{month}/chart/{chartKey}`, 'Renderings of a chart'],
      ['GET /reports/subscription', 'The subscription'],
    ],
  },
]

/** Every call of the API of seats.io. */
export const seatsioCalls: readonly CallGroup[] = [...resources, ...statuses, ...reports]
