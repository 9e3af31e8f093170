import * as z from 'zod'
import { extraDataBytes, writeExtraData } from '../../rules/extra-data.ts'
import { objectAmong } from '../../http/misplaced.ts'
import { keyInPath, text } from '../fields.ts'
import { changeWords } from './change-words.ts'
import { objectInfo } from './object-info.ts'
import { EXTRA_DATA_BYTES_MAX, LABEL_LENGTH_MAX, NAME_LENGTH_MAX } from '../../limits/limits.ts'

// Status changes: what goes in, what comes out.

/** Statuses in one list: each object of the request is held against all of them. */
export const STATUSES_MAX = 100
/** Channels in one list. */
export const CHANNELS_MAX = 1_000

/** A hold token, order id, ticket type, resale listing or status. */
const word = text(1, NAME_LENGTH_MAX)
const label = text(1, LABEL_LENGTH_MAX)

/** An object of any fields; an empty list is an empty object, since one language cannot tell the two apart. */
export const objectOrEmpty = z.preprocess(
  (given) => (Array.isArray(given) && given.length === 0 ? {} : given),
  z
    .custom<Record<string, unknown>>(
      (given) => typeof given === 'object' && given !== null && !Array.isArray(given),
      { error: 'expected type: JSONObject' },
    )
    .meta({ type: 'object', additionalProperties: true }),
)

/** Extra data as it is stored. */
export const extraData = objectOrEmpty
  .transform(writeExtraData)
  .refine(
    (value) => extraDataBytes(value) <= EXTRA_DATA_BYTES_MAX,
    `expected at most ${EXTRA_DATA_BYTES_MAX} bytes of JSON`,
  )
  .meta({ override: { type: 'object', additionalProperties: true } })

/** Shops pass on what the vendor's map tells of a seat, labels and status among it: what it has besides is ignored. */
const objectReference = z.object({
  objectId: label,
  ticketType: text(0, NAME_LENGTH_MAX).optional(),
  quantity: z.int().min(1).default(1),
  extraData: extraData.optional(),
})

/** How the document shows an object with what goes with it alone. */
const labelled: { type: 'object'; properties: object; required: string[] } = {
  type: 'object',
  properties: {
    objectId: { type: 'string', description: 'The label of the object.' },
    ticketType: {
      type: 'string',
      maxLength: NAME_LENGTH_MAX,
      description: 'Opaque text, shown with the object until its next change.',
    },
    quantity: {
      type: 'integer',
      minimum: 1,
      default: 1,
      description:
        'Places of an area that sells them one by one. Of other objects there is one each.',
    },
    extraData: {
      type: 'object',
      additionalProperties: true,
      description: 'Replaces the extra data that the object has, also with `keepExtraData`.',
    },
  },
  required: ['objectId'],
}

/** The objects of a request, each by its label or with what goes with it alone. */
export const objects = z
  .array(
    z.preprocess(
      (given) => (typeof given === 'string' ? { objectId: given } : given),
      objectReference,
    ),
  )
  .min(1)
  .meta({
    override: {
      type: 'array',
      minItems: 1,
      description:
        'What is changed: labels, or objects with a label and what goes with it alone; the two may be mixed. A label that occurs twice is a second change of the same object, and of an area so many places more.',
      items: { anyOf: [{ type: 'string', description: 'The label of an object.' }, labelled] },
    },
  })

/** Opaque text, which may be empty. */
const opaque = text(0, NAME_LENGTH_MAX)

export const fields = {
  objects,
  holdToken: opaque.optional().meta({
    description:
      'Needed for a hold. Elsewhere it says that the caller made the hold: every object must be held by it. Without it, held objects are booked, changed and released all the same.',
  }),
  orderId: opaque.optional().meta({
    description:
      'Your own id of an order, shown with the objects and in the log. A change without one takes the old one away.',
  }),
  keepExtraData: z.boolean().default(false).meta({
    description: 'Whether objects keep the extra data that they have: a change takes it away else.',
  }),
  channelKeys: z.array(z.string()).max(CHANNELS_MAX).optional().meta({
    description:
      'If there are any, only objects of these channels are changed, and those in none only with `NO_CHANNEL` among them. Without, only those in none.',
  }),
  ignoreChannels: z.boolean().default(false).meta({
    description:
      'Changes objects whatever channel they are in. Not together with `channelKeys`. What is in resale is changed without either.',
  }),
  allowedPreviousStatuses: z.array(word).max(STATUSES_MAX).default([]).meta({
    description: 'If there are any, every object must be in one of these before the change.',
  }),
  rejectedPreviousStatuses: z.array(word).max(STATUSES_MAX).default([]).meta({
    description:
      'No object may be in one of these before the change. Not together with `allowedPreviousStatuses`.',
  }),
  resaleListingId: opaque.optional().meta({
    description: 'Your own id of an offer, shown while the objects are in resale.',
  }),
}

type Fields = z.output<z.ZodObject<typeof fields>>

/** What a single field cannot say. */
export function checkTogether(body: Omit<Fields, 'objects'>, context: z.RefinementCtx): void {
  const { allowedPreviousStatuses: allowed, rejectedPreviousStatuses: rejected } = body
  const { channelKeys = [], ignoreChannels } = body
  const complain = (field: string, message: string) => {
    context.addIssue({ code: 'custom', path: [field], message })
  }
  if (allowed.length > 0 && rejected.length > 0) {
    complain('rejectedPreviousStatuses', 'not together with allowedPreviousStatuses')
  }
  if (channelKeys.length > 0 && ignoreChannels) complain('ignoreChannels', 'not with channelKeys')
}

const groupFields = {
  events: z
    .array(keyInPath)
    .min(1)
    .refine((keys) => new Set(keys).size === keys.length, 'Duplicate event keys are not allowed')
    .meta({ description: 'Keys of events on one chart, each once.' }),
}

/** What an action does with the status. */
const TYPES = ['CHANGE_STATUS_TO', 'RELEASE']

export const targetFields = {
  type: z.string().default('CHANGE_STATUS_TO').meta({
    enum: TYPES,
    description:
      '`RELEASE` lets objects return to `free`, or to the `resale` that they were taken from.',
  }),
  status: word.optional().meta({
    description:
      '`free`, `reservedByToken` (held), `booked`, `resale`, or a word of your own. Needed with `CHANGE_STATUS_TO`, and refused with `RELEASE`.',
  }),
}

type TargetFields = z.output<z.ZodObject<typeof targetFields>>

/** Of an action, or of one change among many, which has more types. */
export function checkTarget(
  { type, status }: TargetFields,
  context: z.RefinementCtx,
  types: readonly string[] = TYPES,
): void {
  const complain = (field: string, message: string) => {
    context.addIssue({ code: 'custom', path: [field], message })
  }
  if (!types.includes(type)) {
    complain('type', `${type} is not a valid enum value: expected one of ${types.join(', ')}`)
  } else if (type !== 'CHANGE_STATUS_TO') {
    if (status !== undefined) complain('status', `not with type ${type}`)
  } else if (status === undefined) complain('status', 'required with type CHANGE_STATUS_TO')
}

/** What the name says already need not be said: clients send it all the same. */
export const namedWords = changeWords.filter((word) => word !== 'status' && word !== 'type')

/** Objects of one event, for an action whose name says what happens to them. */
export const actionRequest = objectAmong(namedWords, fields).superRefine(checkTogether)

/** The same in several events. */
export const groupActionRequest = objectAmong(namedWords, {
  ...groupFields,
  ...fields,
}).superRefine(checkTogether)

/** Objects of several events, and the status that they shall get. */
export const groupStatusRequest = objectAmong(changeWords, {
  ...groupFields,
  ...fields,
  ...targetFields,
})
  .superRefine(checkTogether)
  .superRefine((body, context) => {
    checkTarget(body, context)
  })

/** `expand=objects` asks for the objects after the change; other words say nothing. */
export const expandQuery = z.object({
  expand: z
    .preprocess((given) => [given ?? []].flat(), z.array(z.string()))
    .meta({
      override: {
        type: 'string',
        items: undefined,
        enum: ['objects'],
        description: 'With `objects`, the answer is 200 and shows them; without, it is 204.',
      },
    })
    .optional(),
})

/** Objects by label. */
export const objectMap = z
  .record(z.string(), objectInfo)
  .meta({ description: 'By label; of several events, as they are in the first one.' })

/** Nothing, or with `expand=objects` the objects after the change. */
export const changeReply = z.object({ objects: objectMap }).optional()
