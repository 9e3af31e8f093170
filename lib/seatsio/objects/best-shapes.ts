import * as z from 'zod'
import { objectAmong } from '../../http/misplaced.ts'
import { text } from '../fields.ts'
import { changeWords } from './change-words.ts'
import {
  changeReply,
  checkTarget,
  checkTogether,
  extraData,
  fields,
  namedWords,
  objectMap,
  targetFields,
} from './status-shapes.ts'
import {
  BEST_PLACES_MAX,
  CATEGORIES_MAX,
  KEY_LENGTH_MAX,
  NAME_LENGTH_MAX,
  OBJECTS_MAX,
} from '../../limits/limits.ts'

// The best objects that there are, in the place of objects that are named.

/** Sections that one request names, far more than buyers tell apart. */
export const SECTIONS_MAX = 1_000

const { objects, ...others } = fields

/** What a buyer wants who names no objects. */
const bestAvailable = z
  .object({
    number: z
      .int()
      .min(1)
      .max(BEST_PLACES_MAX)
      .meta({ description: `Objects, at most ${OBJECTS_MAX}, or places of one area.` }),
    categories: z
      .array(z.union([z.string(), z.number()]))
      .max(CATEGORIES_MAX)
      .optional()
      .meta({ description: 'Keys or labels of categories, in whatever case; without any, all.' }),
    zone: text(0, KEY_LENGTH_MAX).optional().meta({
      description: 'Key of a zone. It is measured from the focal point of the zone then.',
    }),
    sections: z
      .array(z.string())
      .max(SECTIONS_MAX)
      .optional()
      .meta({ description: 'Labels of sections; without any, all.' }),
    ticketTypes: z.array(text(0, NAME_LENGTH_MAX)).optional().meta({
      description: 'As many as `number`: one for each object of the answer, in its order.',
    }),
    extraData: z.array(extraData).optional().meta({
      description: 'As many as `number`: one for each object of the answer, in its order.',
    }),
    tryToPreventOrphanSeats: z.boolean().default(true).meta({
      description: 'Whether seats that leave none alone come before nearer ones.',
    }),
    accessibleSeats: z.int().min(0).default(0).meta({
      description:
        'How many of them are accessible seats, at most `number`; others are not chosen.',
    }),
  })
  .superRefine(({ number, ticketTypes, extraData: data, accessibleSeats }, context) => {
    const complain = (field: string, message: string) => {
      context.addIssue({ code: 'custom', path: [field], message })
    }
    for (const [field, list = []] of [
      ['ticketTypes', ticketTypes],
      ['extraData', data],
    ] as const) {
      if (list.length > 0 && list.length !== number) {
        complain(field, `expected item count: ${number}, found: ${list.length}`)
      }
    }
    if (accessibleSeats > number)
      complain('accessibleSeats', `${accessibleSeats} is not less or equal to ${number}`)
  })
  .meta({
    description: 'What to choose, nearest to the focal point, of what is free and for sale.',
  })

const chosenFields = {
  // Before the objects that it takes the place of: the first fault is the one that is told.
  bestAvailable: bestAvailable.optional(),
  objects: objects.optional(),
  ...others,
}

type ChosenFields = z.output<z.ZodObject<typeof chosenFields>>

function checkChoice(body: ChosenFields & { type?: string }, context: z.RefinementCtx): void {
  const complain = (field: string, message: string) => {
    context.addIssue({ code: 'custom', path: [field], message })
  }
  if (body.bestAvailable === undefined) {
    if (body.objects === undefined) complain('objects', 'required key not found')
  } else if (body.objects !== undefined) complain('bestAvailable', 'not together with objects')
  else if (body.type === 'RELEASE') complain('bestAvailable', 'not with type RELEASE')
}

const oneOfBoth = { oneOf: [{ required: ['objects'] }, { required: ['bestAvailable'] }] }

/** Objects of one event, or the best, for an action whose name says what happens to them. */
export const chosenActionRequest = objectAmong(namedWords, chosenFields)
  .superRefine(checkChoice)
  .superRefine(checkTogether)
  .meta(oneOfBoth)

/** Objects of one event, or the best, and the status that they shall get. */
export const chosenStatusRequest = objectAmong(changeWords, { ...chosenFields, ...targetFields })
  .superRefine(checkChoice)
  .superRefine(checkTogether)
  .superRefine((body, context) => {
    checkTarget(body, context)
  })
  .meta(oneOfBoth)

const bestReply = z.object({
  objects: z.array(z.string()).meta({
    description: 'Labels in seat order; that of an area once for each place.',
  }),
  objectDetails: objectMap,
  nextToEachOther: z.boolean().optional().meta({
    description: 'Of seats: whether all of them are side by side.',
  }),
})

/** The choice, with or without `expand`; or what a change of named objects answers. */
export const chosenReply = z.union([bestReply, changeReply.unwrap()]).optional()
