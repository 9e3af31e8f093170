import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readJournal } from './journal.ts'
import { readManifest } from './manifest.ts'
import { DamageError } from './reader.ts'
import { checkTable } from './table-file.ts'

// LevelDB opens many a damaged folder without a word: it makes a new database where CURRENT is missing, goes on without
// a log that is gone, skips the garbled part of a log, and reads tables without looking at their checksums. So the files
// are looked at first, and only read:
//
// 1. CURRENT names the manifest; the manifest names the tables and the first log that counts.
// 2. Every table is there, in its length, with every checksum right.
// 3. The first log is there; the records of all logs are whole and numbered without a gap.
// 4. The newest log with records in it may end within a record, as a killed process leaves it.

/** Reads a whole database without changing it, and says what is damaged in it, if anything is. */
export async function findDamage(folder: string): Promise<string | undefined> {
  const names = new Set(await readdir(folder).catch(ignoreMissing))
  const read = (name: string) => readFile(join(folder, name))
  let name = 'CURRENT'
  try {
    if (!names.has(name)) throw new DamageError('it is missing')
    const current = /^(MANIFEST-\d+)\n$/.exec((await read(name)).toString('latin1'))?.[1]
    if (current === undefined) throw new DamageError('it is garbled')
    name = current
    if (!names.has(name)) throw new DamageError('it is missing')
    const { logNumber, tableBytes, lastSequence } = readManifest(await read(name))
    for (const [number, length] of tableBytes) {
      name =
        [`${padded(number)}.ldb`, `${padded(number)}.sst`].find((one) => names.has(one)) ??
        `${padded(number)}.ldb`
      if (!names.has(name)) throw new DamageError('it is missing')
      const bytes = await read(name)
      if (bytes.length !== length)
        throw new DamageError(`it has ${bytes.length} bytes, not ${length}`)
      checkTable(bytes)
    }
    const checkLog = createLogCheck(lastSequence)
    for (const log of logsFrom(names, logNumber)) {
      name = log
      if (!names.has(name)) throw new DamageError('it is missing')
      checkLog(await read(name))
    }
    return undefined
  } catch (error) {
    if (error instanceof DamageError || error instanceof RangeError)
      return `${name}: ${error.message}`
    throw error
  }
}

/** The logs that count, oldest first; the first always exists, but for a database that was never opened whole. */
function logsFrom(names: ReadonlySet<string>, first: number): string[] {
  const numbers = [...names]
    .map((name) => Number(/^(\d+)\.log$/.exec(name)?.[1] ?? Number.NaN))
    .filter((number) => number >= first)
  if (first > 0) numbers.push(first)
  return [...new Set(numbers)]
    .sort((left, right) => left - right)
    .map((number) => `${padded(number)}.log`)
}

/** The first record goes on from what the manifest knows; each begins with the number of its first change and the count of its changes. */
function createLogCheck(lastSequence: number): (bytes: Buffer) => void {
  let next: bigint | undefined
  let isEnded = false
  return (bytes) => {
    const { records, isTorn } = readJournal(bytes)
    if (isEnded && records.length > 0) throw new DamageError('the log before it was cut off')
    for (const record of records) {
      const first = record.readBigUInt64LE(0)
      const isGap = next === undefined ? first > BigInt(lastSequence) + 1n : first !== next
      if (isGap) throw new DamageError('changes before it are missing')
      next = first + BigInt(record.readUInt32LE(8))
    }
    isEnded ||= isTorn
  }
}

function padded(number: number): string {
  return String(number).padStart(6, '0')
}

function ignoreMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}
