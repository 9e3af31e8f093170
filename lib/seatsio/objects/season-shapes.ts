import * as z from 'zod'
import { objectAmong } from '../../http/misplaced.ts'
import { keyInPath } from '../fields.ts'
import { seatsio } from '../surface.ts'
import { fields, namedWords, objects } from './status-shapes.ts'

// What goes in where it is said whether the status of a season counts for objects of an event.

/** The season that is meant. */
export const season = keyInPath.optional().meta({
  description:
    'Key of the season or partial season that is meant. Without it the top-level season, unless the object is not free in exactly one partial season of the event, and free in the top-level one: then that.',
})

/** Whatever else goes with a change of status says nothing here: it is ignored. */
const refusedWords = namedWords.filter((word) => !Object.hasOwn(fields, word))

/** Objects of one event. */
export const seasonRequest = objectAmong(refusedWords, { objects, season })

/** What the two endpoints have in common that say it. */
export const seasonChange = {
  surface: seatsio,
  method: 'POST',
  access: 'secret-key',
  reply: z.undefined(),
  refusals: [
    'event-not-found',
    'event-not-in-season',
    'too-many-objects',
    'status-refused',
    'seats-refused',
  ],
} as const
