import { Fault } from '../../faults.ts'
import { inRounds } from '../../in-rounds.ts'
import { isHurried } from '../../patience.ts'
import { backOff, type Port } from './port.ts'
import { noRoom, waitForRoom } from './throttled.ts'

/** What is done, for the fault that tells that it was not. */
interface Task {
  /** As in “the store is too busy to …”. */
  readonly to: string
  /** What is known of it when it is given up. */
  readonly outcome?: Fault['outcome']
  readonly roundsMax?: number
  /** Whether an attempt settles nothing only where the store has no room. */
  readonly isForRoom?: boolean
}

/** Makes attempts until one settles it, with random pauses; throws a fault where none does. An attempt that settled nothing answers undefined. */
export async function untilSettled<Settled>(
  port: Port,
  { to, outcome = 'not-applied', roundsMax, isForRoom = false }: Task,
  attempt: () => Promise<Settled | undefined>,
): Promise<Settled> {
  const waitAfter = async (round: number) => {
    if (!isForRoom) await backOff(port, round)
    else if (!(await waitForRoom(port, round))) throw noRoom(port)
  }
  const settled = await inRounds(waitAfter, attempt, roundsMax)
  if (settled === undefined && isForRoom && isHurried()) throw noRoom(port)
  if (settled === undefined) throw new Fault(`The store is too busy to ${to}`, { outcome })
  return settled
}
