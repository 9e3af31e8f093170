import * as z from 'zod'
import type { SurfaceDocument } from '../openapi/surface-document.ts'
import { errorReply, seatsRefusedReply } from './error-shapes.ts'
import * as shapes from './shapes.ts'
import * as soldShapes from './sold-shapes.ts'
import * as statusShapes from './status-shapes.ts'
import { seatbuilderNotices } from './told-notices.ts'
import * as admissionShapes from './admission-shapes.ts'
import * as webhookShapes from './webhook-shapes.ts'

const description = `Holds, extends, books and releases reserved seats. A batch of seats changes whole or not at all, and a hold ends at
the millisecond of its deadline.

**Keys.** Send a key in \`X-Api-Key\`. A secret key (\`sk_…\`) may call everything and stays on your server; a publishable key
(\`pk_…\`) may be in a browser.

**The buying flow.** Hold seats under a hold token of your choice, extend when the buyer goes to pay, book when the money has
come, release when it has not. Whoever knows a hold token may act on its seats: make it hard to guess.

**Answers.** JSON in and out. Unknown fields of a request are ignored, save that a call which changes seats refuses what only
another such call knows; clients should ignore unknown fields of a reply. A path or method that is not here answers 404 in the
standard error.`

/** SeatBuilder's API as a document. */
export const seatbuilderDocument: SurfaceDocument = {
  info: {
    title: 'Holdfast: reserved seating in the language of SeatBuilder',
    version: '1',
    description,
    license: { name: 'MIT', identifier: 'MIT' },
  },
  tags: [
    {
      name: 'Seats',
      under: '/api/v1/events/{eventKey}/seats',
      description: 'Sell the seats of an event.',
    },
    {
      name: 'Events',
      under: '/api/v1/events',
      description: 'An event is one show on a published chart.',
    },
    {
      name: 'Charts',
      under: '/api/v1/charts',
      description: 'A chart is a drawing of a venue: a draft, and at most one published version.',
    },
    {
      name: 'Admission',
      under: '/api/v1/admission-key',
      description: 'Sell to those alone whom a waiting room lets in.',
    },
    {
      name: 'Webhooks',
      under: '/api/v1/webhooks',
      description: 'Be told of every change by a signed request.',
    },
    { name: 'Health', under: '/health', description: 'Whether the service works.' },
  ],
  keys: {
    'publishable-key': {
      name: 'PublishableKey',
      scheme: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Api-Key',
        description: 'A key for browsers: `pk_test_…` or `pk_live_…`.',
      },
    },
    'secret-key': {
      name: 'SecretKey',
      scheme: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Api-Key',
        description: 'A key for servers, which may call everything: `sk_test_…` or `sk_live_…`.',
      },
    },
  },
  errors: { Error: errorReply, SeatsRefused: seatsRefusedReply },
  schemas: namedShapes(),
  told: seatbuilderNotices,
}

/** `chartReply` is documented as `ChartReply`. */
function namedShapes(): Record<string, z.ZodType> {
  const named = Object.entries({
    ...shapes,
    ...soldShapes,
    ...statusShapes,
    ...webhookShapes,
    ...admissionShapes,
  }).flatMap(([name, shape]) =>
    shape instanceof z.ZodType
      ? [[name.slice(0, 1).toUpperCase() + name.slice(1), shape] as const]
      : [],
  )
  return Object.fromEntries(named)
}
