import * as z from 'zod'
import { objectAmong } from '../../http/misplaced.ts'
import { keyInPath } from '../fields.ts'
import { changeWords } from './change-words.ts'
import { season } from './season-shapes.ts'
import { checkTarget, checkTogether, fields, objectMap, targetFields } from './status-shapes.ts'

// Many changes in one request.

/** What a change among many does. */
const TYPES = ['CHANGE_STATUS_TO', 'RELEASE', 'OVERRIDE_SEASON_STATUS', 'USE_SEASON_STATUS']

const entryFields = {
  event: keyInPath,
  ...fields,
  ...targetFields,
  type: targetFields.type.meta({
    enum: TYPES,
    description:
      '`RELEASE` lets objects return to `free`, or to the `resale` that they were taken from. `OVERRIDE_SEASON_STATUS`: what objects are in a season does not count for this event; `USE_SEASON_STATUS`: it counts again. These two ignore everything but `objects` and `season`.',
  }),
  season,
}

type Entry = z.output<z.ZodObject<typeof entryFields>>

/** Whether a change is of what a season means to an event. */
export function isSeasonType({ type }: Pick<Entry, 'type'>): boolean {
  return type === 'OVERRIDE_SEASON_STATUS' || type === 'USE_SEASON_STATUS'
}

function checkEntry(entry: Entry, context: z.RefinementCtx): void {
  checkTarget(entry, context, TYPES)
  if (!isSeasonType(entry)) checkTogether(entry, context)
}

/** Many changes, one after the other. */
export const batchRequest = objectAmong(changeWords, {
  statusChanges: z
    .array(objectAmong(changeWords, entryFields).superRefine(checkEntry))
    .min(1)
    .meta({ description: 'Made in this order: each sees what the ones before it did.' }),
})

/** Nothing, or with `expand=objects` for each change its objects right after it. */
export const batchReply = z
  .object({
    results: z
      .array(z.object({ objects: objectMap }))
      .meta({ description: 'One for each change, as its objects were right after it.' }),
  })
  .optional()
