import type * as z from 'zod'
import { defined } from '../../defined.ts'
import type { StepObject } from '../../rules/machine.ts'
import type { Choice, Wish } from '../../rules/best/wish.ts'
import type { chosenActionRequest, chosenReply } from './best-shapes.ts'
import type { expandQuery } from './status-shapes.ts'
import { toChangeReply, toObjects, type Changed } from './status-translate.ts'

type Body = z.output<typeof chosenActionRequest>

/** What is wanted of the best, and what goes with each of it; undefined where objects are named. */
export function toBest({
  bestAvailable,
}: Pick<Body, 'bestAvailable'>): { wish: Wish; given: StepObject['given'][] } | undefined {
  if (bestAvailable === undefined) return undefined
  const { number, categories, zone, sections, accessibleSeats } = bestAvailable
  const {
    ticketTypes = [],
    extraData = [],
    tryToPreventOrphanSeats: preventsOrphans,
  } = bestAvailable
  const wish: Wish = {
    number,
    accessibleSeats,
    preventsOrphans,
    ...defined({ categories: categories?.map(String), zone, sections }),
  }
  const given = Array.from({ length: Math.max(ticketTypes.length, extraData.length) }, (_, place) =>
    defined({ ticketType: ticketTypes[place], extraData: extraData[place] }),
  )
  return { wish, given }
}

interface Steps {
  readonly steps: readonly { readonly objects: readonly Changed[] }[]
  readonly choice: Choice | undefined
}

/** The choice with its objects, or what a change of named objects answers. */
export function toChosenReply(
  query: z.output<typeof expandQuery>,
  { steps, choice }: Steps,
): z.output<typeof chosenReply> {
  if (choice === undefined) return toChangeReply(query, steps)
  const { labels, isNextToEachOther: nextToEachOther } = choice
  return {
    objects: [...labels],
    objectDetails: toObjects(steps.flatMap(({ objects }) => objects)),
    ...defined({ nextToEachOther }),
  }
}
