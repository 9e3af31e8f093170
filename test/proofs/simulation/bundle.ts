import { bundleEdited, runInThread, type Edit } from '../../support/edited-bundle.ts'
import type { Found, Task } from './worker.ts'

/** Bundles the simulation with these edits in the product's source; throws when one does not fit exactly once. */
export function bundleSimulation(name: string, edits: readonly Edit[] = []): Promise<string> {
  return bundleEdited(
    { entry: 'test/proofs/simulation/worker.ts', name: `simulation-${name}` },
    edits,
  )
}

/** Runs seeds on a bundle, in a thread of its own. */
export function runBundle(bundle: string, task: Task): Promise<Found> {
  return runInThread(bundle, task) as Promise<Found>
}
