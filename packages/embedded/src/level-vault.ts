import dynalite from 'dynalite/db/index.js'
import { ApiError } from './errors.ts'
import type { Contents, Step, Vault } from './vault.ts'

// The vault in a folder is a LevelDB, as the embedded DynamoDB's is, and by the same rules: what was answered with success has
// been handed to the operating system. While one batch is being written, what comes meanwhile gathers into the next.

/** Opens the vault of a folder and reads what is in it. */
export async function openLevelVault({
  path,
  onWriteFailure,
}: {
  path: string
  /** Told once, of the write that failed and was the last. */
  onWriteFailure: (error: unknown) => void
}): Promise<{ vault: Vault; contents: Contents }> {
  const { db } = dynalite.create({ path })
  await db.open()
  const contents = new Map<string, unknown>()
  for await (const [key, value] of db.iterator({})) contents.set(key, value)
  const write = gathered((steps) => db.batch(steps), onWriteFailure)
  return { contents, vault: { write, close: () => db.close() } }
}

/**
 * Writes one batch at a time. A write that fails (a full disk, mostly) leaves a part of a record in LevelDB's log, and what was
 * written behind it would be dropped when the log is read again: so the first failure ends all writing.
 */
export function gathered(
  writeBatch: (steps: readonly Step[]) => Promise<void>,
  onFailure: (error: unknown) => void,
): Vault['write'] {
  let isShut = false
  let waiting: Step[] = []
  let next: Promise<void> | undefined
  let last: Promise<void> = Promise.resolve()
  async function flush(): Promise<void> {
    const steps = waiting
    waiting = []
    next = undefined
    if (isShut) throw refusal()
    try {
      await writeBatch(steps)
    } catch (error) {
      isShut = true
      onFailure(error)
      throw refusal()
    }
  }
  return (steps) => {
    if (steps.length === 0) return Promise.resolve()
    for (const step of steps) waiting.push(step)
    if (next === undefined) {
      next = last.then(flush)
      last = next.catch(() => undefined)
    }
    return next
  }
}

function refusal(): ApiError {
  return new ApiError(
    'AccessDeniedException',
    'Queues and rules can be read, but no longer be written',
  )
}
