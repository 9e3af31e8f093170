import { dynamoError } from './errors.ts'

/** Lets writes pass one by one until one fails. */
export interface WriteGate {
  pass(write: () => Promise<void>): Promise<void>
}

/**
 * A write that fails (a full disk, mostly) leaves a part of a record in LevelDB's log, and when the log is read again,
 * what was written behind that part would be dropped. So the first failure ends all writing, and no write is under way
 * behind another. It is answered with a definite refusal: a record that is not whole is not there after a restart either.
 */
export function createWriteGate(onFailure: (error: unknown) => void): WriteGate {
  let isShut = false
  let tail: Promise<void> = Promise.resolve()
  async function run(write: () => Promise<void>): Promise<void> {
    if (isShut) throw refusal()
    try {
      await write()
    } catch (error) {
      isShut = true
      onFailure(error)
      throw refusal()
    }
  }
  return {
    pass(write) {
      const turn = tail.then(() => run(write))
      tail = turn.catch(() => undefined)
      return turn
    },
  }
}

function refusal(): Error {
  return dynamoError('AccessDeniedException', 'The table can be read, but no longer be written')
}
