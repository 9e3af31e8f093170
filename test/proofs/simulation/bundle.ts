import { Worker } from 'node:worker_threads'
import { bundleEdited, type Edit } from '../../support/edited-bundle.ts'
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
  return new Promise((resolve, reject) => {
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }
    const worker = new Worker(bundle, { workerData: task, env })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => {
      reject(new Error(`The thread ended with ${code} before it was done`))
    })
  })
}
