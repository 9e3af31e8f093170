import { Fault } from '../../faults.ts'
import { inRounds } from '../../in-rounds.ts'
import { backOff, type Port } from './port.ts'

/** What is done, for the fault that tells that it was not. */
interface Task {
  /** As in “the store is too busy to …”. */
  readonly to: string
  /** What is known of it when it is given up. */
  readonly outcome?: Fault['outcome']
  readonly roundsMax?: number
}

/** Makes attempts until one settles it, with random pauses; throws a fault where none does. An attempt that settled nothing answers undefined. */
export async function untilSettled<Settled>(
  port: Port,
  { to, outcome = 'not-applied', roundsMax }: Task,
  attempt: () => Promise<Settled | undefined>,
): Promise<Settled> {
  const settled = await inRounds((round) => backOff(port, round), attempt, roundsMax)
  if (settled === undefined) throw new Fault(`The store is too busy to ${to}`, { outcome })
  return settled
}
