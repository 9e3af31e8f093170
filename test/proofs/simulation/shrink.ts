import { runSeed, type Failure } from './campaign.ts'
import { troubles } from './faults.ts'
import { clientNames, type RunOptions } from './run.ts'

// A failing run made as small as it still fails: fewer kinds of trouble, fewer clients, fewer rounds. A smaller run is
// another run, so it may fail in another way; that is told too.

/** Runs that shrinking may take. */
const RUNS_MAX = 120

/** Makes a failing run smaller for as long as it fails. */
export async function shrink(failure: Failure): Promise<Failure> {
  let best = failure
  let runs = 0
  const attempt = async (options: RunOptions): Promise<boolean> => {
    if (runs >= RUNS_MAX) return false
    runs += 1
    const [found] = (await runSeed(options)).failures
    if (found !== undefined) best = found
    return found !== undefined
  }
  for (const trouble of troubles) {
    const { off = [] } = best.options
    await attempt({ ...best.options, off: [...off, trouble] })
  }
  for (const name of clientNames) {
    const { clients = clientNames } = best.options
    const fewer = clients.filter((client) => client !== name)
    if (fewer.length > 0) await attempt({ ...best.options, clients: fewer })
  }
  for (const rounds of [1, 2, 3, 4, 6, 8]) if (await attempt({ ...best.options, rounds })) break
  return best
}
