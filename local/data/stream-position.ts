import { readFile } from 'node:fs/promises'
import { replaceFile } from './replace-file.ts'

/** The last record of a stream that all workers have handled. */
export interface StreamPosition {
  /** Its number, if one is known for this stream. */
  read(streamArn: string): Promise<string | undefined>
  write(streamArn: string, sequenceNumber: string): Promise<void>
}

/** A position that goes with the process. */
export function memoryPosition(): StreamPosition {
  const known = new Map<string, string>()
  return {
    read: (streamArn) => Promise.resolve(known.get(streamArn)),
    write: (streamArn, sequenceNumber) => {
      known.set(streamArn, sequenceNumber)
      return Promise.resolve()
    },
  }
}

/** A position in a file. What cannot be read or written is forgotten: workers may meet a record twice. */
export function filePosition(path: string): StreamPosition {
  return {
    read: async (streamArn) => {
      try {
        const stored = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>
        const { sequenceNumber } = stored
        const isIt = stored['streamArn'] === streamArn && typeof sequenceNumber === 'string'
        return isIt ? sequenceNumber : undefined
      } catch {
        return undefined
      }
    },
    write: (streamArn, sequenceNumber) =>
      replaceFile(path, `${JSON.stringify({ streamArn, sequenceNumber })}\n`).catch(
        () => undefined,
      ),
  }
}
