import { OBJECTS_MAX } from '../limits/limits.ts'
import { SAMPLE, type RefusalFactsOf } from './told.ts'

/** What is refused where nobody named what to take. */
export type BestRefusal =
  /** There is nothing that answers the wish. */
  | { readonly code: 'best-not-found' }
  /** So many objects are never changed at once, and no area has so many places. */
  | { readonly code: 'best-too-many'; readonly number: number; readonly objectsMax: number }
  /** From nowhere in the chart can be said what is near. */
  | { readonly code: 'no-focal-point'; readonly chartKey: string }

/** How each is told. */
export const bestRefusals = {
  'best-not-found': {
    kind: 'conflict',
    says: () => 'Best available objects not found',
    when: 'There are not so many free objects that answer to what is asked for.',
    sample: { code: 'best-not-found' },
  },
  'best-too-many': {
    kind: 'invalid',
    says: ({ number, objectsMax }) =>
      `${number} are asked for, and one request takes at most ${objectsMax} objects; no area has so many places left`,
    when: `More than ${OBJECTS_MAX} are asked for, and no area has so many places left.`,
    sample: { code: 'best-too-many', number: 1_200, objectsMax: OBJECTS_MAX },
  },
  'no-focal-point': {
    // Of the drawing, and not of the request.
    kind: 'conflict',
    says: ({ chartKey }) =>
      `The chart ${chartKey} has no focal point: what is best is measured from there`,
    when: 'The chart has no focal point, nor have its zones, floors and sections.',
    sample: { code: 'no-focal-point', chartKey: SAMPLE.chartKey },
  },
} as const satisfies RefusalFactsOf<BestRefusal>
