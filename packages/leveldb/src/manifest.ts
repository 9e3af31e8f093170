import { readJournal } from './journal.ts'
import { DamageError, readerOf, type Reader } from './reader.ts'

/** What a database consists of, by its manifest. */
export interface Manifest {
  /** Logs from this number on hold what is not in a table yet. */
  readonly logNumber: number
  /** The length of each table file, by its number. */
  readonly tableBytes: ReadonlyMap<number, number>
  /** The number of the last change that it knows of. */
  readonly lastSequence: number
}

interface Draft {
  logNumber?: number
  nextFile?: number
  lastSequence?: number
  readonly tableBytes: Map<number, number>
}

/** What each field of an edit does, by its tag. */
const fields: Record<number, (reader: Reader, draft: Draft) => void> = {
  1: skipText,
  2: (reader, draft) => (draft.logNumber = reader.varint()),
  3: (reader, draft) => (draft.nextFile = reader.varint()),
  4: (reader, draft) => (draft.lastSequence = reader.varint()),
  5: (reader) => {
    skipNumber(reader)
    skipText(reader)
  },
  6: (reader, draft) => {
    skipNumber(reader)
    draft.tableBytes.delete(reader.varint())
  },
  7: (reader, draft) => {
    skipNumber(reader)
    const number = reader.varint()
    draft.tableBytes.set(number, reader.varint())
    skipText(reader)
    skipText(reader)
  },
  9: skipNumber,
}

/** Reads a manifest file; throws a `DamageError` where it makes no sense. */
export function readManifest(bytes: Buffer): Manifest {
  const { records, isTorn } = readJournal(bytes)
  if (records.length === 0) throw new DamageError('it is empty')
  // What it lacks at its end names files: LevelDB would forget them without a word.
  if (isTorn) throw new DamageError('it is cut off')
  const draft: Draft = { tableBytes: new Map() }
  for (const record of records) {
    const reader = readerOf(record)
    while (!reader.isAtEnd()) {
      const field = fields[reader.varint()]
      if (field === undefined) throw new DamageError('it has a field that is not known')
      field(reader, draft)
    }
  }
  const { logNumber, nextFile, lastSequence, tableBytes } = draft
  if (logNumber === undefined || nextFile === undefined || lastSequence === undefined) {
    throw new DamageError('it is cut off')
  }
  return { logNumber, lastSequence, tableBytes }
}

function skipNumber(reader: Reader): void {
  reader.varint()
}

function skipText(reader: Reader): void {
  reader.take(reader.varint())
}
