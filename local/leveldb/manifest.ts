import { readJournal } from './journal.ts'
import { DamageError, readerOf, type Reader } from './reader.ts'

/** What a database consists of, by its manifest. */
export interface Manifest {
  /** Logs from this number on hold what is not in a table yet. */
  readonly logNumber: number
  /** The length of each table file, by its number. */
  readonly tableBytes: ReadonlyMap<number, number>
}

interface Draft {
  logNumber: number
  readonly tableBytes: Map<number, number>
}

/** What each field of an edit does, by its tag. */
const fields: Record<number, (reader: Reader, draft: Draft) => void> = {
  1: skipText,
  2: (reader, draft) => (draft.logNumber = reader.varint()),
  3: skipNumber,
  4: skipNumber,
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
  const { records } = readJournal(bytes)
  if (records.length === 0) throw new DamageError('it is empty')
  const draft: Draft = { logNumber: 0, tableBytes: new Map() }
  for (const record of records) {
    const reader = readerOf(record)
    while (!reader.isAtEnd()) {
      const field = fields[reader.varint()]
      if (field === undefined) throw new DamageError('it has a field that is not known')
      field(reader, draft)
    }
  }
  return draft
}

function skipNumber(reader: Reader): void {
  reader.varint()
}

function skipText(reader: Reader): void {
  reader.take(reader.varint())
}
