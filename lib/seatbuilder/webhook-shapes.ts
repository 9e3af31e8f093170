import * as z from 'zod'
import { checkWhole } from '../http/whole.ts'
import { webhookTypes } from '../rules/notice.ts'
import { urlFault } from '../webhooks/address.ts'
import {
  OVERLAP_SECONDS_MAX,
  PAGE_LIMIT_MAX,
  PAGE_MAX,
  text,
  timestamp,
  wholeNumber,
} from './fields.ts'
import {
  KEY_LENGTH_MAX,
  NAME_LENGTH_MAX,
  URL_LENGTH_MAX,
  WEBHOOK_BATCH_MAX,
} from '../limits/limits.ts'
import { givesOneOf } from './shapes.ts'

// The request and reply schemas of webhooks. Unknown request fields are ignored.

const DELIVERIES_LIMIT_DEFAULT = 50

export const webhookParams = z.object({ id: text(1, KEY_LENGTH_MAX) })
export const deliveryParams = webhookParams.extend({ deliveryId: text(1, KEY_LENGTH_MAX) })

export const deliveriesQuery = z.object({
  page: wholeNumber(PAGE_MAX, 1),
  limit: wholeNumber(PAGE_LIMIT_MAX, DELIVERIES_LIMIT_DEFAULT),
})

/** What is wrong with a URL wherever the product runs is told with all other faults; the rest where the rules of the place are known. */
const url = text(1, URL_LENGTH_MAX)
  .superRefine((given, context) => {
    const message = given === '' || given.length > URL_LENGTH_MAX ? undefined : urlFault(given)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })
  .meta({
    format: 'uri',
    description:
      'Begins with `https://`, and names no private, loopback or otherwise reserved address; what its name resolves to is checked again at each delivery.',
  })
const webhookType = z.enum(webhookTypes)
const events = z
  .array(webhookType)
  .min(1)
  .meta({ description: 'What to tell; what is named twice is kept once.' })
const description = text(0, NAME_LENGTH_MAX).meta({ description: 'A note of your own.' })

const batch = z.int().min(1).max(WEBHOOK_BATCH_MAX).meta({
  description:
    'How many notices one request takes at most. Above 1 each body is `{"notices": [...]}`, with as many of them as there are, in the order in which they occurred.',
})

export const createWebhookRequest = z.object({
  url,
  events,
  description: description.optional(),
  batch: batch.default(1),
})

const changes = z.object({
  url: url.optional(),
  events: events.optional(),
  enabled: z.boolean().optional(),
  description: description
    .nullable()
    .optional()
    .meta({ description: 'Null or `""` takes it away.' }),
  batch: batch.optional(),
})

export const updateWebhookRequest = checkWhole(changes, (body, complain) => {
  if (Object.values(body).some((value) => value !== undefined)) return
  for (const field of Object.keys(changes.shape)) {
    complain(field, 'Give url, events, enabled, description or batch, or several')
  }
}).meta(givesOneOf(Object.keys(changes.shape)))

export const rotateSecretRequest = z
  .object({
    overlapSeconds: z
      .int()
      .min(0)
      .max(OVERLAP_SECONDS_MAX)
      .default(0)
      .meta({ description: 'For how long the old secret signs as well, beside the new one.' }),
  })
  .optional()

const moment = z.iso.datetime({ offset: true, abort: true })

export const replayRequest = z
  .object({ since: moment, until: moment })
  .refine(({ since, until }) => Date.parse(since) < Date.parse(until), {
    path: ['until'],
    message: 'Must be later than since',
  })

// Replies

const webhookHealth = z.object({
  status: z.enum(['healthy', 'failing', 'unknown']).meta({
    description:
      'It fails from when deliveries wait for a single one to succeed: after an attempt without an answer, or three failures in a row. `unknown` is before any success.',
  }),
  lastSuccessAt: timestamp.nullable(),
  failingSince: timestamp.nullable().meta({ description: 'Null unless it fails.' }),
  nextProbeAt: timestamp.nullable().meta({
    description:
      'Null unless it fails: from then on one delivery tries it, and the others wait for that. A test that succeeds, or a change of the webhook, ends the waiting at once.',
  }),
})

export const webhookReply = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(webhookType),
  description: z.string().optional(),
  batch: z.int().min(2).max(WEBHOOK_BATCH_MAX).optional().meta({
    description: 'There where one request takes several notices.',
  }),
  enabled: z.boolean(),
  createdAt: timestamp,
  updatedAt: timestamp,
  health: webhookHealth,
})

const secret = z.string().meta({ description: 'Told this once: keep it where the receiver runs.' })

export const createdWebhookReply = webhookReply.extend({ secret })

export const deletedWebhookReply = z.object({ id: z.string(), deleted: z.literal(true) })

export const rotatedSecretReply = z.object({
  id: z.string(),
  secret,
  rotatedAt: timestamp,
  /** There where the old secret signs as well for a while. */
  oldSecretUntil: timestamp.optional(),
})

export const queuedDeliveryReply = z.object({
  id: z.string(),
  deliveryId: z.string(),
  status: z.literal('queued'),
  queuedAt: timestamp,
})

export const replayReply = z.object({
  id: z.string(),
  status: z.literal('queued'),
  deliveries: z.int().min(0).meta({ description: 'How many are sent again.' }),
  skipped: z.int().min(0).meta({
    description: 'How many are not: they are under way, or were attempted as often as is kept.',
  }),
  queuedAt: timestamp,
})

const responseStatus = z.int().nullable().meta({ description: 'Null where there was no answer.' })

export const deliveryReply = z.object({
  deliveryId: z.string(),
  webhookId: z.string(),
  event: webhookType,
  status: z.enum(['queued', 'retrying', 'success', 'failed']).meta({
    description: '`failed` is final: no further attempt is made unless it is sent again.',
  }),
  attemptCount: z.int().min(0),
  responseStatus,
  responseLatencyMs: z.int().min(0).nullable(),
  deliveredAt: timestamp.optional().meta({ description: 'There on success only.' }),
  lastAttemptAt: timestamp.optional().meta({ description: 'There after a failed attempt only.' }),
  nextAttemptAt: timestamp.optional(),
  failure: z.string().optional().meta({ description: 'Why it was given up without an attempt.' }),
  noticeId: z.string(),
  attempts: z.array(
    z.object({
      at: timestamp,
      responseStatus,
      latencyMs: z.int().min(0),
      failure: z.string().nullable().meta({ description: 'Null where it succeeded.' }),
    }),
  ),
})
