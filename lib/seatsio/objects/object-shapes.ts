import * as z from 'zod'
import { defined } from '../../defined.ts'
import { objectAmong } from '../../http/misplaced.ts'
import { keyInPath, text } from '../fields.ts'
import { changeWords } from './change-words.ts'
import { objectInfo, toObjectInfo, type ObjectInfo, type Shown } from './object-info.ts'
import { extraData, objectOrEmpty } from './status-shapes.ts'
import { LABEL_LENGTH_MAX } from '../../limits/limits.ts'

// Objects of an event, and their extra data.

const label = text(1, LABEL_LENGTH_MAX)

/** Above the longest that a drawing can make of its parts, each of which is cut at 255. */
const READ_LENGTH_MAX = 1_000

/**
 * A label to be read: also one that no request can change, of a drawing that an earlier version took. It is told as not for sale,
 * and the others that are asked for as they are.
 */
const anyLabel = z.string().min(1).max(READ_LENGTH_MAX)

export const objectParams = z.object({ eventKey: keyInPath, label: anyLabel })

export const changedObjectParams = z.object({ eventKey: keyInPath, label })

export const objectsQuery = z.object({
  label: z
    .preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(anyLabel).min(1))
    .meta({
      param: { required: true },
      override: {
        type: undefined,
        items: undefined,
        minItems: undefined,
        anyOf: [{ type: 'string' }, { type: 'array', minItems: 1, items: { type: 'string' } }],
        description: 'The label of an object; several are asked for by repeating the parameter.',
      },
    }),
})

export const objectsReply = z.record(z.string(), objectInfo).meta({ description: 'By label.' })

export const objectReply = objectInfo
  .pick({
    status: true,
    ticketType: true,
    extraData: true,
    orderId: true,
    holdToken: true,
    forSale: true,
  })
  .extend({
    quantity: z
      .int()
      .optional()
      .meta({ description: 'Of an area: how many of its places are taken.' }),
  })

/** A field whose empty form has two shapes is taken for one that may be left out, which it may not. */
const mustBeThere = { override: { required: ['extraData'] } }

export const annotateRequest = objectAmong(changeWords, { extraData }).meta(mustBeThere)

/** Extra data by label; a label may be called anything, `__proto__` too, which a record would lose. */
const extraDataByLabel = objectOrEmpty
  .transform((given, context) => {
    const checked = new Map<string, z.output<typeof extraData>>()
    for (const [name, value] of Object.entries(given)) {
      const isLabel = label.safeParse(name).success
      const read = extraData.safeParse(value)
      if (isLabel && read.success) checked.set(name, read.data)
      else {
        const message = isLabel ? 'expected type: JSONObject' : 'is no label'
        context.addIssue({ code: 'custom', path: [name], message })
      }
    }
    return checked
  })
  .meta({
    override: {
      type: 'object',
      additionalProperties: { type: 'object' },
      description: 'By label; replaces the extra data of each.',
    },
  })

export const annotateManyRequest = objectAmong(changeWords, {
  extraData: extraDataByLabel,
}).meta(mustBeThere)

/** Objects by label. */
export function toObjectInfos(objects: readonly Shown[]): Record<string, ObjectInfo> {
  return Object.fromEntries(objects.map((shown) => [shown.label, toObjectInfo(shown)]))
}

/** What older clients are shown of an object. */
export function toObject(shown: Shown): z.output<typeof objectReply> {
  const {
    status,
    ticketType,
    extraData: data,
    orderId,
    holdToken,
    forSale,
    ...info
  } = toObjectInfo(shown)
  const { numBooked, numHeld } = info
  const quantity = numBooked === undefined ? undefined : numBooked + (numHeld ?? 0)
  return {
    status,
    ...defined({ ticketType, extraData: data, orderId, holdToken }),
    forSale,
    ...defined({ quantity }),
  }
}
