import * as z from 'zod'
import type { SurfaceDocument } from '../openapi/surface-document.ts'
import * as accountShapes from './companies/account-shapes.ts'
import * as chartShapes from './charts/chart-shapes.ts'
import * as bestShapes from './objects/best-shapes.ts'
import * as soldShapes from './charts/sold-shapes.ts'
import { errorReply } from './error-shapes.ts'
import * as channelShapes from './events/channel-shapes.ts'
import * as eventLogShapes from './events/event-log-shapes.ts'
import * as eventShapes from './events/event-shapes.ts'
import * as batchShapes from './objects/batch-shapes.ts'
import * as holdTokenShapes from './objects/hold-token-shapes.ts'
import * as logShapes from './objects/log-shapes.ts'
import * as objectShapes from './objects/object-shapes.ts'
import * as saleShapes from './events/sale-shapes.ts'
import * as seasonShapes from './objects/season-shapes.ts'
import * as statusShapes from './objects/status-shapes.ts'
import * as reportShapes from './reports/report-shapes.ts'
import * as usageShapes from './reports/usage-shapes.ts'
import * as ticketBuyerShapes from './companies/ticket-buyer-shapes.ts'
import * as workspaceShapes from './companies/workspace-shapes.ts'

const description = `Reserved seating in the language of seats.io: its client libraries work with this service when they get its base URL.

**Keys.** HTTP Basic with a secret key as the user name and any password. A workspace's key opens that workspace; a company's
admin key opens the workspace that \`X-Workspace-Key\` names, or the default one.

**Requests.** A body is read as JSON whatever its type is said to be; no body, \`null\` and \`[]\` are an object without fields, and a field
of \`null\` is not given. Unknown fields are ignored, save that a call which changes objects refuses what only another such call knows. A query parameter without a value is not given.

**Answers.** JSON without nulls, or 204 without a body. Errors have one entry; 401 has no body, nor has 403, save where a waiting room has to let the buyer in. 429 means that objects
are busy, or that what an event sells was changed too often: \`Retry-After\` says when to try again. A path or method that is not here answers 404.`

const basic = (description: string) => ({ type: 'http', scheme: 'basic', description }) as const

/** The API of seats.io as a document. */
export const seatsioDocument: SurfaceDocument = {
  info: {
    title: 'Holdfast: reserved seating in the language of seats.io',
    version: '1',
    description,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  tags: [
    // In the order of the story: pressed from the top of the page to its end, the examples work.
    {
      name: 'Provisioning',
      under: '/system',
      description: 'Companies for tests, and drawings from elsewhere.',
    },
    {
      name: 'Workspaces',
      under: '/workspaces',
      description: 'A workspace is one inventory of a company.',
    },
    { name: 'Charts', under: '/charts', description: 'A chart is a drawing of a venue.' },
    {
      name: 'Events',
      under: ['/events', '/events/{eventKey}/actions/move-to-new-chart-copy'],
      description: 'An event is one show on a published chart.',
    },
    {
      name: 'seasons',
      description:
        'Events on one chart that are sold together: whole, in parts, and one by one. A season is asked for, changed, deleted and sold as an event.',
      under: '/seasons',
    },
    {
      name: 'Channels',
      under: '/events/{eventKey}/channels',
      description: 'Objects of an event that are set apart for some buyers.',
    },
    {
      name: 'Sale rules',
      under: [
        '/events/{eventKey}/actions/mark-as-for-sale',
        '/events/{eventKey}/actions/mark-as-not-for-sale',
        '/events/{eventKey}/actions/mark-everything-as-for-sale',
        '/events/{eventKey}/actions/mark-everything-as-not-for-sale',
        '/events/{eventKey}/actions/edit-for-sale-config',
        '/events/actions/edit-for-sale-config',
      ],
      description: 'What an event sells.',
    },
    {
      name: 'Hold tokens',
      under: '/hold-tokens',
      description: 'Bearers of holds, with a deadline.',
    },
    {
      name: 'Status changes',
      under: [
        '/events/{eventKey}/actions',
        '/events/groups',
        '/events/actions/change-object-status',
        '/seasons/actions',
      ],
      description: 'Hold, book, release and mark objects, of one event or of many, all or none.',
    },
    {
      name: 'Objects',
      under: ['/events/{eventKey}/objects', '/events/{eventKey}/actions/update-extra-data'],
      description: 'What is known of the objects of an event.',
    },
    {
      name: 'Reports',
      under: '/reports',
      description: 'The objects of an event or a drawing, listed and counted by group.',
    },
    {
      name: 'History',
      under: [
        '/events/{eventKey}/status-changes',
        '/events/{eventKey}/objects/{label}/status-changes',
      ],
      description: 'What was changed, by whom and when.',
    },
    {
      name: 'Event log',
      under: '/event-log',
      description: 'What happened to charts and events of a company.',
    },
    {
      name: 'Usage',
      under: ['/reports/usage', '/reports/subscription'],
      description: 'How much a company used of what it sells.',
    },
    {
      name: 'Ticket buyers',
      under: '/ticket-buyers',
      description: 'A set of ids that a company keeps.',
    },
    {
      name: 'Accounts',
      under: '/accounts',
      description: 'What a company has set for all its workspaces.',
    },
    { name: 'Pictures', under: '/thumbnails', description: 'Small pictures of drawings.' },
  ],
  keys: {
    'secret-key': {
      name: 'SecretKey',
      scheme: basic('The secret key of a workspace as the user name.'),
    },
    'admin-key': {
      name: 'AdminKey',
      scheme: basic('The admin key of a company as the user name.'),
    },
    system: {
      name: 'SystemSecret',
      scheme: basic('The secret of the system as the user name.'),
    },
  },
  errors: { Error: errorReply },
  schemas: {
    ...namedShapes(accountShapes),
    ...namedShapes(bestShapes),
    ...namedShapes(channelShapes),
    ...namedShapes(chartShapes),
    ...namedShapes(eventLogShapes),
    ...namedShapes(eventShapes),
    ...namedShapes(holdTokenShapes),
    ...namedShapes(logShapes),
    ...namedShapes(objectShapes),
    ...namedShapes(reportShapes),
    ...namedShapes(saleShapes),
    ...namedShapes(soldShapes),
    ...namedShapes(batchShapes),
    ...namedShapes(seasonShapes),
    ...namedShapes(statusShapes),
    ...namedShapes(ticketBuyerShapes),
    ...namedShapes(usageShapes),
    ...namedShapes(workspaceShapes),
  },
}

/** `chartReply` is documented as `ChartReply`. */
function namedShapes(shapes: Readonly<Record<string, unknown>>): Record<string, z.ZodType> {
  const named = Object.entries(shapes).flatMap(([name, shape]) =>
    shape instanceof z.ZodType
      ? [[name.slice(0, 1).toUpperCase() + name.slice(1), shape] as const]
      : [],
  )
  return Object.fromEntries(named)
}
