import { Fault } from '../faults.ts'
import { inRounds } from '../in-rounds.ts'
import { refuse, type Outcome, type RefusalOf } from '../refusals.ts'
import type { Context } from './context.ts'

/** Something on file, as a refusal names it. */
type Named = Pick<RefusalOf<'record-busy'>, 'what' | 'key'>

/**
 * Reads something on file, refuses or changes it as it was read, and begins anew where somebody else was faster: then an attempt
 * answers undefined. Refuses as busy what others change each time.
 */
export async function inRoundsOn<Value>(
  { backOff }: Pick<Context, 'backOff'>,
  { what, key }: Named,
  attempt: () => Promise<Outcome<Value> | undefined>,
): Promise<Outcome<Value>> {
  const settled = await inRounds(backOff, attempt)
  return settled ?? refuse({ code: 'record-busy', what, key })
}

/**
 * Makes something new, under another name where an attempt answers undefined. Throws a fault where none is free: there is nothing yet
 * that could be called busy.
 */
export async function inRoundsToMake<Made>(
  { backOff }: Pick<Context, 'backOff'>,
  what: string,
  attempt: () => Promise<Made | undefined>,
): Promise<Made> {
  const made = await inRounds(backOff, attempt)
  if (made !== undefined) return made
  throw new Fault(`The store is too busy to make a ${what}`, { outcome: 'not-applied' })
}
