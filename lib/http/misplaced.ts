import * as z from 'zod'

// A request may have fields that nobody knows: they are ignored, so that clients can be ahead of us. But whoever sends a field
// that a sibling of the call takes means something by it, and mostly to narrow what is changed: ignored, that would be lost.

const misplaced = z
  .unknown()
  .refine((given) => given === undefined, 'not a field of this call')
  .optional()
  // Left out of the document, since there is no right value.
  .meta({ not: {} })

/** An object of these fields, which refuses by its name each other word of the family that the call belongs to. */
export function objectAmong<Shape extends z.ZodRawShape>(
  words: readonly string[],
  shape: Shape,
): z.ZodObject<Shape> {
  const others = words.filter((word) => !Object.hasOwn(shape, word))
  const refused = Object.fromEntries(others.map((word) => [word, misplaced]))
  return z.object({ ...refused, ...shape })
}
